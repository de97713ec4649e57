//! The tables of an app that is built on this program: its migrations, the rules for its tables, and its rows of
//! an account.

mod tables; // what the engine says about them
mod migrations; // the app's files, read
mod owners; // whose the rows of a table are
mod rules; // what its tables must be
mod definitions; // what a file changes, and what it must not
mod dangling; // rows that refer to nothing
mod apply; // run and checked, in one transaction
mod emptied; // made ready to take the rows of another database
mod rows; // of one account, in pieces

pub(super) use apply::{claim, migrate};
pub(super) use dangling::Dangling;
pub(super) use emptied::emptied;
pub(super) use migrations::{OwnMigrations, TABLE, file_of};
pub use rows::{After, OwnRows, OwnTable, tables_of_accounts};
pub(super) use rules::wrong_type;
pub(super) use tables::{names, own_tables, quoted};
