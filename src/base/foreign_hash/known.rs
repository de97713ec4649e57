//! A hash that another program made, whichever it was.

use super::algorithm::Algorithm;
use super::bcrypt::{Bcrypt, Input};
use super::{django, passlib, werkzeug};
use crate::base::Password;

/// The longest text that is read. The longest of today has some 230 characters.
const LONGEST: usize = 512;

/// A stored hash by bcrypt, PBKDF2 or scrypt that may be computed: its parameters are within the limits.
pub struct ForeignHash(Algorithm);

impl ForeignHash {
    /// Reads a hash. `None` if it is of no known form, or would take too much memory or time. Nothing is
    /// computed.
    pub fn parse(stored: &str) -> Option<ForeignHash> {
        if stored.len() > LONGEST {
            return None;
        }
        let bcrypt = Bcrypt::parse(stored, Input::Password).map(Algorithm::Bcrypt);
        let known = bcrypt.or_else(|| werkzeug::parse(stored)).or_else(|| django::parse(stored));
        known.or_else(|| passlib::parse(stored)).map(ForeignHash)
    }

    /// Whether it is the hash of this password. It takes tens of milliseconds to seconds and up to 256 MiB of
    /// memory: call it behind the gate of [`hashing`](crate::base::hashing).
    pub fn verify(&self, password: &Password) -> bool {
        self.0.verify(password.reveal().as_bytes())
    }

    /// The memory that [`verify`](Self::verify) takes, in bytes.
    pub fn memory(&self) -> u64 {
        self.0.memory()
    }

    /// The name of its algorithm.
    pub fn kind(&self) -> &'static str {
        self.0.name()
    }
}
