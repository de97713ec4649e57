//! Another program that has a server's database open, and its purpose.

use std::fmt;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The purpose for which a program has the database open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Purpose {
    Serve,
    Command,
    ReplaceKey,
    Move,
}

impl Purpose {
    /// Its code in the row.
    pub(super) fn code(self) -> &'static str {
        match self {
            Purpose::Serve => "serve",
            Purpose::Command => "command",
            Purpose::ReplaceKey => "replace_key",
            Purpose::Move => "move",
        }
    }

    /// What a program with a code does, for those who wait for it.
    fn in_words(code: &str) -> &'static str {
        match code {
            "serve" => "serves the site",
            "command" => "runs a command",
            "replace_key" => "replaces the key",
            "move" => "moves the database",
            _ => "has the database open",
        }
    }

    /// Whether no other program may have the database open at the same time.
    pub(super) fn is_exclusive(self) -> bool {
        matches!(self, Purpose::ReplaceKey | Purpose::Move)
    }
}

/// Another program that has the database open.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(super) struct Holder {
    id: String,
    host: String,
    process: i64,
    purpose: String,
    created_at: i64,
    seen_at: i64,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holder { host, process, purpose, created_at, .. } = self;
        let does = Purpose::in_words(purpose);
        let since = OffsetDateTime::from_unix_timestamp(*created_at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let since = since.format(&Rfc3339).unwrap_or_default();
        // The host name comes from the other machine: strip what could control the terminal.
        let host: String = host.chars().filter(|c| !c.is_control()).collect();
        write!(f, "process {process} on {host} {does} (since {since})")
    }
}
