//! The database: looked at before it is touched, opened, migrated, copied. Everything that is special to one engine is in
//! here; outside, SQL is the same for both.

mod schema; // what makes a database ours
mod found; // what a database is
mod deadline; // an answer within its time
mod acquire; // a connection, new or given back
mod about; // what a transaction is about
mod facts; // what a database says about itself
mod holder; // another program that has it open, and what for
mod lease; // who has a server's database open
mod lease_promises; // what that is good for, in tests alone
mod hold; // whether it is still this program's to write
mod tx; // a transaction that writes, and how many were committed
mod pools; // the connections, and what is asked of them
mod copy; // rows copied from one database into another, and compared
mod sqlite; // a file
mod postgres; // a server
mod open; // either of them, as the settings say
mod moving; // from the one into the other

pub use about::About;
pub use copy::Moved;
pub use found::Found;
pub use moving::{move_to, undo_move};
pub use open::{
    adopt_key, attach, backup, look, missing, moved, open, open_found, open_keyless, outdated, wrong_key,
};
pub use pools::{Alone, Db};
pub use tx::Tx;
