//! The mailbox of an account: that its owner reads it is proved by a link, and so is everything that is done by one.

mod confirm; // the decision: is this address theirs?
mod change; // the decisions: another address; the one before again
mod secure; // the decision: everything ends
pub mod confirmations; // the pages where one confirms an address, or has the link sent again
pub mod addresses; // the pages that a link for another address, or against it, leads to
pub mod alarm; // the page for who does not know a log-in

pub use change::{Change, ask, link, operators_link};
