//! Injected faults: the machine fails, or a client attacks. Each test then checks what was lost. These tests take
//! minutes, root or a tool, so they run only on request:
//!
//! `cargo test --test process -- --ignored --nocapture`
//!
//! `VESTIBULE_TEST_ROUNDS` sets the number of rounds of the short form (3 in `.ci/run`). Without it, they run in the
//! full form. `docs/faults.md` has the table of results.

pub mod turns; // who may use the machine
pub mod tools; // rounds, root, strace, response times, resources of a process
mod sites; // a site for a fault test: its folder, its load, what was promised
pub mod invariants; // the invariants of the database after each fault

mod killed; // killed or stopped at any moment
mod power_loss; // only synced writes are safe
mod disk_full; // no space, and space again
mod io_errors; // a failing disk
mod corrupt; // damaged bytes
mod locked; // another program locks the database
mod wal_growth; // a reader that does not end
mod clock; // a clock that jumps
mod two_instances; // several programs on one folder
mod migrations; // migrations that fail or are interrupted
mod slow_headers; // request headers that do not end
mod slow_readers; // responses that are not read
mod idle_connections; // connections that send nothing
mod hashing_exhaustion; // hundreds of logins, with little memory
mod odd_bodies; // bodies and headers that are too large or odd
mod mutations; // random changes of requests
mod mutated_requests; // changed requests and their responses
