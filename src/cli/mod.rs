//! The command line. A command makes the same decisions as a page does, and ends with one line where it cannot.

mod arguments; // what may be typed
mod output; // lines on stdout
mod password; // asked for, or read from stdin
mod launch; // the server launched, announced, ended by a signal
mod serve; // the site itself
mod check; // every setting, and whether the database is sound
mod healthcheck; // is it alive? for a container without a shell
mod key; // a new secret key
mod naming; // an account named by its address
mod link; // a one-time link to be handed over
mod standing; // what keeps the owner of an account from logging in
mod listing; // accounts, and what happened to one, in pages
mod account; // accounts: made, listed, changed, closed
mod mail; // does one arrive? which ones wait?
mod backup; // a copy of a database in use
mod moving; // into another database
mod run; // from a command to its exit status

pub use run::run;
