//! PBKDF2 (RFC 8018) with HMAC, as Werkzeug, Django, passlib, Keycloak and Zitadel use it.

use std::num::NonZero;

use argon2::password_hash::phc::Output;
use ring::pbkdf2::{self, Algorithm, PBKDF2_HMAC_SHA1, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA512};

use super::parts;

/// The fewest rounds (RFC 8018, 4.2). With fewer, it would be as quick to guess as a plain hash.
const FEWEST_ROUNDS: u32 = 1_000;
/// The most rounds, of all blocks together: one to four seconds. A row must not be able to exhaust time.
const MOST_ROUNDS: u32 = 5_000_000;

/// The hash function. SHA-1 is no weakness here: HMAC does not need it to be free of collisions.
#[derive(Clone, Copy)]
pub(super) enum Digest {
    Sha1,
    Sha256,
    Sha512,
}

impl Digest {
    /// The one that Python calls by this name.
    pub(super) fn named(name: &str) -> Option<Digest> {
        match name {
            "sha1" => Some(Digest::Sha1),
            "sha256" => Some(Digest::Sha256),
            "sha512" => Some(Digest::Sha512),
            _ => None,
        }
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Digest::Sha1 => PBKDF2_HMAC_SHA1,
            Digest::Sha256 => PBKDF2_HMAC_SHA256,
            Digest::Sha512 => PBKDF2_HMAC_SHA512,
        }
    }

    /// The length of its output in bytes: of one block of PBKDF2.
    fn length(self) -> usize {
        match self {
            Digest::Sha1 => 20,
            Digest::Sha256 => 32,
            Digest::Sha512 => 64,
        }
    }
}

/// A stored hash.
pub(super) struct Pbkdf2 {
    digest: Digest,
    rounds: NonZero<u32>,
    salt: Vec<u8>,
    expected: Output,
}

impl Pbkdf2 {
    /// A stored hash, if it may be computed.
    pub(super) fn new(digest: Digest, rounds: u32, salt: &[u8], expected: &[u8]) -> Option<Pbkdf2> {
        let (salt, expected) = (parts::salt(salt)?, parts::expected(expected)?);
        // Each block of the output takes all rounds.
        let blocks = u32::try_from(expected.len().div_ceil(digest.length())).ok()?;
        let is_bounded = rounds >= FEWEST_ROUNDS && rounds.checked_mul(blocks)? <= MOST_ROUNDS;
        let rounds = NonZero::new(rounds).filter(|_| is_bounded)?;
        Some(Pbkdf2 { digest, rounds, salt, expected })
    }

    /// Whether it is the hash of this password. It compares in constant time.
    pub(super) fn verify(&self, password: &[u8]) -> bool {
        let expected = self.expected.as_bytes();
        pbkdf2::verify(self.digest.algorithm(), self.rounds, &self.salt, password, expected).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_accepted(digest: Digest, rounds: u32, length: usize) -> bool {
        Pbkdf2::new(digest, rounds, b"salt", &vec![0; length]).is_some()
    }

    #[test]
    fn rounds_are_bounded_over_all_blocks() {
        for rounds in [1_000, 600_000, 5_000_000] {
            assert!(is_accepted(Digest::Sha256, rounds, 32), "{rounds}");
        }
        for rounds in [0, 1, 999, 5_000_001, u32::MAX] {
            assert!(!is_accepted(Digest::Sha256, rounds, 32), "{rounds}");
        }
        // Two blocks of SHA-256, four of SHA-1, one of SHA-512.
        assert!(is_accepted(Digest::Sha256, 2_500_000, 64) && !is_accepted(Digest::Sha256, 2_500_001, 64));
        assert!(is_accepted(Digest::Sha1, 1_250_000, 64) && !is_accepted(Digest::Sha1, 1_250_001, 64));
        assert!(is_accepted(Digest::Sha512, 5_000_000, 64));
        assert!(!is_accepted(Digest::Sha1, u32::MAX / 2, 64), "the product does not wrap around");
    }

    #[test]
    fn only_these_digests_are_known() {
        assert!(["sha1", "sha256", "sha512"].iter().all(|name| Digest::named(name).is_some()));
        assert!(["", "md5", "SHA256", "sha-256", "sha384"].iter().all(|name| Digest::named(name).is_none()));
    }
}
