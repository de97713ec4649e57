//! An email address, parsed once. Domains without a dot and intranet names are allowed: no DNS query is made.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::written_domain::written;
use crate::base::LockKey;
use crate::base::text_column::text_column;

/// The most bytes of an address (RFC 5321, 4.5.3.1.3, without its brackets).
const MOST: usize = 254;
/// The most bytes before the `@` (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL: usize = 64;

/// A valid address: the local part in Unicode's NFC, the domain in lower-case ASCII (IDNA).
///
/// ```
/// use vestibule::Email;
///
/// let email = Email::parse("Ada@Example.org");
/// assert!(email.is_some_and(|email| email.as_str() == "Ada@example.org"));
/// assert!(Email::parse("Ada").is_none());
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Email(String);

// A row has an address that was valid when it was written. If the rule changes, its owner must not be locked out.
text_column!(Email, |email| email.0.clone(), |stored| Some(Email(stored.to_owned())));

impl Email {
    /// Reads an address that was typed. `None` if it is not one.
    pub fn parse(typed: &str) -> Option<Email> {
        let typed = typed.trim();
        let (local, domain) = typed.split_once('@')?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
        if domain.contains('@') || typed.chars().any(odd) {
            return None;
        }
        let local: String = local.nfc().collect();
        let domain = idna::domain_to_ascii_cow(domain.as_bytes(), idna::AsciiDenyList::URL).ok()?;
        let labels = !domain.is_empty() && domain.split('.').all(|label| (1..=63).contains(&label.len()));
        let email = format!("{local}@{domain}");
        let fits = (1..=MAX_LOCAL).contains(&local.len()) && email.len() <= MOST;
        (labels && fits).then_some(Email(email))
    }

    /// Parses the address of a new account, which must be able to receive email. Older addresses are parsed
    /// by [`parse`](Self::parse), so that users whose address cannot receive email are not locked out.
    pub(crate) fn new_address(typed: &str) -> Option<Email> {
        Email::parse(typed).filter(|email| email.0.parse::<lettre::Address>().is_ok())
    }

    /// The key of the advice for an invalid address.
    pub(crate) fn advice(typed: &str) -> &'static str {
        match typed.trim() {
            "" => "form-email-empty",
            _ => "form-email-invalid",
        }
    }

    /// The address as it is stored and sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as people write it, for pages and emails: an international domain in its own letters.
    pub fn shown(&self) -> Cow<'_, str> {
        let Some((local, domain)) = self.0.rsplit_once('@') else { return Cow::Borrowed(&self.0) };
        match written(domain) {
            Cow::Borrowed(_) => Cow::Borrowed(&self.0),
            Cow::Owned(domain) => Cow::Owned(format!("{local}@{domain}")),
        }
    }

    /// What was typed into a form, for showing it there again. Some browsers send an international domain in
    /// ASCII, however it was typed; anything else stays as it is.
    pub(crate) fn shown_again(typed: &str) -> Cow<'_, str> {
        let email = if typed.contains("xn--") { Email::parse(typed) } else { None };
        email.map_or(Cow::Borrowed(typed), |email| Cow::Owned(email.shown().into_owned()))
    }

    /// The address in the form that is compared: ASCII letters in lower case. Unicode's lower-casing would
    /// make addresses of different people equal.
    #[doc(hidden)]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The key of the lock of a transaction that decides whose address this is.
    pub fn lock_key(&self) -> LockKey {
        Email::lock_of(&self.key())
    }

    /// The same for an address in the form that is compared.
    pub(crate) fn lock_of(key: &str) -> LockKey {
        LockKey::new("address", key)
    }
}

