//! A database of a PostgreSQL server, which many instances have open.

mod server; // which one, and how it is spoken to
mod trouble; // what its errors mean
mod look; // what is in it, found out without changing it
mod alone; // whether others have it open
mod open; // made, migrated, opened, moved

pub(super) use alone::{hold, nobody_else};
pub(super) use look::look;
pub(super) use open::{connect, create, fill, update};
pub(super) use server::Server;
