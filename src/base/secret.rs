//! Random secrets: created by the operating system, hashed before they reach the database, never printed.
//! Reading one takes a method named `reveal`, so that all places that do can be searched for.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Fills a buffer with random bytes from the operating system. Without randomness nothing is secure: the
/// program stops rather than continue with a guessable secret.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "no safe way to go on without randomness")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A bearer secret of 256 random bits (OWASP ASVS 7.2.3 asks for 128): anyone who has it is treated as its
/// owner.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Token([u8; 32]);

impl Token {
    /// A new one.
    pub fn generate() -> Token {
        Token(random())
    }

    /// A token derived from a key ([`SecretKey::mac`]), for one that must be the same each time.
    pub fn made(bytes: [u8; 32]) -> Token {
        Token(bytes)
    }

    /// Reads a token as [`reveal`](Self::reveal) wrote it.
    pub fn parse(text: &str) -> Option<Token> {
        let mut bytes = [0; 33]; // one more than it has, so that a longer text is not taken for one
        let read = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
        bytes.get(..read)?.try_into().ok().map(Token)
    }

    /// The token in base64url, only for the visitor it belongs to.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The hash that the database keeps. A plain SHA-256 is enough for 256 random bits, which cannot be tried
    /// out.
    pub fn hash(&self) -> TokenHash {
        TokenHash(URL_SAFE_NO_PAD.encode(self.digest()))
    }

    /// The same hash as bytes, for a look-up in memory.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The hash of a [`Token`], as the database keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    /// Reads a hash that was written as text, and went out with an address. It may be that of any token, or of none.
    pub fn parse(text: &str) -> Option<TokenHash> {
        // Of the same length and alphabet as a token.
        Token::parse(text).map(|_| TokenHash(text.to_owned()))
    }

    /// The hash as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A short random identifier for something that is not secret, such as a request: 64 bits in hexadecimal.
pub fn random_name() -> String {
    hexadecimal(&random::<8>())
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// A random salt for one password hash (OWASP ASVS 11.4.2 asks for 16 bytes).
pub fn salt() -> [u8; 16] {
    random()
}

/// A nonce: 16 random bytes, so that no two are ever the same.
pub fn nonce() -> [u8; 16] {
    random()
}

/// The secret key, which private cookies are encrypted with: 32 bytes.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// A new one.
    pub fn generate() -> SecretKey {
        SecretKey(random())
    }

    /// Reads a key in base64 or, as Rocket also accepts, in hexadecimal.
    pub fn parse(text: &str) -> Option<SecretKey> {
        let text = text.trim();
        let hexadecimal = || {
            let digits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            let byte = |i: usize| u8::from_str_radix(text.get(i..i + 2)?, 16).ok();
            digits.then(|| (0..64).step_by(2).map(byte).collect::<Option<Vec<u8>>>())?
        };
        hexadecimal().or_else(|| STANDARD.decode(text).ok())?.try_into().ok().map(SecretKey)
    }

    /// The key in base64, for the one line of `secret.key`.
    pub fn reveal(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// The key's bytes, for Rocket.
    pub fn reveal_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Derives a key for a single purpose, which reveals nothing about this key or others (HKDF-Expand, RFC
    /// 5869, one block).
    pub fn derive(&self, purpose: &str) -> SecretKey {
        SecretKey(self.mac(format!("vestibule: {purpose}\u{1}").as_bytes()))
    }

    /// The HMAC-SHA-256 of a message: only the holder of the key can compute it. To compare one, use
    /// [`verify`](Self::verify).
    pub fn mac(&self, message: &[u8]) -> [u8; 32] {
        self.hmac(message).finalize().into_bytes().into()
    }

    /// Whether the HMAC-SHA-256 of a message begins with these bytes, compared in constant time. False for an
    /// empty beginning.
    pub fn verify(&self, message: &[u8], beginning: &[u8]) -> bool {
        self.hmac(message).verify_truncated_left(beginning).is_ok()
    }

    fn hmac(&self, message: &[u8]) -> Hmac<Sha256> {
        // HMAC accepts a key of any length (RFC 2104, 3).
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).expect("a key of any length");
        mac.update(message);
        mac
    }

    /// Six letters that distinguish this site from others on the same host, as part of a cookie's name. They
    /// reveal nothing about the key.
    pub fn mark(&self) -> String {
        let letters = self.derive("mark of a site").0.into_iter().take(6);
        letters.map(|byte| char::from(b'a' + byte % 26)).collect()
    }

    /// Identifies a key without revealing it: a database keeps it to recognize its key.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new_with_prefix(b"vestibule: fingerprint of the secret key\0");
        hash.update(self.0);
        URL_SAFE_NO_PAD.encode(hash.finalize())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// A password as typed, in Unicode's NFC (NIST SP 800-63B-4, 3.1.1.2), so that it is the same on every
/// keyboard. It is not trimmed, case-folded or cut.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Password(String);

impl Password {
    /// The most characters (Unicode code points) of a password. Argon2's time does not grow with the length;
    /// this only bounds memory.
    pub const MAX_CHARACTERS: usize = 256;

    /// What was typed.
    pub fn typed(text: &str) -> Password {
        Password(text.nfc().collect())
    }

    /// How many characters (Unicode code points) it has.
    pub fn characters(&self) -> usize {
        self.0.chars().count()
    }

    /// The password itself, to be hashed or judged.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_and_a_key_are_read_as_they_were_written() {
        let (token, key) = (Token::generate(), SecretKey::generate());
        assert!(Token::parse(&token.reveal()) == Some(token));
        assert_eq!(SecretKey::parse(&key.reveal()).unwrap().reveal_bytes(), key.reveal_bytes());
        let hexadecimal: String = key.reveal_bytes().iter().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(
            SecretKey::parse(&format!(" {hexadecimal}\n")).unwrap().reveal_bytes(),
            key.reveal_bytes()
        );
    }

    #[test]
    fn what_is_neither_is_refused() {
        let token = Token::generate().reveal();
        let odd = [
            "",
            "=",
            &token[..42],
            &format!("{token}="),
            &format!(" {token}"),
            &format!("{token}\0"),
            &token.replace(|_| true, "+"),
            "é",
            "%41",
        ];
        for text in odd {
            assert!(Token::parse(text).is_none(), "{text:?}");
        }
        for text in ["", "words", &"0".repeat(63), &"0".repeat(65), &"g".repeat(64), &"é".repeat(32), "===="]
        {
            assert!(SecretKey::parse(text).is_none(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_token_has_one_spelling(text in "[A-Za-z0-9_=+/-]{40,46}|.{0,50}") {
            if let Some(token) = Token::parse(&text) {
                prop_assert_eq!(token.reveal(), text);
            }
        }

        #[test]
        fn a_key_that_is_read_is_written_so_that_it_is_read_again(text in "[A-Za-z0-9+/]{43}=|[0-9a-fA-F]{64}|.{0,70}") {
            if let Some(key) = SecretKey::parse(&text) {
                let again = SecretKey::parse(&key.reveal()).unwrap();
                prop_assert_eq!(again.reveal_bytes(), key.reveal_bytes());
            }
        }
    }
}
