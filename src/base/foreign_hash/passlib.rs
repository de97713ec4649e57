//! Hashes as passlib writes them, and Zitadel and many others too; those of Keycloak can be written so. Salts
//! are in base64: `$pbkdf2-sha256$rounds$salt$hash`, `$pbkdf2-sha512$…`, `$scrypt$ln=16,r=8,p=1$salt$hash`.

use super::algorithm::Algorithm;
use super::parts::{base64, number};
use super::pbkdf2::{Digest, Pbkdf2};
use super::scrypt::{Costs, Scrypt};

/// Reads a hash, if it may be computed.
pub(super) fn parse(stored: &str) -> Option<Algorithm> {
    let ["", name, costs, salt, hash] = *stored.split('$').collect::<Vec<_>>() else { return None };
    let (salt, hash) = (base64(salt)?, base64(hash)?);
    let digest = match name {
        "scrypt" => return Scrypt::new(scrypt_costs(costs)?, &salt, &hash).map(Algorithm::Scrypt),
        "pbkdf2-sha256" => Digest::Sha256,
        "pbkdf2-sha512" => Digest::Sha512,
        _ => return None,
    };
    Pbkdf2::new(digest, number(costs)?, &salt, &hash).map(Algorithm::Pbkdf2)
}

/// `ln=16,r=8,p=1`, in this order: `ln` is the logarithm of N.
fn scrypt_costs(text: &str) -> Option<Costs> {
    let [log_n, r, p] = *text.split(',').collect::<Vec<_>>() else { return None };
    Some(Costs {
        log_n: u8::try_from(number(log_n.strip_prefix("ln=")?)?).ok()?,
        r: number(r.strip_prefix("r=")?)?,
        p: number(p.strip_prefix("p=")?)?,
    })
}
