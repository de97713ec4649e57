//! What a transaction is about, as the key of a lock. SQLite has one writer at a time, so what a transaction
//! has read stays true until it commits. PostgreSQL has many. There, two transactions with the same key run
//! one after the other, whichever instance they run in. Transactions with different keys run in parallel.

use sha2::{Digest, Sha256};

/// The key of a lock that one transaction at a time holds. It says what that transaction is about.
///
/// ```
/// use vestibule::LockKey;
///
/// assert_eq!(LockKey::new("list", "groceries"), LockKey::new("list", "groceries"));
/// assert_ne!(LockKey::new("list", "groceries"), LockKey::new("note", "groceries"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LockKey(i64);

impl LockKey {
    /// The key of one thing of a kind: `LockKey::new("list", &list_id)`. An account and an address have keys already:
    /// [`AccountId::lock_key`](crate::AccountId::lock_key) and [`Email::lock_key`](crate::Email::lock_key).
    pub fn new(kind: &str, name: &str) -> LockKey {
        let hash = Sha256::digest(format!("vestibule: {kind}\0{name}"));
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        LockKey(i64::from_be_bytes(first))
    }

    /// The list of programs that have the database open. One program at a time changes it.
    pub(super) fn being_open() -> LockKey {
        LockKey::new("open", "")
    }

    /// An update of the database's schema.
    pub(super) fn being_updated() -> LockKey {
        LockKey::new("updated", "")
    }

    /// The number that the server locks. If two keys have the same number, their transactions only wait for
    /// each other.
    pub(super) fn number(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_has_a_number_of_its_own_that_stays() {
        let all = [
            LockKey::new("account", "1"),
            LockKey::new("account", "2"),
            LockKey::new("address", "1"),
            LockKey::being_open(),
            LockKey::being_updated(),
        ];
        for (at, key) in all.iter().enumerate() {
            assert_eq!(all.iter().position(|other| other == key), Some(at));
        }
        // Another version that runs at the same time has to lock the same number.
        assert_eq!(LockKey::new("account", "1").number(), 6_387_240_355_872_891_785);
    }
}
