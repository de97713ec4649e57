//! Why there is no answer.

use std::fmt;
use std::time::Duration;

/// How long a request may take, from the first look-up to the last byte.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Why there is no answer. Shown, it is a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The name leads nowhere.
    NoAddress,
    /// Nothing accepts the connection, for this reason.
    NotConnected(String),
    /// The server is not trusted, or speaks no TLS; for this reason.
    NotTrusted(String),
    /// The time was up.
    TooSlow,
    /// The connection ended before the answer did.
    Ended,
    /// What came is not HTTP/1.1.
    NotHttp,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NoAddress => f.write_str("its name leads to no address"),
            Failure::NotConnected(why) => write!(f, "the connection failed: {why}"),
            Failure::NotTrusted(why) => write!(f, "the TLS connection failed: {why}"),
            Failure::TooSlow => write!(f, "no answer came within {} seconds", PATIENCE.as_secs()),
            Failure::Ended => f.write_str("the connection was closed before the answer ended"),
            Failure::NotHttp => f.write_str("the answer is not HTTP"),
        }
    }
}

impl std::error::Error for Failure {}
