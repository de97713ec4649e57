//! Hashes by Django: `pbkdf2_sha256$rounds$salt$base64`, `scrypt$N$salt$r$p$base64`, and bcrypt behind its
//! name. The salt is used as it is written. Its hashes by Argon2 are in [`wrapped`](super::wrapped).

use super::algorithm::Algorithm;
use super::bcrypt::{Bcrypt, Input};
use super::parts::{base64, number};
use super::pbkdf2::{Digest, Pbkdf2};
use super::scrypt::{Costs, Scrypt};

/// Reads a hash, if it may be computed.
pub(super) fn parse(stored: &str) -> Option<Algorithm> {
    let (name, rest) = stored.split_once('$')?;
    match (name, &*rest.split('$').collect::<Vec<_>>()) {
        ("bcrypt", _) => Bcrypt::parse(rest, Input::Password).map(Algorithm::Bcrypt),
        ("bcrypt_sha256", _) => Bcrypt::parse(rest, Input::Sha256).map(Algorithm::Bcrypt),
        ("pbkdf2_sha256", [rounds, salt, hash]) => pbkdf2(Digest::Sha256, rounds, salt, hash),
        ("pbkdf2_sha1", [rounds, salt, hash]) => pbkdf2(Digest::Sha1, rounds, salt, hash),
        ("scrypt", [n, salt, r, p, hash]) => {
            let costs = Costs::of(number(n)?, number(r)?, number(p)?)?;
            Scrypt::new(costs, salt.as_bytes(), &base64(hash)?).map(Algorithm::Scrypt)
        }
        _ => None,
    }
}

fn pbkdf2(digest: Digest, rounds: &str, salt: &str, hash: &str) -> Option<Algorithm> {
    Pbkdf2::new(digest, number(rounds)?, salt.as_bytes(), &base64(hash)?).map(Algorithm::Pbkdf2)
}
