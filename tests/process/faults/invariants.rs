//! The invariants of the database after each fault: the file is intact, and its rows are consistent.

use std::collections::BTreeSet;
use std::path::Path;

use argon2::password_hash::phc::PasswordHash;

use crate::visitor::texts_of;

/// Queries for rows that must not exist. They work on SQLite and on PostgreSQL.
pub const NEVER: [(&str, &str); 11] = [
    (
        "an account without a password",
        "select id from accounts where id not in (select account_id from passwords)",
    ),
    (
        "a password without an account",
        "select account_id from passwords where account_id not in (select id from accounts)",
    ),
    (
        "a session without an account",
        "select id from sessions where account_id not in (select id from accounts)",
    ),
    (
        "a device without an account",
        "select id from remember_tokens where account_id not in (select id from accounts)",
    ),
    (
        "a session of a device that is gone",
        "select id from sessions where remember_token_id is not null and remember_token_id not in (select id from remember_tokens)",
    ),
    (
        "a passkey without an account",
        "select id from passkeys where account_id not in (select id from accounts)",
    ),
    (
        "a session of a passkey that is gone",
        "select id from sessions where passkey_id is not null and passkey_id not in (select id from passkeys)",
    ),
    (
        "two authenticator apps of one account",
        "select account_id from totp_apps where removed_at is null group by account_id having count(*) > 1",
    ),
    (
        "a recovery code without its set",
        "select hash from recovery_codes where set_id not in (select id from recovery_sets)",
    ),
    (
        "a login that waits for the second step of an account that is gone",
        "select token_hash from pending_logins where account_id not in (select id from accounts)",
    ),
    ("two accounts of one address", "select email_key from accounts group by email_key having count(*) > 1"),
];

/// Asserts that a database is consistent, whether its site runs or not. Returns the addresses of all
/// accounts.
pub fn assert_consistent(database: &Path) -> BTreeSet<String> {
    assert_eq!(texts_of(database, "pragma integrity_check"), ["ok"], "{}", database.display());
    assert_eq!(texts_of(database, "select \"table\" from pragma_foreign_key_check"), Vec::<String>::new());
    for (what, query) in NEVER {
        assert_eq!(texts_of(database, query), Vec::<String>::new(), "{what}");
    }
    for hash in texts_of(database, "select hash from passwords") {
        let parsed = PasswordHash::new(&hash).unwrap_or_else(|error| panic!("{hash:?} is no hash: {error}"));
        assert!(parsed.algorithm.as_str() == "argon2id" && parsed.hash.is_some(), "{hash}");
    }
    let addresses = texts_of(database, "select email_key from accounts");
    let each: BTreeSet<_> = addresses.iter().cloned().collect();
    assert_eq!(each.len(), addresses.len(), "one address, one account");
    each
}
