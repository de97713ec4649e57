//! A database on a PostgreSQL server, which many instances have open.

mod server; // which one, and how to connect to it
mod trouble; // what its errors mean
mod look; // what it contains, found out without changing it
mod hold; // opened, as one of many or exclusively
mod open; // created, migrated, filled

pub(super) use hold::{Held, connect, hold};
pub(super) use look::look;
pub(super) use open::{create, fill, update};
pub(super) use server::Server;
