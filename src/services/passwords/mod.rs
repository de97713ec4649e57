//! Passwords: what a good one is, how one is checked, how one is set.

mod limits; // the rate limits
mod guess; // how hard one is to guess
mod rules; // what a new password must be
mod store; // the table
mod many; // those of many accounts
mod target; // the account at which one is tried
mod check; // whether one is right
mod verified; // one that is right, until the work that relies on it is done
mod attempt; // an attempt: admitted, checked, recorded
mod set; // sets or removes one
mod change; // changed by its owner, who knows the old one
mod unlock; // whether one is set, the pause after wrong ones, and how the operator ends it

pub use attempt::{AttemptOutcome, PasswordAttempt, attempt};
pub use change::{Changed, change};
pub use limits::{failures_at, wrong_passwords};
pub use many::{insert_many, set_among};
pub use rules::{Judged, Owner, judge, wrong_length};
pub use set::{insert, remove, replace};
pub use target::AttemptAt;
pub use unlock::{is_set, networks_waiting, paused_until, unlock};
pub use verified::{VerifiedLogin, VerifiedPassword};
