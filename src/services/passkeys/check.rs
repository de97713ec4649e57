//! Whether an answer is for a question of ours, and by the passkey that it names. Nothing is written.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::answer::AssertionAnswer;
use super::passkey_site::PasskeySite;
use super::refusal::Reason;
use super::store::Found;
use crate::base::Site;
use crate::base::webauthn::challenge::{self, Purpose};
use crate::base::webauthn::{Asserted, Expected, assertion, challenge_in};

/// The challenge of an answer, if it was issued for this purpose, and is bound to this.
pub(super) fn challenge(
    site: &Site,
    (purpose, bound_to): (Purpose, &[u8]),
    client_data: &[u8],
) -> Result<Vec<u8>, Reason> {
    let challenge = challenge_in(client_data).map_err(Reason::Answer)?;
    let is_ours = challenge::check(&site.key, &challenge, site.clock.now(), purpose, bound_to);
    if is_ours { Ok(challenge) } else { Err(Reason::Challenge) }
}

/// Verifies an answer by the key of the passkey that it names.
pub(super) fn answer(
    at: &PasskeySite,
    found: &Found,
    answer: &AssertionAnswer,
    challenge: &[u8],
    user_verified: bool,
) -> Result<Asserted, Reason> {
    if found.passkey.rp_id != at.rp_id {
        return Err(Reason::OtherDomain);
    }
    // A row that is broken has no key, so nothing is signed by it.
    let public_key = URL_SAFE_NO_PAD.decode(&found.passkey.public_key).unwrap_or_default();
    let AssertionAnswer { client_data, authenticator_data, signature, .. } = answer;
    let expected = Expected { challenge, user_present: true, user_verified };
    assertion(client_data, authenticator_data, signature, &public_key, &at.relying_party(), &expected)
        .map_err(Reason::Answer)
}

/// Whether an account can be logged in to at all.
pub(super) fn bar(site: &Site, found: &Found) -> Result<(), Reason> {
    if found.disabled_at.is_some() {
        return Err(Reason::Disabled);
    }
    if found.confirmed_at.is_none() && !site.settings.unconfirmed_may_log_in() {
        return Err(Reason::Unconfirmed);
    }
    Ok(())
}
