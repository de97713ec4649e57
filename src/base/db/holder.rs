//! Another program that has a server's database open, and its purpose.

use std::fmt;

use crate::base::clock::Time;
use crate::base::closed_set::closed_set;

closed_set! {
    /// The purpose for which a program has the database open.
    pub(super) enum OpenPurpose {
        /// It serves the site.
        Serve = "serve" => "serves the site",
        /// It runs a command.
        Command = "command" => "runs a command",
        /// It replaces the key.
        ReplaceKey = "replace_key" => "replaces the key",
        /// It moves the database.
        Move = "move" => "moves the database",
    }
    /// What the program does, for those who wait for it.
    fn in_words(self) -> &'static str;
}

impl OpenPurpose {
    /// Whether no other program may have the database open at the same time.
    pub(super) fn is_exclusive(self) -> bool {
        matches!(self, OpenPurpose::ReplaceKey | OpenPurpose::Move)
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
        let does = OpenPurpose::by_code(purpose).map_or("has the database open", OpenPurpose::in_words);
        let since = Time::from_unix(*created_at).rfc3339();
        // The host name comes from the other machine: strip what could control the terminal.
        let host: String = host.chars().filter(|c| !c.is_control()).collect();
        write!(f, "process {process} on {host} {does} (since {since})")
    }
}
