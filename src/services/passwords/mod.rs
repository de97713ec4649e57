//! Passwords: what a good one is, how one is checked, how one is set.

mod guess; // how hard one is to guess
mod rules; // what a new password must be
mod store; // the table
mod check; // whether one is right
mod attempt; // an attempt: counted, checked, recorded
mod set; // sets or removes one
mod change; // changed by its owner, who knows the old one
mod unlock; // whether one is set, the pause after wrong ones, and how the operator ends it

pub use attempt::{AttemptOutcome, PasswordAttempt, attempt, attempt_at};
pub use change::{Changed, change};
pub use check::{Bar, VerifiedPassword};
pub use rules::{Judged, Owner, judge, wrong_length};
pub use set::{insert, remove, replace};
pub use unlock::{is_set, paused_until, unlock};
