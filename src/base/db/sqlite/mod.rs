//! An SQLite database in a file, which one program has open.

mod address; // a file as a URL for sqlx, and the pragmas of each connection
mod look; // what a file is, found out without changing it
mod pool; // one connection that writes, several that read
mod backup; // a checked copy of a database in use
mod open; // created, migrated, opened, moved

pub(super) use backup::backup;
pub(super) use look::look;
pub(super) use open::{connect, create, fill, hold, update};
