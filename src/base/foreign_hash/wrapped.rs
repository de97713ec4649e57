//! Hashes by Argon2 that are not of the password itself, or not written as ours are; and weak hashes, which
//! are hashed once more before they are stored.
//!
//! Before version 3, Werkzeug could write `sha256$salt$hex`, and a well-known tutorial of Flask-Login does:
//! one HMAC-SHA256 with the salt as its key. Billions of passwords a second can be tried against that. Hashed
//! by Argon2id, it is as strong as any other, and is still compared with what its owner types.

use std::fmt;

use ring::hmac;
use zeroize::Zeroizing;

use super::parts::hexadecimal;
use crate::base::Password;

/// Before the PHC string of a hash by Django.
const DJANGO: &str = "argon2";
/// Before the salt of a weak hash that was hashed once more, and the PHC string of that.
const TUTORIAL: &str = "tutorial:";
/// The longest salt. Werkzeug makes 8 or 16 letters and digits.
const LONGEST_SALT: usize = 64;

/// What stands before the PHC string of a hash by Argon2. It says what was hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix<'s> {
    /// Nothing: the password was hashed.
    Nothing,
    /// The name that Django gives to the algorithm: the password was hashed, too. Before Django 3.2 by
    /// Argon2i.
    Django,
    /// The salt of a weak hash: that one was hashed.
    Weak(&'s str),
}

impl<'s> Prefix<'s> {
    /// Splits a stored hash into what stands before its PHC string, and that string.
    pub fn split(stored: &'s str) -> Option<(Prefix<'s>, &'s str)> {
        let (before, phc) = stored.split_at(stored.find("$argon2")?);
        let prefix = match (before, phc.split('$').nth(1)?) {
            ("", "argon2id") => Prefix::Nothing,
            (DJANGO, "argon2id" | "argon2i") => Prefix::Django,
            (_, "argon2id") => Prefix::Weak(before.strip_prefix(TUTORIAL).filter(|salt| is_salt(salt))?),
            _ => return None,
        };
        Some((prefix, phc))
    }

    /// What was hashed, if this is the password.
    pub fn input(self, password: &Password) -> Zeroizing<Vec<u8>> {
        let password = password.reveal().as_bytes();
        Zeroizing::new(match self {
            Prefix::Nothing | Prefix::Django => password.to_vec(),
            Prefix::Weak(salt) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, salt.as_bytes());
                hmac::sign(&key, password).as_ref().to_vec()
            }
        })
    }
}

/// A hash that is too weak to be stored: `sha256$salt$hex`.
pub struct WeakHash<'s> {
    salt: &'s str,
    hash: Zeroizing<Vec<u8>>,
}

impl<'s> WeakHash<'s> {
    /// Reads a weak hash.
    pub fn parse(found: &'s str) -> Option<WeakHash<'s>> {
        let (salt, hash) = found.strip_prefix("sha256$")?.split_once('$')?;
        let hash = Zeroizing::new(hexadecimal(hash)?);
        (is_salt(salt) && hash.len() == 32).then_some(WeakHash { salt, hash })
    }

    /// What has to be hashed in the place of the password.
    pub fn input(&self) -> Zeroizing<Vec<u8>> {
        self.hash.clone()
    }

    /// What is stored, with the PHC string of the hash of [`input`](Self::input).
    pub fn stored(&self, phc: &str) -> String {
        format!("{TUTORIAL}{}{phc}", self.salt)
    }
}

impl fmt::Debug for WeakHash<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WeakHash(…)")
    }
}

/// Werkzeug's salts are letters and digits. Without a salt it would be a hash without a key, of another form.
fn is_salt(text: &str) -> bool {
    (1..=LONGEST_SALT).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By Werkzeug 1.0.1, of "correct horse battery".
    const WEAK: &str = "sha256$i4SGopE1$c00f82dbe05b61f6e63e8e39345ea1d7116410c0f5e88423ec630e87b07997c5";
    const PHC: &str = "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA";

    #[test]
    fn a_weak_hash_is_what_the_password_leads_to() {
        let weak = WeakHash::parse(WEAK).unwrap();
        let stored = weak.stored(PHC);
        let (prefix, phc) = Prefix::split(&stored).unwrap();
        assert_eq!((prefix, phc), (Prefix::Weak("i4SGopE1"), PHC));
        assert_eq!(prefix.input(&Password::typed("correct horse battery")), weak.input());
        assert_ne!(prefix.input(&Password::typed("correct horse batterx")), weak.input());
        assert_ne!(Prefix::Weak("i4SGopE2").input(&Password::typed("correct horse battery")), weak.input());
    }

    #[test]
    fn what_stands_before_argon2id_is_one_of_three() {
        let split = |before: &str| Prefix::split(&format!("{before}{PHC}")).map(|(_, phc)| phc.to_owned());
        for before in ["", "argon2", "tutorial:a", "tutorial:Zz09"] {
            assert_eq!(split(before).as_deref(), Some(PHC), "{before:?}");
        }
        // Only Django's older form is known.
        let older = PHC.replace("argon2id", "argon2i");
        assert!(Prefix::split(&format!("argon2{older}")).is_some());
        assert!(Prefix::split(&older).is_none() && Prefix::split(&format!("tutorial:a{older}")).is_none());
        let long = format!("tutorial:{}", "a".repeat(LONGEST_SALT + 1));
        for before in [
            " ",
            "$",
            "argon2$",
            "Argon2",
            "tutorial",
            "tutorial:",
            "tutorial:é",
            "tutorial:a$",
            "x:a",
            &long,
        ] {
            assert_eq!(split(before), None, "{before:?}");
        }
        for stored in ["", "argon2", "$argon2", "$argon2x$", "argon2$argon2d$", WEAK] {
            assert_eq!(Prefix::split(stored), None, "{stored:?}");
        }
    }

    #[test]
    fn only_the_hash_with_a_key_is_a_weak_hash() {
        let digest = WEAK.rsplit('$').next().unwrap();
        for found in [
            String::new(),
            WEAK.replace("sha256", "sha1"),
            WEAK.replace("sha256", "md5"),
            WEAK.replace("sha256", "plain"),
            WEAK.replace("sha256", "pbkdf2:sha256:1"),
            format!("sha256$${digest}"),
            format!("sha256$sa$lt${digest}"),
            format!("sha256$sält${digest}"),
            format!("sha256${digest}"),
            WEAK[..WEAK.len() - 1].to_owned(),
            WEAK[..WEAK.len() - 2].to_owned(),
            format!("{WEAK}00"),
            format!("{WEAK}\n"),
            format!("{{SSHA}}{digest}"),
        ] {
            assert!(WeakHash::parse(&found).is_none(), "{found:?}");
        }
    }
}
