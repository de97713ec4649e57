//! What makes a database one of Vestibule: a mark in the file, the schema step by step, and the resulting
//! tables.

use sqlx::migrate::Migrator;

/// Marks a database file as Vestibule's: "VSTB", in SQLite's application ID.
pub(super) const APPLICATION_ID: i64 = 0x5653_5442;

/// The migrations, compiled in.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// The tables that the migrations create and that are moved with a site, each below those that it refers to.
/// The list of programs that have the database open (`open_by`) is not part of a site.
pub(super) const TABLES: &[&str] = &[
    "meta",
    "accounts",
    "old_handles",
    "passwords",
    "groups",
    "memberships",
    "invitations",
    "invitation_groups",
    "invitation_uses",
    "totp_apps",
    "passkeys",
    "recovery_sets",
    "recovery_codes",
    "remember_tokens",
    "ended_devices",
    "sessions",
    "apps",
    "apps_groups",
    "apps_origins",
    "apps_paths",
    "apps_path_groups",
    "passes",
    "pending_logins",
    "spent_challenges",
    "failed_logins",
    "rate_limits",
    "audit",
    "links",
    "outbox",
    "submissions",
    "departures",
    "applied_invitations",
];

/// The migrations for a server, where the caller holds a lock of its own. sqlx's lock would stay with a
/// connection, which a pooler may give to others.
pub(super) fn unlocked() -> Migrator {
    Migrator { migrations: MIGRATIONS.migrations.clone(), locking: false, ..Migrator::DEFAULT }
}
