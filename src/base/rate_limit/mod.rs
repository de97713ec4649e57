//! Rate limits: a number of attempts in a period, for each key. Attempts are counted before the work they ask
//! for, so parallel attempts get no more of it than successive ones.

mod retry_after; // how long to wait, and why
mod limit_key; // whose attempts are counted, and in which wider networks too
mod limited_action; // what is limited: the rates, and the messages
mod keyed_lock; // keyed locks, for counts that depend on how the attempt before ended
pub mod failed_logins; // wrong passwords for one account, in the database
mod memory; // attempts of a network, a device, a session; in memory
pub mod shared; // attempts that count for certain, in the database

pub use failed_logins::FailedLoginsKey;
pub use keyed_lock::KeyedGuard;
pub use limit_key::LimitKey;
pub use limited_action::{LimitedAction, NEXT_MAIL_AFTER};
pub use memory::Limits;
pub use retry_after::RetryAfter;
