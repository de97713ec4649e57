//! One slice for each thing a visitor can do. Deleting a slice deletes the feature.

pub mod home; // the front page
pub mod profile; // the protected page: the one a developer copies to make their own
pub mod links; // one-time links: made, used, ended
pub mod outbox; // mails on their way
pub mod passwords; // what a good one is; checked, set
pub mod mailbox; // an address confirmed, changed, given back; a log-in nobody knows
pub mod login; // log in, reauthenticate, log out
pub mod signup; // make an account
pub mod reset; // a new password for who has forgotten theirs
pub mod lifecycle; // an account renamed, disabled, closed
pub mod export; // all that is held about somebody, as JSON, in pieces
pub mod download; // the same on its way to who reads it
pub mod settings; // one's own account: name, address, password, devices, activity, a copy, its end
#[cfg(debug_assertions)]
pub mod dev_mailbox; // the mails of a site under development
pub mod housekeeping; // what is over is removed
pub mod health; // alive; ready