/// Characters that change the direction of text or are invisible, but are neither white space nor control
/// characters.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for Email {
    /// The address as it is stored and sent, for commands. The log names an account by its ID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    /// Hides the address, which would otherwise end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(typed: &str) -> Option<String> {
        Email::parse(typed).map(|email| email.as_str().to_owned())
    }

    #[test]
    fn one_address_has_one_key_however_it_is_typed() {
        for typed in ["ada@example.org", " ADA@Example.ORG ", "Ada@EXAMPLE.org\t"] {
            assert_eq!(Email::parse(typed).unwrap().key(), "ada@example.org", "{typed}");
        }
        assert_eq!(parsed("ada@bücher.example").as_deref(), Some("ada@xn--bcher-kva.example"));
        assert_eq!(parsed("e\u{301}@x.test"), parsed("é@x.test"));
    }

    #[test]
    fn an_international_address_is_shown_as_it_is_written() {
        for written in ["mueller@bücher.example", "É.Ada@пример.example", "ada@example.org", "root@localhost"]
        {
            assert_eq!(Email::parse(written).unwrap().shown(), written);
        }
        assert_eq!(Email("no address".to_owned()).shown(), "no address", "an old row");
        assert_eq!(Email::shown_again("Ada@xn--bcher-kva.example"), "Ada@bücher.example");
        for typed in ["ADA@Example.ORG", "ada@", "xn--", "a b@xn--bcher-kva.example", ""] {
            assert_eq!(Email::shown_again(typed), typed);
        }
    }

    #[test]
    fn a_look_alike_is_another_account() {
        let key = |typed| Email::parse(typed).unwrap().key();
        assert_ne!(key("mıke@x.test"), key("mike@x.test"));
        assert_ne!(key("MİKE@x.test"), key("mike@x.test"));
        assert_ne!(key("\u{430}da@x.test"), key("ada@x.test"), "a Cyrillic letter");
    }

    #[test]
    fn names_of_a_local_network_are_addresses() {
        for fine in
            ["root@localhost", "a@intranet", "a@printer.local", "o'brien+x@a-b.example", "a@127.0.0.1"]
        {
            assert!(Email::parse(fine).is_some(), "{fine}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_local = format!("{}@x.test", "a".repeat(65));
        let long =
            format!("a@{}", ["b".repeat(63), "c".repeat(63), "d".repeat(63), "e".repeat(62)].join("."));
        let refused = [
            "",
            "@",
            "ada",
            "ada@",
            "@x.test",
            "a@b@c.test",
            "a b@x.test",
            "a@x .test",
            "a\r\nBcc: b@x.test",
            "a\0@x.test",
            "a@.test",
            "a@x..test",
            "a@x.test.",
            "a\u{a0}b@x.test",
            "a\u{202e}@x.test",
            "a\u{200b}@x.test",
            "a@x/y",
            "a@x:1",
            "\"a@b\"@x.test",
            "a@exa<mple.org",
            &long_local,
            &long,
        ];
        for typed in refused {
            assert_eq!(parsed(typed), None, "{typed:?}");
        }
        assert!(Email::parse(&format!("{}@x.test", "a".repeat(64))).is_some());
    }

    #[test]
    fn a_new_address_is_one_that_mail_can_go_to() {
        for unreachable in ["a..b@x.test", ".a@x.test", "a.@x.test", "a,b@x.test", "a(b)@x.test"] {
            assert!(Email::parse(unreachable).is_some(), "{unreachable}: it may be an account's of before");
            assert!(Email::new_address(unreachable).is_none(), "{unreachable}");
        }
        for fine in
            ["root@localhost", "a@intranet", "o'brien+x@a-b.example", "é@bücher.example", "a.b@x.test"]
        {
            assert!(Email::new_address(fine).is_some(), "{fine}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_can_be_taken_again(typed in "\\PC{0,12}@\\PC{0,12}|.{0,40}") {
            if let Some(email) = Email::parse(&typed) {
                prop_assert_eq!(Email::parse(email.as_str()), Some(email.clone()));
                prop_assert_eq!(Email::parse(&email.key()).map(|again| again.key()), Some(email.key()));
                prop_assert_eq!(Email::parse(&email.shown()).map(|again| again.key()), Some(email.key()));
                prop_assert!(email.as_str().len() <= MOST && !email.as_str().contains(char::is_whitespace));
            }
        }
    }
}
