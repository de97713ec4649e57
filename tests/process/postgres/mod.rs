//! Many instances on one PostgreSQL, and what happens when that fails. These tests take minutes and need PostgreSQL, some nginx, openssl
//! or aiosmtpd, so they run only when asked for:
//!
//! `cargo test --test process postgres -- --ignored --nocapture`
//!
//! `VESTIBULE_TEST_ROUNDS` shortens them. `docs/faults.md` has the table of what was found.

#[expect(dead_code, reason = "its other stories come next")]
mod cluster; // a server of a test's own

mod moving; // from a file to it, and back
