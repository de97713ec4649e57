//! What makes a database ours: a mark in the file, and the schema step by step.

use sqlx::migrate::Migrator;

/// Marks a database file as ours: "VSTB", where SQLite keeps the number of the program a file belongs to.
pub(super) const APPLICATION_ID: i64 = 0x5653_5442;

/// The migrations, compiled in.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();
