//! Another program that has a server's database open, and its purpose.

use std::fmt;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The purpose for which a program has the database open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Doing {
    Serve,
    Command,
    ReplaceKey,
    Move,
}

impl Doing {
    /// The purpose as stored in the row.
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Doing::Serve => "serves the site",
            Doing::Command => "runs a command",
            Doing::ReplaceKey => "replaces the key",
            Doing::Move => "moves the database",
        }
    }

    /// Whether no other program may have the database open at the same time.
    pub(super) fn is_alone(self) -> bool {
        matches!(self, Doing::ReplaceKey | Doing::Move)
    }
}

/// Another program that has the database open.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(super) struct Holder {
    id: String,
    host: String,
    process: i64,
    doing: String,
    created_at: i64,
    seen_at: i64,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holder { host, process, doing, created_at, .. } = self;
        let since = OffsetDateTime::from_unix_timestamp(*created_at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let since = since.format(&Rfc3339).unwrap_or_default();
        // The host name comes from the other machine: strip what could control the terminal.
        let host: String = host.chars().filter(|c| !c.is_control()).collect();
        write!(f, "process {process} on {host} {doing} (since {since})")
    }
}
