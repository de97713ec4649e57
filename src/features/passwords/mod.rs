//! Passwords: what a good one is, how one is checked, how one is set.

mod check; // is it the right one?
mod rules; // what a new password must be
mod set;
mod store; // the table // from now on it is this one

pub use check::check;
pub use rules::{Judged, judge};
pub use set::{insert, replace};
