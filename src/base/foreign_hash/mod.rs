//! Password hashes that other programs made, for accounts that come from them: each is read within limits and
//! verified, and the next login replaces it by one of ours. None of them is ever written here.

mod parts; // the parts of a stored hash, as other programs write them
mod pbkdf2; // one algorithm each: its limits, and whether a password is right
mod scrypt;
mod bcrypt;
mod algorithm; // any of the three
mod werkzeug; // one family of formats each
mod django;
mod passlib;
mod known; // a hash in any of these formats
mod wrapped; // what stands before a hash by Argon2id, and hashes too weak to be stored as they are
#[cfg(test)]
mod vectors; // hashes that those programs made

pub use known::ForeignHash;
pub use wrapped::{Prefix, WeakHash};
