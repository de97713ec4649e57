//! Hashes by Werkzeug, which Flask apps use: `scrypt:N:r:p$salt$hex` and `pbkdf2:digest:rounds$salt$hex`. The
//! salt is used as it is written.

use super::algorithm::Algorithm;
use super::parts::{hexadecimal, number};
use super::pbkdf2::{Digest, Pbkdf2};
use super::scrypt::{Costs, Scrypt};

/// Reads a hash, if it may be computed.
pub(super) fn parse(stored: &str) -> Option<Algorithm> {
    let [method, salt, hash] = *stored.split('$').collect::<Vec<_>>() else { return None };
    let (salt, hash) = (salt.as_bytes(), hexadecimal(hash)?);
    match *method.split(':').collect::<Vec<_>>() {
        ["scrypt", n, r, p] => {
            let costs = Costs::of(number(n)?, number(r)?, number(p)?)?;
            Scrypt::new(costs, salt, &hash).map(Algorithm::Scrypt)
        }
        ["pbkdf2", digest, rounds] => {
            Pbkdf2::new(Digest::named(digest)?, number(rounds)?, salt, &hash).map(Algorithm::Pbkdf2)
        }
        _ => None,
    }
}
