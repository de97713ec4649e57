//! bcrypt (`$2a$`, `$2b$`, `$2y$`: for what people type these are one algorithm), as many programs and Django
//! use it.

use argon2::password_hash::phc::Output;
use base64::Engine;
use base64::alphabet::BCRYPT;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::parts;
use crate::base::secret;

/// The costs that may be computed: 20 milliseconds to some three seconds. A row must not be able to exhaust
/// time.
const COSTS: std::ops::RangeInclusive<u32> = 8..=15;
/// How many bytes of a password bcrypt reads, with the zero after it.
const LONGEST: usize = 72;
/// bcrypt's own base64. Some programs made salts whose last character says more than its two bits.
const BASE64: GeneralPurpose = GeneralPurpose::new(&BCRYPT, NO_PAD.with_decode_allow_trailing_bits(true));

/// What is hashed.
#[derive(Clone, Copy)]
pub(super) enum Input {
    /// The password. Nothing after the 72nd byte counts.
    Password,
    /// The password's SHA-256 in hexadecimal (Django), so that every byte counts.
    Sha256,
}

/// A stored hash.
pub(super) struct Bcrypt {
    input: Input,
    cost: u32,
    salt: [u8; 16],
    /// 23 bytes: bcrypt leaves the last one out.
    expected: Output,
}

impl Bcrypt {
    /// Reads `$2b$12$`, 22 characters of salt and 31 of hash, if it may be computed.
    pub(super) fn parse(stored: &str, input: Input) -> Option<Bcrypt> {
        let rest = ["$2a$", "$2b$", "$2y$"].iter().find_map(|version| stored.strip_prefix(version))?;
        let (cost, rest) = rest.split_once('$').filter(|(cost, _)| cost.len() == 2)?;
        let (salt, hash) = rest.split_at_checked(22).filter(|(_, hash)| hash.len() == 31)?;
        let cost = parts::number(cost).filter(|cost| COSTS.contains(cost))?;
        let salt: [u8; 16] = BASE64.decode(salt).ok()?.try_into().ok()?;
        Some(Bcrypt { input, cost, salt, expected: parts::expected(&BASE64.decode(hash).ok()?)? })
    }

    /// Whether it is the hash of this password. `Output` compares in constant time.
    pub(super) fn verify(&self, password: &[u8]) -> bool {
        let output = match self.input {
            Input::Password => self.compute(password),
            Input::Sha256 => {
                let digest = Zeroizing::new(secret::hexadecimal(&Sha256::digest(password)));
                self.compute(digest.as_bytes())
            }
        };
        Output::new(&output[..23]).is_ok_and(|output| output == self.expected)
    }

    fn compute(&self, input: &[u8]) -> [u8; 24] {
        let with_zero = input.iter().copied().chain([0]).take(LONGEST);
        let input: Zeroizing<Vec<u8>> = Zeroizing::new(with_zero.collect());
        bcrypt::bcrypt(self.cost, self.salt, &input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "$2b$12$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m";

    fn is_accepted(stored: &str) -> bool {
        Bcrypt::parse(stored, Input::Password).is_some()
    }

    #[test]
    fn costs_from_8_to_15_are_accepted() {
        let accepted = (0..100).filter(|cost| is_accepted(&GOOD.replace("$12$", &format!("${cost:02}$"))));
        assert_eq!(accepted.collect::<Vec<_>>(), (8..=15).collect::<Vec<_>>());
        for cost in ["", "8", "008", "+8", "-8", "012", "1e1"] {
            assert!(!is_accepted(&GOOD.replace("$12$", &format!("${cost}$"))), "{cost:?}");
        }
    }

    #[test]
    fn the_versions_that_are_one_algorithm_are_accepted() {
        assert!(["$2a$", "$2b$", "$2y$"].iter().all(|version| is_accepted(&GOOD.replace("$2b$", version))));
        // `$2x$` is for hashes of a program with an error, and `$2$` is older than the zero at the end.
        for version in ["$2x$", "$2$", "$2c$", "$2B$", "2b$", "$$2b$", ""] {
            assert!(!is_accepted(&GOOD.replace("$2b$", version)), "{version:?}");
        }
    }

    #[test]
    fn a_hash_that_is_cut_or_changed_in_form_is_refused() {
        assert!((0..GOOD.len()).all(|end| !is_accepted(&GOOD[..end])));
        for stored in [
            format!("{GOOD}."),
            format!("{GOOD}\n"),
            format!(" {GOOD}"),
            GOOD.replace("Gh", "é"),
            GOOD.replace("Gh", "+h"),
            GOOD.replace("8m", "8é"),
            GOOD.replace("8m", "=="),
        ] {
            assert!(!is_accepted(&stored), "{stored:?}");
        }
    }

    /// A salt has 128 bits and 22 characters have 132: the last four say nothing.
    #[test]
    fn a_salt_that_says_more_than_its_bits_is_the_same_salt() {
        let bytes = |stored: &str| Bcrypt::parse(stored, Input::Password).map(|bcrypt| bcrypt.salt);
        let more = GOOD.replace("dl.Lbu", "dl.Lbv");
        assert!(bytes(&more).is_some() && bytes(&more) == bytes(GOOD));
    }
}
