//! Values sealed at rest: the database keeps them, and only the holder of the secret key reads them. AES-256-GCM
//! (NIST SP 800-38D) under a key for a single purpose. A value is bound to its row: in another one it does not open.
//!
//! Nonces are random, which is safe for 2³² values under one key (SP 800-38D, 8.3). A site seals one for each
//! authenticator app that is set up: ten million accounts would have to set up 400 each.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::secret::{self, SecretKey};

/// The beginning of a sealed value. After it are nonce, ciphertext and tag in base64url.
const VERSION: &str = "v1.";

/// What was sealed, now readable.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Opened(Vec<u8>);

impl Opened {
    /// The value itself.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened(…)")
    }
}

/// Seals a value for a purpose, bound to the row with this ID. The text has some 40 characters more than the value in
/// Base64.
pub fn seal(key: &SecretKey, purpose: &str, row: &str, value: &[u8]) -> String {
    let nonce: [u8; NONCE_LEN] = secret::random();
    let mut sealed = [&nonce[..], value].concat();
    let cipher = cipher(key, purpose);
    let (nonce, context) = (Nonce::assume_unique_for_key(nonce), context(purpose, row));
    #[expect(clippy::expect_used, reason = "no value has 64 GiB")]
    let tag = cipher
        .seal_in_place_separate_tag(nonce, context, &mut sealed[NONCE_LEN..])
        .expect("a value of less than 64 GiB");
    sealed.extend_from_slice(tag.as_ref());
    format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(sealed))
}

/// Opens a value. `None` if it was sealed for another purpose or row or with another key, or was changed since: which
/// of them cannot be told.
pub fn open(key: &SecretKey, purpose: &str, row: &str, sealed: &str) -> Option<Opened> {
    let mut bytes = URL_SAFE_NO_PAD.decode(sealed.strip_prefix(VERSION)?).ok()?;
    let nonce = Nonce::try_assume_unique_for_key(bytes.get(..NONCE_LEN)?).ok()?;
    let cipher = cipher(key, purpose);
    let length = cipher.open_within(nonce, context(purpose, row), &mut bytes, NONCE_LEN..).ok()?.len();
    bytes.truncate(length);
    Some(Opened(bytes))
}

fn cipher(key: &SecretKey, purpose: &str) -> LessSafeKey {
    let key = key.derive(&format!("sealed {purpose}"));
    #[expect(clippy::expect_used, reason = "a secret key has 32 bytes, as AES-256 asks for")]
    let key = UnboundKey::new(&AES_256_GCM, key.reveal_bytes()).expect("a key of 32 bytes");
    LessSafeKey::new(key)
}

/// What is authenticated with the value but not stored.
fn context(purpose: &str, row: &str) -> Aad<String> {
    Aad::from(format!("{purpose}\0{row}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const APP: &str = "authenticator app";

    #[test]
    fn a_value_opens_in_its_own_row_and_for_its_own_purpose_only() {
        let key = SecretKey::generate();
        for value in [&b""[..], b"a", b"12345678901234567890", &[0; 1_000]] {
            let sealed = seal(&key, APP, "ada", value);
            assert_eq!(open(&key, APP, "ada", &sealed).unwrap().reveal(), value);
            assert!(open(&key, APP, "bob", &sealed).is_none());
            assert!(open(&key, APP, "", &sealed).is_none());
            assert!(open(&key, "signing key", "ada", &sealed).is_none());
            assert!(open(&SecretKey::generate(), APP, "ada", &sealed).is_none());
        }
    }

    #[test]
    fn a_value_with_a_flipped_bit_does_not_open() {
        let key = SecretKey::generate();
        let sealed = seal(&key, APP, "ada", b"12345678901234567890");
        let bytes = URL_SAFE_NO_PAD.decode(&sealed[VERSION.len()..]).unwrap();
        assert_eq!(bytes.len(), 48);
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let flipped = format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(flipped));
            assert!(open(&key, APP, "ada", &flipped).is_none(), "{bit}");
        }
    }

    #[test]
    fn what_is_no_sealed_value_does_not_open() {
        let key = SecretKey::generate();
        let sealed = seal(&key, APP, "ada", b"1234");
        let short = |bytes: usize| format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(vec![0_u8; bytes]));
        for odd in [
            "",
            VERSION,
            &sealed[VERSION.len()..],
            &sealed.replace("v1.", "v2."),
            &sealed[..sealed.len() - 1],
            &format!("{sealed}A"),
            &format!("{sealed}="),
            &format!(" {sealed}"),
            &short(NONCE_LEN - 1),
            &short(NONCE_LEN),
            &short(NONCE_LEN + 15),
            &short(NONCE_LEN + 16),
            "v1.é",
        ] {
            assert!(open(&key, APP, "ada", odd).is_none(), "{odd:?}");
        }
    }

    /// Made with another program: a value that a database keeps must open with every release.
    #[test]
    fn a_value_of_an_earlier_release_opens() {
        let key = SecretKey::parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
        let sealed = "v1.AAECAwQFBgcICQoLhsEarEMHds0BF1OBRVECmFPsXrkFJeVCOZ9Gdkdz0X_hnEaC";
        assert_eq!(open(&key, APP, "ada", sealed).unwrap().reveal(), b"12345678901234567890");
    }

    #[test]
    fn equal_values_are_not_seen_to_be_equal() {
        let key = SecretKey::generate();
        let nonce = |sealed: String| sealed[VERSION.len()..VERSION.len() + 16].to_owned();
        let nonces = (0..100).map(|_| nonce(seal(&key, APP, "ada", b"1234")));
        assert_eq!(nonces.collect::<HashSet<_>>().len(), 100);
    }

    #[test]
    fn an_opened_value_is_not_printed() {
        let key = SecretKey::generate();
        let opened = open(&key, APP, "ada", &seal(&key, APP, "ada", b"hush"));
        assert_eq!(format!("{opened:?}"), "Some(Opened(…))");
    }
}
