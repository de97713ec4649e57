//! The site that passkeys are for: its domain, which is in every passkey, and the origins of its pages.

use crate::base::webauthn::RelyingParty;
use crate::base::{Settings, Site};

/// The domain and the origins that passkeys are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeySite {
    /// The RP ID: a domain. Browsers offer a passkey only where this is the one that it was made for.
    pub rp_id: String,
    /// The origins of the pages on which passkeys are used, as browsers write them, that of `base_url` first.
    pub origins: Vec<String>,
}

/// Where the passkeys of a site work. `None`: no browser uses one there, since its address has no domain, or is
/// reached without TLS and not on this machine; or the operator has turned them off.
pub fn site(site: &Site) -> Option<PasskeySite> {
    site_of(&site.settings)
}

/// The same for settings.
pub fn site_of(settings: &Settings) -> Option<PasskeySite> {
    let rp_id = settings.rp_id()?.to_owned();
    let mut origins = vec![settings.base_url.origin()];
    for more in settings.passkey_origins.iter().flat_map(|origins| origins.all()) {
        if !origins.contains(more) {
            origins.push(more.clone());
        }
    }
    Some(PasskeySite { rp_id, origins })
}

impl PasskeySite {
    /// The relying party, for verifying an answer.
    pub(super) fn relying_party(&self) -> RelyingParty {
        RelyingParty::new(&self.rp_id, self.origins.clone())
    }
}
