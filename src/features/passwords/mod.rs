//! Passwords: what a good one is, how one is checked, how one is set.

mod rules; // what a new password must be
mod store; // the table
mod check; // is it the right one?
mod set; // from now on it is this one

pub use check::{Proof, check};
pub use rules::{Judged, judge};
pub use set::{insert, replace};
