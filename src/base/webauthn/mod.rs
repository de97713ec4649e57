//! Verifies passkeys (Web Authentication Level 3): bytes in, values out. Knows no accounts, no requests and no
//! database. `docs/decisions/passkeys-are-verified-here.md` says why this is ours.

#[cfg(test)]
mod samples; // what the tests read: the vectors of the standard
pub mod malformed; // why bytes are not canonical CBOR
pub mod cbor; // CBOR in its canonical form
pub mod refused; // why an answer is refused
pub mod client_data; // what the browser says: which ceremony, which challenge, on which page
pub mod authenticator_data; // what the authenticator says: for which site, who was there, which credential
pub mod attestation_object; // the envelope of a registration
pub mod cose; // public keys, and signatures by their private keys
pub mod expected; // what an answer has to be
pub mod verify; // the two ceremonies, step by step
pub mod challenge; // challenges that are not stored
#[cfg(test)]
mod vectors; // the vectors of the standard, as they are and with every bit flipped

pub use authenticator_data::Flags;
pub use client_data::challenge_in;
pub use cose::Algorithm;
pub use expected::{Expected, RelyingParty};
pub use refused::Refused;
pub use verify::{Asserted, Registered, assertion, registration};
