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

mod hopping; // each request to the other instance
mod felt; // what one instance does takes effect in the other
mod killed; // an instance killed under load
mod restarted; // the server stopped and started again, under load
mod full; // no connection left
mod standby; // a read-only server
mod silent; // a server that does not answer
mod first_starts; // several at once on an empty database
mod refusals; // what is not a database for this program
mod tls; // connections over TLS
mod mails; // each sent by one instance
mod moving; // from a file to the server, and back
mod moving_broken_off; // completely or not at all
mod lease; // which programs have it open
mod pooler; // PgBouncer in between
mod upgrade; // a database of an older version
