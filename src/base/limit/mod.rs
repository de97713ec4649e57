//! Limits: so many tries, in so long, for whoever tries. Tries are counted before the work they ask for, so that many at once
//! get no more of it than one after another.

mod wait; // how long somebody has to wait, in words
mod action; // what is limited: how often, and what is said
mod turns; // one after another, where each must know how the one before ended
pub mod guesses; // wrong passwords for one account, in the database
mod buckets; // tries of a network, a device, a session; in memory
pub mod tries; // those that are known to count, in the database

pub use action::{Action, NEXT_MAIL_AFTER};
pub use buckets::{Limits, Source};
pub use guesses::Guess;
pub use turns::Turn;
pub use wait::Wait;
