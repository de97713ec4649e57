//! The site that passkeys are for: its domain, which is in every passkey, and the origins of its pages.

use url::Host;

use crate::base::Site;
use crate::base::webauthn::RelyingParty;

/// The domain and the origins that passkeys are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeySite {
    /// The RP ID: a domain. Browsers offer a passkey only where this is the one that it was made for.
    pub rp_id: String,
    /// The origins of the pages on which passkeys are used, as browsers write them.
    pub origins: Vec<String>,
}

/// Where the passkeys of a site work. `None`: no browser uses one there, since its address has no domain, or is
/// reached without TLS and not on this machine.
pub fn site(site: &Site) -> Option<PasskeySite> {
    let base_url = &site.settings.base_url;
    let Some(Host::Domain(domain)) = base_url.as_url().host() else { return None };
    let is_secure = base_url.is_https() || base_url.is_loopback();
    is_secure.then(|| PasskeySite { rp_id: domain.to_owned(), origins: vec![base_url.origin()] })
}

impl PasskeySite {
    /// The same, as answers are verified by it.
    pub(super) fn relying_party(&self) -> RelyingParty {
        RelyingParty::new(&self.rp_id, self.origins.clone())
    }
}
