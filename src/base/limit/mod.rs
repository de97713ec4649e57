//! Rate limits: a number of attempts in a period, for each source. Attempts are counted before the work they
//! ask for, so parallel attempts get no more of it than successive ones.

mod wait; // how long to wait, in words
mod source; // whose attempts are counted, and in which wider networks too
mod action; // what is limited: the rates, and the messages
mod turns; // keyed locks, for counts that depend on how the attempt before ended
pub mod guesses; // wrong passwords for one account, in the database
mod buckets; // attempts of a network, a device, a session; in memory
pub mod tries; // attempts that count for certain, in the database

pub use action::{Action, NEXT_MAIL_AFTER};
pub use buckets::Limits;
pub use guesses::Guess;
pub use source::Source;
pub use turns::Turn;
pub use wait::Wait;
