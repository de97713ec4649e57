//! Faults, made on purpose: the machine fails the program, or a client means it ill. After each it is asked what was
//! lost. These tests take minutes, root or a tool, so they run only when asked for:
//!
//! `cargo test --test process -- --ignored --nocapture`
//!
//! `VESTIBULE_TEST_ROUNDS` shortens them (to 10 where all is checked; without it, the full form). `docs/faults.md` has the
//! table of what was found.

pub mod bench; // how often, how long, with which tools; what a process takes
mod sites; // a site under a fault: its folder, its load, what was promised
pub mod invariants; // what holds after each fault

mod killed; // ended at any moment, by force or by a signal
mod power_loss; // only what was on disk counts
mod disk_full; // no room, and room again
mod io_errors; // the disk says no
mod corrupt; // bytes that are not what they were
mod locked; // another program holds the database
mod wal_growth; // a reader that does not end
mod clock; // time that jumps
mod two_instances; // two at once on one folder
mod migrations; // a new schema that cannot be, or is cut off
mod slow_headers; // heads of requests that do not end
mod slow_readers; // answers that nobody reads
mod idle_connections; // connections that ask nothing
mod hashing_exhaustion; // log-ins by the hundred, with little memory
mod odd_bodies; // bodies too large, too many, too deep
mod mutations; // requests changed into others
mod mutated_requests; // requests that nobody means
