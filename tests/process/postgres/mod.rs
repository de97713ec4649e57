//! Several instances on one PostgreSQL server, and failures of that server. These tests take minutes and need
//! PostgreSQL, some also nginx, openssl or aiosmtpd, so they run only on request:
//!
//! `cargo test --test process postgres -- --ignored --nocapture`
//!
//! `VESTIBULE_TEST_ROUNDS` sets the number of rounds of the short form. `docs/faults.md` has the table of results.

mod cluster; // a server for a test
mod sites; // instances on it, and the invariants of its rows
mod load; // visitors who sign up and log in at all of them
pub mod nginx; // a proxy in front of them

mod round_robin; // each request to the other instance
mod propagation; // changes on one instance take effect on the other
mod killed; // an instance killed under load
mod restarted; // the server stopped and started again under load
mod no_connections_left; // all connections of the server are in use
mod standby; // a read-only server
mod unresponsive; // a server that does not answer
mod first_starts; // several at once on an empty database
mod refusals; // databases that the program cannot use
mod tls; // connections over TLS
mod emails; // each sent by one instance
mod moving; // from a file to the server, and back
mod interrupted_moves; // a move is complete or leaves nothing
mod lease; // which programs have the database open
mod pooler; // PgBouncer in front of the server
mod upgrade; // a database of an older version
