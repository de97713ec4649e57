//! People as rows, and the guards that require a login.

pub mod accounts; // an account: found, created
mod actor; // who acts on an account
pub mod audit; // what happened, to which account, and who did it
pub mod sessions; // started, resumed, ended; the guards

pub use accounts::{Account, AccountId, Email, Name};
pub use actor::{Actor, ActorKind, StoredActor};
pub use sessions::{Fresh, MaybeUser, User, Visit};
