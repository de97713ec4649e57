//! Many instances on one PostgreSQL server, and failures of it. These tests take minutes and need PostgreSQL,
//! some also nginx, openssl or aiosmtpd, so they run only when asked for:
//!
//! `cargo test --test process postgres -- --ignored --nocapture`
//!
//! `VESTIBULE_TEST_ROUNDS` shortens them. `docs/faults.md` has the table of results.

mod cluster; // a server for a test
mod sites; // instances on it, and what must hold of its rows
mod load; // people who sign up and log in at all of them
mod nginx; // a proxy in front of them

mod round_robin; // each request to the other instance
mod propagation; // what one instance does takes effect in the other
mod killed; // an instance killed under load
mod restarted; // the server stopped and started again, under load
mod no_connections_left; // no connection left
mod standby; // a read-only server
mod unresponsive; // a server that does not answer
mod first_starts; // several at once on an empty database
mod refusals; // what is not a database for this program
mod tls; // connections over TLS
mod emails; // each sent by one instance
mod moving; // from a file to the server, and back
mod interrupted_moves; // completely or not at all
mod lease; // which programs have it open
mod pooler; // PgBouncer in between
mod upgrade; // a database of an older version
