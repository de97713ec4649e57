//! Many instances on one PostgreSQL, and what happens when that fails. These tests take minutes and need PostgreSQL, some
//! nginx, openssl or aiosmtpd, so they run only when asked for:
//!
//! `cargo test --test process postgres -- --ignored --nocapture`
//!
//! `VESTIBULE_TEST_ROUNDS` shortens them. `docs/faults.md` has the table of what was found.

mod cluster; // a server of a test's own
mod sites; // instances on it, and what holds of its rows
mod load; // people who sign up and log in at all of them
mod nginx; // a proxy before them

mod hopping; // each request to the other instance
mod felt; // what one instance does, the other knows
mod killed; // an instance ended by force, under load
mod restarted; // the server ended and started again, under load
mod full; // no connection left
mod standby; // a server that takes no changes
mod silent; // a server that does not answer
mod first_starts; // several at once on nothing
mod refusals; // what is no database for this program
mod tls; // spoken to over TLS
mod mails; // each sent by one instance
mod moving; // from a file to it, and back
mod moving_broken_off; // wholly or not at all
mod lease; // who has it open
mod pooler; // PgBouncer between
mod upgrade; // a database of an older version
