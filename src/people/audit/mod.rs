//! What happened, to whom, from where: a row for the person it happened to, and a line in the log for the operator. Never a
//! secret.

mod event; // everything that can happen, with its words
mod store; // the table
mod entry; // one thing that happened: written, told
mod trail; // what happened to one account, page by page

pub use entry::Entry;
pub use event::Event;
pub use trail::{Item, Trail, earlier, failed_logins, sweep, tell_of_reuse, trail};
