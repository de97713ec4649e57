//! One request to another server, for what a command asks: a connection for itself, 5 seconds in all, an answer of at
//! most 64 KiB, and no redirect is followed.

mod failure; // why there is no answer
mod answer; // an answer, read from bytes
mod trust; // which certificates are accepted
mod connection; // a connection, over TLS or not
mod request; // the request itself

pub use answer::Answer;
pub use connection::Server;
pub use failure::Failure;
pub use request::{Request, fetch};
pub use trust::Trust;
