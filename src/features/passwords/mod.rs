//! Passwords: what a good one is, how one is checked, how one is set.

mod guess; // how hard one is to guess
mod rules; // what a new password must be
mod store; // the table
mod check; // is it the right one?
mod attempt; // a try at one: counted, checked, told of
mod set; // from now on it is this one, or none
mod change; // by its owner, who knows the old one

pub use attempt::{Attempt, Claim, attempt};
pub use change::{Changed, change};
pub use check::Proof;
pub use rules::{Judged, Owner, judge, wrong_length};
pub use set::{insert, remove, replace};
