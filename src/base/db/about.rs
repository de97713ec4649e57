//! What a transaction is about. SQLite has one writer at a time, so that what a transaction has read stays true until it
//! commits. A PostgreSQL server has many; there, two transactions about the same thing come one after the other, in whatever
//! instance they run, and those about different things side by side.

use sha2::{Digest, Sha256};

/// Something that only one transaction at a time is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct About(i64);

impl About {
    /// An account, with all that belongs to it.
    pub fn account(id: &str) -> About {
        About::named("account", id)
    }

    /// Whose an address is, or is to be: in the form that accounts are compared by.
    pub fn address(key: &str) -> About {
        About::named("address", key)
    }

    /// Who has the database open: one program at a time changes what is known of that.
    pub(super) fn being_open() -> About {
        About::named("open", "")
    }

    /// That its schema is being brought up to date.
    pub(super) fn being_updated() -> About {
        About::named("updated", "")
    }

    /// The number that the server locks. Two things of one number would only wait for each other.
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
