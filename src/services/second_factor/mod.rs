//! Second factors: what an account has, whether they are asked for, and whether what was typed is one. It stands on the
//! authenticator app, the recovery codes and the passkeys, which know nothing of each other.

mod limits; // where wrong codes count
mod record; // an event, written and logged
mod store; // what an account has and had
mod summary; // the same, for those who ask
mod suffices; // whether what was proved is enough
mod switch; // two-factor authentication on and off
mod verified; // a code that is right, until the work that relies on it is done
mod attempt; // an attempt: admitted, checked, recorded
mod history; // what is different from a moment of the last days
mod forget; // what a stranger set up is forgotten
mod undo; // goes back to that moment

pub use attempt::{Given, Outcome, SecondFactorAttempt, attempt};
pub use forget::forget_all;
pub use history::{Act, Change, Changed, FIRST_UNDO_FOR, UNDO_FOR};
pub use limits::{failures_at, unlock};
pub use suffices::suffices;
pub use summary::{Factors, PasskeyCounts, summary};
pub use switch::{TurnedOn, off, off_if_none_left, on};
pub use undo::{changes_since, undo};
pub use verified::VerifiedFactor;
