//! People as rows, and the guards that require a login.

pub mod accounts; // an account: found, created
mod actor; // who acts on an account
pub mod audit; // what happened, to which account, and who did it
pub mod sessions; // started, resumed, ended; the guards
pub mod groups; // groups of accounts; the guards that require a membership
pub mod passes; // a session's way into one origin of an app behind the owner's proxy
pub mod belongings; // an account begins, and ends: what the settings and the app do then

pub use accounts::{Account, AccountId, Email, Handle, Name};
pub use actor::{Actor, ActorKind, Administrator, StoredActor};
pub use belongings::{AppBelongings, Belongings};
pub use groups::{Admin, Group, Member};
pub use sessions::{Enrolling, Fresh, FreshEnrolling, MaybeEnrolling, MaybeUser, Once, User, Visit};
