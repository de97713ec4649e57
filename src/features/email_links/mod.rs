//! The email address of an account: a link proves that its owner reads it, and carries out the changes.

mod confirm; // the decision: does this address belong to this user?
mod change; // the decisions: another address; the previous one restored
mod cancel; // the decision: a change is cancelled before its link is used
mod lock_account; // the decision: everything ends
pub mod confirmations; // the pages for confirming an address, and for having the link sent again
pub mod addresses; // the pages of the links that change an address, or undo that
pub mod lock_account_page; // the page for a user who does not recognize a login

pub use cancel::{PendingChange, cancel, pending};
pub use change::{Change, ask, link, link_in, link_to_hand_over};
