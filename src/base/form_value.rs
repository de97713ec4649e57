//! The hidden value of each form: which page it was on, and for whom that page was shown. It grants no
//! access, so it does not expire. Its MAC keeps strangers from causing work with values of their own, and
//! visitors from learning about each other.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::secret::{self, SecretKey, TokenHash};

/// The purposes that keys are derived for.
const VALUES: &str = "form values";
const SUBMISSIONS: &str = "submissions";

/// The bytes of a value: a nonce, the kind of its subject, the subject, the MAC. Half an HMAC-SHA-256 is
/// enough; TLS has long used as much (RFC 2104, 5).
const NONCE: usize = 16;
const SUBJECT: usize = 8;
const MAC: usize = 16;
const SIGNED: usize = NONCE + 1 + SUBJECT;
const ALL: usize = SIGNED + MAC;

/// The length of a value in characters: base64url of its bytes.
pub const CHARACTERS: usize = (ALL * 4).div_ceil(3);

/// For whom a page was shown.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'s> {
    /// A visitor who is not logged in.
    Anonymous,
    /// The owner of the account with this id.
    Account(&'s str),
    /// A visitor who opened this link.
    Link(&'s TokenHash),
}

impl Subject<'_> {
    fn kind(self) -> u8 {
        match self {
            Subject::Anonymous => 0,
            Subject::Account(_) => 1,
            Subject::Link(_) => 2,
        }
    }

    /// A short hash that reveals nothing without the key.
    fn hash(self, key: &SecretKey) -> [u8; SUBJECT] {
        let name = match self {
            Subject::Anonymous => "",
            Subject::Account(id) => id,
            Subject::Link(token) => token.as_str(),
        };
        let mut hash = [0; SUBJECT];
        let whole = key.mac(format!("subject {} {name}", self.kind()).as_bytes());
        hash.iter_mut().zip(whole).for_each(|(to, from)| *to = from);
        hash
    }
}

/// The value of one page's forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormValue([u8; ALL]);

impl FormValue {
    /// Makes a new one, for a page that is shown to this subject.
    pub fn generate(site: &SecretKey, subject: Subject<'_>) -> FormValue {
        let key = site.derive(VALUES);
        let parts = secret::nonce().into_iter().chain([subject.kind()]).chain(subject.hash(&key));
        let mut signed = [0; SIGNED];
        signed.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
        let mut all = [0; ALL];
        all.iter_mut().zip(signed.into_iter().chain(key.mac(&signed))).for_each(|(to, from)| *to = from);
        FormValue(all)
    }

    /// Reads a value as [`reveal`](Self::reveal) wrote it; `None` if it was not made with this key.
    pub fn parse(site: &SecretKey, text: &str) -> Option<FormValue> {
        let all: [u8; ALL] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (signed, shown) = all.split_at(SIGNED);
        site.derive(VALUES).verify(signed, shown).then_some(FormValue(all))
    }

    /// The value in base64url, for the page.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Whether its page was shown to an account other than this one.
    pub fn is_of_another_account(&self, site: &SecretKey, id: &str) -> bool {
        self.is_of_another(site, Subject::Account(id))
    }

    /// Whether its page was shown for a link other than this one.
    pub fn is_of_another_link(&self, site: &SecretKey, link: &TokenHash) -> bool {
        self.is_of_another(site, Subject::Link(link))
    }

    /// Compares only subjects of the same kind: the form of an anonymous page says nothing about accounts.
    fn is_of_another(&self, site: &SecretKey, subject: Subject<'_>) -> bool {
        let own = self.0.get(NONCE..SIGNED).and_then(<[u8]>::split_first);
        own.is_some_and(|(kind, hash)| {
            *kind == subject.kind() && hash != subject.hash(&site.derive(VALUES)).as_slice()
        })
    }

    /// The identifier of a submission: equal only for the same form sent to the same address again, query included.
    pub fn submission(&self, site: &SecretKey, address: &str, form: &[u8]) -> String {
        let parts = [&self.0[..], address.as_bytes(), &[0], form].concat();
        URL_SAFE_NO_PAD.encode(site.derive(SUBMISSIONS).mac(&parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Token;

    #[test]
    fn a_value_is_read_as_it_was_written_and_only_with_its_key() {
        let key = SecretKey::generate();
        for subject in [Subject::Anonymous, Subject::Account("a"), Subject::Link(&Token::generate().hash())] {
            let value = FormValue::generate(&key, subject);
            let text = value.reveal();
            assert_eq!(text.len(), CHARACTERS);
            assert_eq!(FormValue::parse(&key, &text), Some(value));
            assert_eq!(FormValue::parse(&SecretKey::generate(), &text), None);
            for at in 0..text.len() {
                let mut bytes = text.clone().into_bytes();
                bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
                assert_eq!(FormValue::parse(&key, std::str::from_utf8(&bytes).unwrap()), None, "{at}");
            }
            for odd in ["", "x", &text[1..], &format!("{text}A"), &format!("{text}=")] {
                assert_eq!(FormValue::parse(&key, odd), None, "{odd}");
            }
        }
    }

    #[test]
    fn it_knows_for_whom_its_page_was() {
        let key = SecretKey::generate();
        let (one, other) = (Token::generate().hash(), Token::generate().hash());
        let (of_ada, of_one) = (
            FormValue::generate(&key, Subject::Account("ada")),
            FormValue::generate(&key, Subject::Link(&one)),
        );
        assert!(!of_ada.is_of_another_account(&key, "ada") && of_ada.is_of_another_account(&key, "bob"));
        assert!(!of_one.is_of_another_link(&key, &one) && of_one.is_of_another_link(&key, &other));
        assert!(!of_ada.is_of_another_link(&key, &one) && !of_one.is_of_another_account(&key, "ada"));
        let of_nobody = FormValue::generate(&key, Subject::Anonymous);
        assert!(!of_nobody.is_of_another_account(&key, "ada") && !of_nobody.is_of_another_link(&key, &one));
    }

    #[test]
    fn a_submission_is_its_value_its_address_and_its_form() {
        let key = SecretKey::generate();
        let (one, other) =
            (FormValue::generate(&key, Subject::Anonymous), FormValue::generate(&key, Subject::Anonymous));
        let name = one.submission(&key, "/login", b"a=1");
        assert_eq!(one.submission(&key, "/login", b"a=1"), name);
        for another in [
            other.submission(&key, "/login", b"a=1"),
            one.submission(&key, "/signup", b"a=1"),
            one.submission(&key, "/login", b"a=2"),
            one.submission(&SecretKey::generate(), "/login", b"a=1"),
        ] {
            assert_ne!(another, name);
        }
    }
}
