//! The database: looked at before it is touched, opened, migrated, copied. Everything that is special to SQLite is in
//! here; outside, SQL is the same for any engine.

mod address; // a file as sqlx wants it named, and what each connection is told
mod schema; // what makes a database ours
mod tx; // a transaction that writes, and how many were committed
mod pools; // one writing connection, several reading ones
mod look; // what a file is, found out without changing it
mod backup; // a checked copy of a database in use
mod open; // made, migrated, opened

pub use backup::backup;
pub use look::{Found, look};
pub use open::{adopt_key, attach, missing, open, open_found, open_keyless, wrong_key};
pub use pools::Db;
pub use tx::Tx;
