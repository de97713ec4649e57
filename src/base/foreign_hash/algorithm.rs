//! Any of the algorithms that other programs use, except Argon2id: its memory is shared with ours.

use super::bcrypt::Bcrypt;
use super::pbkdf2::Pbkdf2;
use super::scrypt::Scrypt;

/// A stored hash by one of them.
pub(super) enum Algorithm {
    Bcrypt(Bcrypt),
    Pbkdf2(Pbkdf2),
    Scrypt(Scrypt),
}

impl Algorithm {
    /// Whether it is the hash of this password.
    pub(super) fn verify(&self, password: &[u8]) -> bool {
        match self {
            Algorithm::Bcrypt(hash) => hash.verify(password),
            Algorithm::Pbkdf2(hash) => hash.verify(password),
            Algorithm::Scrypt(hash) => hash.verify(password),
        }
    }

    /// The memory that [`verify`](Self::verify) takes, in bytes. That of bcrypt and PBKDF2 is next to none.
    pub(super) fn memory(&self) -> u64 {
        match self {
            Algorithm::Bcrypt(_) | Algorithm::Pbkdf2(_) => 0,
            Algorithm::Scrypt(hash) => hash.memory(),
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Algorithm::Bcrypt(_) => "bcrypt",
            Algorithm::Pbkdf2(_) => "PBKDF2",
            Algorithm::Scrypt(_) => "scrypt",
        }
    }
}
