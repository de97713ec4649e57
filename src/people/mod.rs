//! People as rows, and the proof of being signed in.

pub mod accounts; // an account: found, made
pub mod audit; // what happened, to whom, from where
pub mod sessions; // started, resumed, ended; the guards

pub use accounts::{Account, AccountId, Email, Name};
pub use sessions::{Fresh, Presence, User};
