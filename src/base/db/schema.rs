//! What makes a database ours: a mark in the file, the schema step by step, and the tables that it comes to.

use sqlx::migrate::Migrator;

/// Marks a database file as ours: "VSTB", where SQLite keeps the number of the program a file belongs to.
pub(super) const APPLICATION_ID: i64 = 0x5653_5442;

/// The migrations, compiled in.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// The tables that the migrations make, each below those that it refers to.
pub(super) const TABLES: &[&str] = &[
    "facts",
    "accounts",
    "passwords",
    "remembered",
    "ended_devices",
    "sessions",
    "guesses",
    "tries",
    "audit",
    "links",
    "outbox",
    "submissions",
];
