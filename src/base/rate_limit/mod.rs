//! Rate limits: a number of attempts in a period, for each key. Attempts are counted before the work they ask
//! for, so parallel attempts get no more of it than successive ones. What is limited, and how often, is said
//! where the feature lives; [`admission`](super::admission) asks the limits in their order.

mod retry_after; // how long to wait, and why
mod limit_key; // whose attempts are counted, and in which wider networks too
mod limited_action; // what one limit says: the rate, what counts, the words
mod keyed_lock; // locks by key
pub mod failures; // failures in a row, in the database, with pauses that double
mod concurrency; // limits on concurrent requests, where a count depends on how the attempt before ended
mod memory; // attempts counted in memory
pub mod shared; // attempts that count for certain, in the database

pub use failures::FailuresKey;
pub use keyed_lock::KeyedGuard;
pub use limit_key::LimitKey;
pub use limited_action::{Counts, Kept, LimitedAction, Rate};
pub use memory::Limits;
pub use retry_after::RetryAfter;
