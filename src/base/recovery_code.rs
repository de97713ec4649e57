//! A recovery code replaces a second factor that is lost, once. An owner keeps a set of ten on paper.
//!
//! A code has 80 random bits: that is too much to be guessed at a login, and too little for a plain hash.
//! Below 112 bits, OWASP ASVS 6.5.2 asks for a password hash, with a salt. The hashes do not depend on the
//! secret key, so a set outlives its loss, unlike the secret of an authenticator app.

use std::{array, fmt};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::base32::{self, CROCKFORD};
use super::hashing::{Failure, Hashing};
use super::secret::{self, Password};
use super::typed_code;

/// How many codes a set has.
pub const CODES: usize = 10;
/// How many letters and digits a code has.
const CHARACTERS: usize = 16;

/// A recovery code: 80 random bits.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 10]);

impl RecoveryCode {
    /// A new one. The operator gives out single codes.
    pub fn generate() -> RecoveryCode {
        RecoveryCode(secret::random())
    }

    /// The codes of a new set.
    pub fn generate_set() -> [RecoveryCode; CODES] {
        array::from_fn(|_| RecoveryCode::generate())
    }

    /// Reads a code as people type it: upper or lower case, spaces and dashes anywhere, the letter O for 0, I
    /// and L for 1. `None` if no such code exists.
    pub fn parse(typed: &str) -> Option<RecoveryCode> {
        let characters = typed_code::characters(typed).take(CHARACTERS + 1).map(meant);
        let code: Zeroizing<String> = Zeroizing::new(characters.collect());
        base32::decode(CROCKFORD, &code)?.as_slice().try_into().ok().map(RecoveryCode)
    }

    /// The code for its owner, such as `k7m2-x9qa-4t0v-hw3c`.
    pub fn reveal(&self) -> String {
        typed_code::grouped(base32::encode(CROCKFORD, &self.0), '-')
    }

    /// Hashes the code behind the gate, with the parameters and the salt of a set, which
    /// [`Hashing::hash_parameters`] returned when the set was made. All codes of a set share them, so one
    /// computation compares a code with all ten. `None` if the account has no set, or one with parameters
    /// that cannot be used: as much is computed then, so that the time does not tell. [`Failure::Busy`] if
    /// the queue is full.
    pub async fn hash(
        &self,
        hashing: &Hashing,
        hash_parameters: Option<&str>,
    ) -> Result<Option<CodeHash>, Failure> {
        let code = Zeroizing::new(self.reveal());
        let hash = hashing.hash_with(&Password::typed(&code), hash_parameters).await?;
        Ok(hash.map(|bytes| CodeHash(URL_SAFE_NO_PAD.encode(bytes))))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

/// The hash of a [`RecoveryCode`], as the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeHash(String);

impl CodeHash {
    /// The hash in base64url: 43 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The character of a code that a typed one stands for. Codes have no letters that look like digits
/// (Crockford's Base32).
fn meant(typed: char) -> char {
    match typed.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHOWN: &str = "k7m2-x9qa-4t0v-hw3c";

    fn code() -> RecoveryCode {
        RecoveryCode([0x99, 0xe8, 0x2e, 0xa6, 0xea, 0x26, 0x81, 0xb8, 0xf0, 0x6c])
    }

    /// Parameters that take microseconds.
    fn hashing() -> Hashing {
        Hashing::new(64, 1).unwrap()
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(code().reveal(), SHOWN);
        for typed in [
            SHOWN,
            "K7M2-X9QA-4T0V-HW3C",
            "k7m2 x9qa 4tov hw3c",
            "k7m2x9qa4tOvhw3c",
            "\tk7m2–x9qa–4t0v–hw3c\r\n",
            "ｋ７ｍ２ｘ９ｑａ４ｔ０ｖｈｗ３ｃ",
        ] {
            assert!(RecoveryCode::parse(typed).unwrap() == code(), "{typed:?}");
        }
        assert_eq!(RecoveryCode::parse("iIlL-oO00-1111-abcd").unwrap().reveal(), "1111-0000-1111-abcd");
    }

    #[test]
    fn other_texts_are_no_code() {
        let long = SHOWN.repeat(10_000);
        for typed in [
            "",
            "123456",
            &SHOWN[1..],
            &format!("{SHOWN}0"),
            &format!("{SHOWN}{SHOWN}"),
            &SHOWN.replace('k', "u"),
            &SHOWN.replace('k', "é"),
            &SHOWN.replace('-', "_"),
            &format!("{SHOWN}\0"),
            &long,
        ] {
            assert!(RecoveryCode::parse(typed).is_none(), "{typed:?}");
        }
    }

    #[test]
    fn a_set_has_ten_different_codes() {
        let mut shown = RecoveryCode::generate_set().map(|code| code.reveal()).to_vec();
        shown.sort();
        shown.dedup();
        assert_eq!(shown.len(), 10);
        assert!(shown.iter().all(|code| code.len() == SHOWN.len()));
    }

    #[test]
    fn a_code_is_not_printed() {
        assert_eq!(format!("{:?}", RecoveryCode::parse(SHOWN)), "Some(RecoveryCode(…))");
    }

    #[rocket::async_test]
    async fn one_computation_compares_a_code_with_its_set_and_no_other() {
        let hashing = hashing();
        let (own, other) = (hashing.hash_parameters().unwrap(), hashing.hash_parameters().unwrap());
        let codes = RecoveryCode::generate_set();
        let mut stored = Vec::new();
        for code in &codes {
            stored.push(code.hash(&hashing, Some(&own)).await.unwrap().unwrap());
        }
        let typed = RecoveryCode::parse(&codes[3].reveal()).unwrap();
        let hash = typed.hash(&hashing, Some(&own)).await.unwrap().unwrap();
        assert_eq!(stored.iter().position(|one| *one == hash), Some(3));
        let elsewhere = typed.hash(&hashing, Some(&other)).await.unwrap().unwrap();
        assert!(!stored.contains(&elsewhere));
        let unknown = code().hash(&hashing, Some(&own)).await.unwrap().unwrap();
        assert!(!stored.contains(&unknown));
    }

    /// Made with another program: a set on paper outlives releases, and the parameters of its day.
    #[rocket::async_test]
    async fn a_code_of_an_earlier_release_is_still_right() {
        let hash_parameters = "$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg";
        for hashing in [hashing(), Hashing::new(128, 2).unwrap()] {
            let hash = code().hash(&hashing, Some(hash_parameters)).await.unwrap().unwrap();
            assert_eq!(hash.as_str(), "DU_H6Un8XwOEUel3zWH9IvghqA5EePxztFHrWQFOWXo");
        }
    }

    #[rocket::async_test]
    async fn without_a_set_that_can_be_used_no_code_is_right() {
        let hashing = hashing();
        let password = hashing.hash(&Password::typed(SHOWN)).await.unwrap();
        for hash_parameters in [
            None,
            Some(""),
            Some("$argon2id$v=19$m=64,t=1,p=1"),
            Some("$argon2i$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg"),
            Some("$argon2id$v=19$m=4000000,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg"),
            Some(password.as_str()),
        ] {
            assert_eq!(code().hash(&hashing, hash_parameters).await, Ok(None), "{hash_parameters:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_so_that_it_is_read_again(typed in "[0-9A-Za-z -]{10,24}|.{0,30}") {
            if let Some(code) = RecoveryCode::parse(&typed) {
                prop_assert!(RecoveryCode::parse(&code.reveal()) == Some(code));
            }
        }
    }
}
