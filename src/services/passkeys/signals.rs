//! What a page tells a browser about passkeys, so that it offers those that work, under the right name: the arguments
//! of the methods `signal…` of `PublicKeyCredential` (Level 3, section 5.1.10). A browser takes one at a time.

use serde::Serialize;

use super::answer::AssertionAnswer;
use super::options::PasskeyOwner;
use super::passkey_site::PasskeySite;
use super::store;
use crate::base::Db;

/// For a page of a user who is logged in, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signals {
    /// Which passkeys there are.
    pub accepted: AcceptedCredentials,
    /// The name of their owner.
    pub details: UserDetails,
}

/// For `signalAllAcceptedCredentials`: all passkeys of an account for this domain. A browser hides the others, so the
/// list is complete: passkeys that rest are in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AcceptedCredentials {
    rp_id: String,
    user_id: String,
    all_accepted_credential_ids: Vec<String>,
}

/// For `signalCurrentUserDetails`: how browsers show whose a passkey is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserDetails {
    rp_id: String,
    user_id: String,
    name: String,
    display_name: String,
}

/// For `signalUnknownCredential`: the passkey is not known, and a browser may delete it for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnknownCredential {
    rp_id: String,
    credential_id: String,
}

/// What to tell about the passkeys of an account. `None` if it never had one.
pub async fn signals(db: &Db, at: &PasskeySite, owner: PasskeyOwner<'_>) -> sqlx::Result<Option<Signals>> {
    let found = store::credentials_of(db, owner.account, &at.rp_id).await?;
    let Some((Some(user_id), _)) = found.first().cloned() else { return Ok(None) };
    let accepted = AcceptedCredentials {
        rp_id: at.rp_id.clone(),
        user_id: user_id.clone(),
        all_accepted_credential_ids: found.into_iter().filter_map(|(_, id)| id).collect(),
    };
    let details = UserDetails {
        rp_id: at.rp_id.clone(),
        user_id,
        name: owner.email.shown().into_owned(),
        display_name: owner.name.as_str().to_owned(),
    };
    Ok(Some(Signals { accepted, details }))
}

/// What to tell after an answer that was refused as [unknown](super::Refusal::Unknown), and after no other.
pub fn unknown(at: &PasskeySite, answer: &AssertionAnswer) -> UnknownCredential {
    UnknownCredential { rp_id: at.rp_id.clone(), credential_id: answer.credential_id().to_owned() }
}
