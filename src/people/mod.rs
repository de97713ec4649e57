//! People as rows, and the guards that require a login.

pub mod accounts; // an account: found, created
pub mod audit; // what happened, to which account, from where
pub mod sessions; // started, resumed, ended; the guards

pub use accounts::{Account, AccountId, Email, Name};
pub use sessions::{Fresh, MaybeUser, User, Visit};
