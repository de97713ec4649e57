//! Passwords: what a good one is, how one is checked, how one is set.

mod guess; // how hard one is to guess
mod rules; // what a new password must be
mod store; // the table
mod check; // is it the right one?
mod attempt; // a try at one: counted, checked, told of
mod set; // from now on it is this one, or none
mod change; // by its owner, who knows the old one
mod unlock; // whether there is one, how long guesses have to wait, and the operator's word that they need not

pub use attempt::{Attempt, Claim, attempt, attempt_at};
pub use change::{Changed, change};
pub use check::{Bar, Proof};
pub use rules::{Judged, Owner, judge, wrong_length};
pub use set::{insert, remove, replace};
pub use unlock::{is_set, paused_until, unlock};
