//! One-time links: a random secret for one person and one purpose, used once or not at all.

mod store; // the table
mod link; // made, looked at, used, ended

pub use link::{Link, Purpose, discard, look, make, sweep, take};
