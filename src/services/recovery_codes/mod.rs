//! Recovery codes: a set of ten that an owner keeps for the day when another second factor is lost, and the
//! single code that the operator gives out. A code counts once: after the password, or in a session that is
//! asked again who it is.

mod store; // the tables
mod set; // hashed, kept, counted, removed
mod undo; // one brought back
mod operator; // a single code from the operator
mod consume; // whether a code is right; used up
mod sweep; // deletes what was removed too long ago

pub use consume::{Found, consume, hash};
pub use operator::{OperatorCode, give_out};
pub use set::{FEW, HashedSet, NewSet, hash_set, keep, left, left_in, remove};
pub use sweep::{REMOVED_KEPT, sweep};
pub use undo::bring_back;
