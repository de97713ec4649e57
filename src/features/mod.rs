//! One module for each thing that a visitor can do. Deleting a module deletes the feature.

mod launcher; // the apps that a user may open
pub mod home; // the front page, with them
pub mod link_page; // the page that an emailed link opens
pub mod check_email; // the page after a form that sends an email
pub mod profile; // the protected page: the one a developer copies to make their own
pub mod email_links; // an address confirmed, changed, restored; a login that the owner does not recognize
pub mod gate; // in front of apps of any language: who is there, and whether they may
pub mod login; // log in, reauthenticate, log out
pub mod account_acts; // an account disabled, enabled, deleted, given a handle, in a transaction that does more
pub mod signup; // sign up
pub mod invited; // the page behind the link of an invitation; the link of the first administrator
pub mod reset; // a new password after forgetting the old one
pub mod invite; // an invitation made or renewed, with its email and the answer of the form
pub mod account_handle; // an account given a handle
pub mod account_changes; // an account renamed, disabled, enabled, deleted
pub mod state; // the state that a file declares, applied
pub mod import; // users of another program, brought along
pub mod unconfirmed; // accounts that no one confirmed are removed
pub mod export; // all data about a user, as JSON, in pieces
pub mod download; // the same on its way to the browser
pub mod security; // two-factor authentication of one's own account: the app, passkeys, recovery codes
pub mod unfinished; // owners are told of logins whose second step never came
pub mod well_known; // what browsers look up about the passkeys of a site
pub mod account; // one's own account: name, address, password, devices, activity, a copy, deletion
pub mod administration; // the pages of administrators
#[cfg(debug_assertions)]
pub mod dev_mailbox; // the emails of a site under development
pub mod housekeeping; // what has expired is removed
pub mod hourly; // what an app does once an hour
pub mod snippets; // what a proxy's configuration says so that it asks the gate
pub mod session_check; // whose session it is, for an app in another language on the same host
pub mod health; // whether it runs; whether it can serve requests
