//! Second factors: what an account has, whether they are asked for, and whether what was typed is one. It stands on the
//! authenticator app, the recovery codes and the passkeys, which know nothing of each other.

mod limits; // where wrong codes count
mod record; // an event, written and logged
mod store; // what an account has and had
mod summary; // the same, for those who ask
mod asked; // since when one is asked for, and whether it is required
mod suffices; // whether what was proved is enough
mod switch; // two-factor authentication on and off
mod upgrade; // whether a browser may make a passkey without a question
mod verified; // a code that is right, until the work that relies on it is done
mod attempt; // an attempt: admitted, checked, recorded
mod history; // what is different from a moment of the last days
mod forget; // what a stranger set up is forgotten
mod undo; // goes back to that moment
mod clear; // removed by the operator

pub use asked::{asked_since, can_be_asked, is_required};
pub use attempt::{Given, Outcome, SecondFactorAttempt, attempt};
pub use clear::{Cleared, Lost, clear};
pub use forget::forget_all;
pub use history::{Act, Change, Changed, FIRST_UNDO_FOR, UNDO_FOR};
pub use limits::{CHANGE, KEEP_CODES, paused_until, unlock, wrong_recovery_codes};
pub use suffices::suffices;
pub use summary::{Factors, PasskeyCounts, summary};
pub use switch::{TurnedOn, off, off_if_none_left, on};
pub use undo::{changes_since, stays_on, undo};
pub use upgrade::{asks_upgrade, may_upgrade};
pub use verified::{Afterwards, VerifiedFactor};
