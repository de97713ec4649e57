//! The hash of a password, as another program made it.

use crate::base::Site;
use crate::base::foreign_hash::WeakHash;
use crate::base::hashing::kind_of;
use crate::web;

/// What a row has for a password.
pub(super) enum FoundHash {
    /// Nothing, or what marks an account without a password in other programs.
    Nothing,
    /// A text that no password can be compared with: a hash of another kind, one that would take too much
    /// memory or time, or a password that was not hashed.
    Unknown,
    /// A hash that can be taken.
    Known(String),
}

impl FoundHash {
    /// Reads a text. Nothing is computed.
    pub(super) fn read(text: &str) -> FoundHash {
        // Django begins the text with `!` where an owner has no password, and so do files of Unix, or with
        // `*`.
        if text.is_empty() || text.starts_with(['!', '*']) {
            FoundHash::Nothing
        } else if kind_of(text).is_some() {
            FoundHash::Known(text.to_owned())
        } else {
            FoundHash::Unknown
        }
    }

    /// Whether there is a text that cannot be taken.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, FoundHash::Unknown)
    }

    /// Whether a hash has to be computed before it can be stored: it is too weak to be stored as it is.
    pub(super) fn costs_a_hash(&self) -> bool {
        matches!(self, FoundHash::Known(text) if WeakHash::parse(text).is_some())
    }

    /// What is stored.
    pub(super) async fn stored(&self, site: &Site) -> web::Result<Option<String>> {
        match self {
            FoundHash::Known(text) => Ok(site.hashing.adopt(text).await?),
            FoundHash::Nothing | FoundHash::Unknown => Ok(None),
        }
    }

    /// What stands for it in a transaction that is taken back: nothing is computed for that, and no weak hash
    /// comes near the disk.
    pub(super) fn tried(&self) -> Option<String> {
        matches!(self, FoundHash::Known(_)).then(String::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_without_a_password_is_not_odd_but_a_text_that_is_no_hash_is() {
        for text in ["", "!", "!nBVtPOsdFQS1mTB9CLjjAQzqFWO3iOLsnyW8bPfS", "*"] {
            assert!(matches!(FoundHash::read(text), FoundHash::Nothing), "{text}");
        }
        for text in [
            "correct horse battery",
            "$1$abc$9Gq",
            "{SSHA}abc",
            "5f4dcc3b5aa765d61d8327deb882cf99",
            "$P$Bxyz",
        ] {
            assert!(FoundHash::read(text).is_unknown(), "{text}");
        }
        let weak = format!("sha256$salt$9{}", "0".repeat(63));
        let strong = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE";
        for (text, costs) in [(&*weak, true), (strong, false)] {
            let found = FoundHash::read(text);
            assert!(matches!(&found, FoundHash::Known(known) if known == text), "{text}");
            assert_eq!((found.costs_a_hash(), found.tried()), (costs, Some(String::new())));
        }
    }
}
