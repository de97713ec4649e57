//! The command line. A command makes the same decisions as a page, and ends with one line if it fails.

mod arguments; // the arguments
mod output; // lines on stdout
mod password; // asked for, or read from stdin
mod launch; // the server launched, announced, ended by a signal
mod serve; // the site itself
mod check; // every setting, and whether the database is sound
mod healthcheck; // whether it is healthy, for a container without a shell
mod key; // a new secret key
mod lookup; // finds an account by its address; the errors if that fails
mod link; // a one-time link to hand over
mod account_show; // what keeps the owner of an account from logging in
mod listing; // accounts, and the activity of one, in pages
mod account; // accounts: created, listed, changed, deleted
mod mail; // sends a test email; lists those that wait
mod backup; // a copy of a database in use
mod moving; // moves a site into another database
mod run; // from a command to its exit status

pub use run::run;
