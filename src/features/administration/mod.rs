//! The pages of administrators: who has an account or is invited, in which groups they are, what keeps one of them from
//! logging in, and what helps; the emails that wait, what was done, the state of the program. Nothing here looks at a person
//! from the inside: no page shows a password, a code or the link of an email, and no one becomes another.

pub mod hidden; // what is there for those who are no administrators: nothing
mod paging; // parts of a list that is asked by key
mod done; // a form that is done once
mod shown_link; // a link that was made, shown once
mod acts; // what is done to an account
mod group_words; // what pages call groups, and groups as they are typed
mod accounts; // the list of accounts, and the search
mod activity; // what administrators and the operator did
mod account_view; // what the page of an account shows
mod one_account; // the page of an account
mod new_handle; // another handle for an account
mod joining; // an account put into a group and taken out of it
mod memberships; // the forms on it that put the account into a group, and take it out
mod new_account; // an account without a password
mod invitations; // the list of invitations
mod new_invitation; // a new one
mod one_invitation; // the page of one: its link, who used it, a new link, the end
mod app_view; // what pages say of an app
mod groups; // the list of groups, and a new one
mod one_group; // the page of a group: who is in it, joins it, leaves it
mod apps; // the list of apps
mod app_lines; // its lists as they are typed
mod app_form; // what of an app can be typed
mod app_meanwhile; // a form of it that is older than the last change
mod new_app; // a new one
mod one_app; // the page of an app
mod app_accounts; // which accounts may open it
mod app_removal; // the question before it is removed
mod emails; // those that wait to be sent
mod question; // what one may show to strangers when one asks for help
pub mod system; // the state of the program
pub mod routes; // the forms on the page of an account; all routes
