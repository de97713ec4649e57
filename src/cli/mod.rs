//! The command line. A command makes the same decisions as a page does, and ends with one line where it cannot.

mod account; // an account's password
mod arguments; // what may be typed
mod backup; // a copy of a database in use
mod check; // every setting, and whether the database is sound
mod healthcheck; // is it alive? for a container without a shell
mod key; // a new secret key
mod output; // lines on stdout
mod password; // asked for, or read from stdin
mod run;
mod serve; // the site itself // from a command to its exit status

pub use run::run;
