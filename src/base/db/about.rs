//! What a transaction is about. SQLite has one writer at a time, so what a transaction has read stays true
//! until it commits. PostgreSQL has many. There, two transactions about the same thing run one after the
//! other, whichever instance they run in. Transactions about different things run in parallel.

use sha2::{Digest, Sha256};

/// A subject that only one transaction at a time may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct About(i64);

impl About {
    /// An account, with everything that belongs to it.
    pub fn account(id: &str) -> About {
        About::named("account", id)
    }

    /// The owner of an email address, or its future owner. The address is in the form that accounts are
    /// compared by.
    pub fn address(key: &str) -> About {
        About::named("address", key)
    }

    /// The list of programs that have the database open. One program at a time changes it.
    pub(super) fn being_open() -> About {
        About::named("open", "")
    }

    /// An update of the database's schema.
    pub(super) fn being_updated() -> About {
        About::named("updated", "")
    }

    /// The number that the server locks. If two subjects have the same number, they only wait for each other.
    pub(super) fn number(self) -> i64 {
        self.0
    }

    fn named(kind: &str, name: &str) -> About {
        let hash = Sha256::digest(format!("vestibule: {kind}\0{name}"));
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        About(i64::from_be_bytes(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_has_a_number_of_its_own_that_stays() {
        let all = [
            About::account("1"),
            About::account("2"),
            About::address("1"),
            About::being_open(),
            About::being_updated(),
        ];
        for (at, about) in all.iter().enumerate() {
            assert_eq!(all.iter().position(|other| other == about), Some(at));
        }
        assert_eq!(About::account("1").number(), About::account("1").number());
    }
}
