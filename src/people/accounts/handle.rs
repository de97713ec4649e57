//! A handle, parsed once: what an account is called in apps that are told who is there, and that keep what belongs to a
//! person under that name.

use std::fmt;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::base::Sentence;
use crate::base::secret::hexadecimal;
use crate::base::text_column::text_column;

/// The most characters of a handle.
const MOST: usize = 32;

/// Names that apps give to themselves, to their administrators or to no one, and those of mailboxes that others trust
/// (RFC 2142). Someone who had one could be taken for what it means, or get rights by it.
const RESERVED: [&str; 56] = [
    "abuse",
    "admin",
    "administrator",
    "administrators",
    "admins",
    "all",
    "anonymous",
    "api",
    "bot",
    "daemon",
    "default",
    "demo",
    "everyone",
    "false",
    "ghost",
    "git",
    "gitea",
    "grafana",
    "guest",
    "hostmaster",
    "info",
    "localhost",
    "login",
    "logout",
    "mail",
    "me",
    "moderator",
    "nextcloud",
    "nobody",
    "none",
    "noreply",
    "null",
    "operator",
    "owner",
    "postmaster",
    "public",
    "root",
    "security",
    "self",
    "server",
    "service",
    "staff",
    "sudo",
    "superuser",
    "support",
    "sysadmin",
    "system",
    "test",
    "true",
    "undefined",
    "unknown",
    "user",
    "vestibule",
    "webmaster",
    "wheel",
    "www-data",
];

/// A handle: 1 to 32 of `a` to `z`, `0` to `9`, `.`, `_` and `-`, with a letter or a digit first and last. Only the
/// operator, an administrator, an invitation or a file gives one. It is never derived from an address, and once an account
/// has had it, no other account gets it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Handle(String);

// A row has a handle that was valid when it was given. If the rule changes, apps still know the person by it.
text_column!(Handle, |handle| handle.0.clone(), |stored| Some(Handle(stored.to_owned())));

/// Why a text is not a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleError {
    /// It has other characters, too many of them, or none.
    Malformed,
    /// It means something to apps.
    Reserved,
}

impl HandleError {
    /// How to correct it.
    pub fn sentence(self) -> Sentence {
        match self {
            HandleError::Malformed => "form-handle-malformed".into(),
            HandleError::Reserved => "form-handle-reserved".into(),
        }
    }
}

impl Handle {
    /// Reads a handle that was typed. Upper-case letters are refused, not changed: the one who gives a handle is to see
    /// it as apps will.
    pub fn parse(typed: &str) -> Result<Handle, HandleError> {
        let typed = typed.trim();
        let is_letter = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9');
        let ends = [typed.bytes().next(), typed.bytes().next_back()];
        let fits = typed.len() <= MOST
            && ends.iter().all(|end| end.is_some_and(is_letter))
            && typed.bytes().all(|b| is_letter(b) || matches!(b, b'.' | b'_' | b'-'));
        match fits {
            false => Err(HandleError::Malformed),
            true if RESERVED.binary_search(&typed).is_ok() => Err(HandleError::Reserved),
            true => Ok(Handle(typed.to_owned())),
        }
    }

    /// The handle as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stays of it when the account has lost it.
    pub(super) fn hash(&self) -> String {
        hexadecimal(&Sha256::digest(&self.0))
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_handle_comes_back_as_typed() {
        let longest = "a".repeat(MOST);
        for typed in ["ada", "a", "7", "ada.lovelace", "a_b-c.d", "0x0", "a--b", "rooted", &longest] {
            assert_eq!(Handle::parse(&format!(" {typed}\n")).unwrap().as_str(), typed);
        }
    }

    #[test]
    fn what_is_no_handle_is_refused() {
        let too_long = "a".repeat(MOST + 1);
        for typed in [
            "",
            " ",
            "Ada",
            "ADA",
            "ada lovelace",
            "ada,b",
            "ada@x",
            "ada/b",
            "äda",
            "a\0",
            "a\r\nb",
            "a:b",
            "-ada",
            "ada-",
            ".ada",
            "ada.",
            "_ada",
            "ada_",
            ".",
            "..",
            "-",
            "ａda",
            "a'b",
            "a\"b",
            &too_long,
        ] {
            assert_eq!(Handle::parse(typed), Err(HandleError::Malformed), "{typed:?}");
        }
    }

    #[test]
    fn what_means_something_to_apps_is_reserved() {
        assert!(RESERVED.is_sorted(), "it is searched");
        for name in RESERVED {
            assert_eq!(Handle::parse(name), Err(HandleError::Reserved), "{name}");
        }
        for name in ["admin", "administrator", "root", "git", "sudo", "wheel", "www-data"] {
            assert!(RESERVED.contains(&name), "{name}");
        }
    }

    /// The rows of `old_handles` have it: it must stay the same for ever.
    #[test]
    fn the_hash_of_a_handle_is_its_sha_256() {
        let hash = |typed| Handle::parse(typed).unwrap().hash();
        assert_eq!(hash("ada"), "fdee430d40bd57deeac186cd9790033d0f06f909a8806e7ce6e717ab7c7d5029");
        assert_ne!(hash("ada"), hash("bob"));
    }

    proptest! {
        #[test]
        fn what_is_taken_can_stand_in_a_header_and_a_path(typed in "[a-z0-9._-]{0,34}|\\PC{0,8}|.{0,8}") {
            if let Ok(handle) = Handle::parse(&typed) {
                prop_assert_eq!(Handle::parse(handle.as_str()), Ok(handle.clone()));
                prop_assert!(handle.as_str().is_ascii() && (1..=MOST).contains(&handle.as_str().len()));
                prop_assert!(!handle.as_str().contains([',', '/', ' ', '@']) && handle.as_str() != "..");
            }
        }
    }
}
