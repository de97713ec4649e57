//! What makes a database ours: a mark in the file, the schema step by step, and the tables that it comes to.

use sqlx::migrate::Migrator;

/// Marks a database file as ours: "VSTB", where SQLite keeps the number of the program a file belongs to.
pub(super) const APPLICATION_ID: i64 = 0x5653_5442;

/// The migrations, compiled in.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// The tables that the migrations make and that are moved with a site, each below those that it refers to. Who has the database open
/// (`open_by`) is no part of a site.
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

/// The migrations for a server, where the caller holds a lock of its own: sqlx's would stay with a connection, which a pooler between
/// may give to others.
pub(super) fn unlocked() -> Migrator {
    Migrator { migrations: MIGRATIONS.migrations.clone(), locking: false, ..Migrator::DEFAULT }
}
