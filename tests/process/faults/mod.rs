//! Faults, made on purpose: the machine fails the program, or a client attacks it. Each test then checks what
//! was lost. They take minutes, root or a tool, so they run only when asked for:
//!
//! `cargo test --test process -- --ignored --nocapture`
//!
//! `VESTIBULE_TEST_ROUNDS` shortens them (to 10 in the complete check; without it, the full form).
//! `docs/faults.md` has the table of results.

pub mod tools; // rounds, durations, tools; the resources of a process
mod sites; // a site under a fault: its folder, its load, what was promised
pub mod invariants; // what must hold after each fault

mod killed; // ended at any moment, by force or by a signal
mod power_loss; // only what was on disk counts
mod disk_full; // no room, and room again
mod io_errors; // a failing disk
mod corrupt; // damaged bytes
mod locked; // another program locks the database
mod wal_growth; // a reader that does not end
mod clock; // time that jumps
mod two_instances; // two at once on one folder
mod migrations; // a new schema that fails, or is interrupted
mod slow_headers; // request heads that do not end
mod slow_readers; // answers that are not read
mod idle_connections; // connections that send nothing
mod hashing_exhaustion; // hundreds of logins, with little memory
mod odd_bodies; // bodies that are too large, too many, too deep
mod mutations; // requests changed at random
mod mutated_requests; // such requests sent
