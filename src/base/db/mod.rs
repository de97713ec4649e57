//! The database: inspected before it is touched, opened, migrated, copied. Everything specific to one engine
//! is in here; outside, SQL is the same for both.

mod schema; // what makes a database one of Vestibule
mod engine; // a file or a server
mod deadline; // a timeout for answers
mod acquire; // a connection, new or given back
mod lock_key; // what a transaction is about, as a lock
pub mod many; // SQL for many rows at once
pub mod meta; // what a database says about itself
mod holder; // another program that has it open, and what for
mod lease; // who has a server's database open
mod lease_promises; // what a lease guarantees, only in tests
mod hold; // whether it is still this program's to write
mod commit_count; // how many transactions were committed, and about what
mod foreign_commits; // whether another process has committed to a file
mod statement_count; // how many statements were sent
mod in_hook; // a hook of the app, inside a transaction
mod tx; // a transaction that writes
mod busy; // whether it did not begin because others were at work
mod refresh_turns; // how much is read again at the same time
mod pooled; // single statements
mod pools; // the connections, and transactions
mod read_at; // when what is kept was read, and whether it is still true
mod refresh; // what is in use is read again in the background, from a server
mod engine_version; // which engine it is, in which version
mod rocket_pool; // what Rocket asks of them
mod work_lease; // work that one instance does for all
pub mod own; // the tables of an app
mod found; // what a database contains
mod row_sum; // a checksum of all rows of a table
mod copy; // rows copied from one database into another, and compared
mod sqlite; // a file
mod postgres; // a server
mod open; // one of the two, as the settings say
mod moving; // from one to the other

pub use busy::is_busy;
pub use copy::Moved;
pub use found::Found;
pub use in_hook::in_hook;
pub use lock_key::LockKey;
pub use moving::{move_to, undo_move};
pub use open::{
    adopt_key, attach, backup, look, missing, moved, open, open_found, open_keyless, outdated, wrong_key,
};
pub use pools::Db;
pub use read_at::ReadAt;
pub use refresh::Refresh;
pub use tx::Tx;
pub use work_lease::WorkLease;
