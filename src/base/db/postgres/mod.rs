//! A database of a PostgreSQL server, which many instances have open.

mod server; // which one, and how it is spoken to
mod trouble; // what its errors mean
mod look; // what is in it, found out without changing it
mod hold; // opened, as one of many or alone
mod open; // made, migrated, filled

pub(super) use hold::{Held, connect, hold};
pub(super) use look::look;
pub(super) use open::{create, fill, update};
pub(super) use server::Server;
