//! What the answer of a browser has to be: for which site and challenge, and whether its user must be present and
//! verified.

use sha2::{Digest, Sha256};

/// The site that passkeys are for.
#[derive(Clone, Debug)]
pub struct RelyingParty {
    pub(super) id_hash: [u8; 32],
    pub(super) origins: Vec<String>,
}

impl RelyingParty {
    /// A site with this ID, which is a domain, and pages at these origins, such as `https://login.example.org`.
    /// Origins are compared whole, as browsers write them: in lower case, with a port only if it is not the usual
    /// one.
    pub fn new(id: &str, origins: impl IntoIterator<Item = String>) -> RelyingParty {
        let id_hash = Sha256::digest(id).into();
        RelyingParty { id_hash, origins: origins.into_iter().collect() }
    }
}

/// What an answer has to be.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'e> {
    /// The challenge that it is for. [`challenge::check`](super::challenge::check) says before whether it was issued
    /// here, and for this.
    pub challenge: &'e [u8],
    /// Whether someone must have confirmed by a touch. Only a registration without a question, after a login by
    /// password, may do without; an assertion never does.
    pub user_present: bool,
    /// Whether the authenticator must have verified its user.
    pub user_verified: bool,
}
