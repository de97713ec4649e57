//! A new passkey.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::aaguids::provider;
use super::answer::RegistrationAnswer;
use super::check;
use super::passkey_id::PasskeyId;
use super::passkey_name::PasskeyName;
use super::passkey_site::PasskeySite;
use super::refusal::Reason;
use super::registration_mode::RegistrationMode;
use super::spent::consume;
use super::store::{self, New};
use crate::base::secret::hexadecimal;
use crate::base::webauthn::{self, Expected, registration};
use crate::base::{Site, Tx};
use crate::people::{AccountId, ActorKind};

/// How many passkeys an account may have, not counting those that were removed.
pub const MAX_PASSKEYS: usize = 20;

/// A passkey to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewPasskey<'n> {
    /// The account that it is for.
    pub account: &'n AccountId,
    /// How the page asked for it.
    pub mode: RegistrationMode,
    /// What names the session that asked for it.
    pub bound_to: &'n [u8],
    /// What it is called if its provider is not well known.
    pub otherwise: &'n PasskeyName,
    /// Who adds it.
    pub created_by: ActorKind,
}

/// A passkey that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its ID.
    pub id: PasskeyId,
    /// What it is called until its owner says otherwise.
    pub name: PasskeyName,
    /// Whether its authenticator verified its user. If not, it is a second factor only.
    pub user_verified: bool,
}

/// Why a passkey was not added. The transaction must not be committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdded {
    /// The answer or its challenge does not count.
    Refused(Reason),
    /// A passkey that is added without asking the user would weaken two-factor authentication, which is on.
    TwoFactorOn,
    /// The account has a passkey for this domain already, and was not asked for another.
    HasOne,
    /// The account has [`MAX_PASSKEYS`] already.
    TooMany,
    /// A passkey has this credential ID already: the same one, or one of another account.
    Taken,
    /// The account was deleted.
    NoAccount,
}

impl From<webauthn::Refused> for NotAdded {
    fn from(why: webauthn::Refused) -> NotAdded {
        NotAdded::Refused(Reason::Answer(why))
    }
}

/// Adds a passkey to an account, in a transaction that is about this account, and consumes its challenge.
pub async fn add(
    tx: &mut Tx,
    site: &Site,
    at: &PasskeySite,
    new: &NewPasskey<'_>,
    answer: &RegistrationAnswer,
) -> sqlx::Result<Result<Added, NotAdded>> {
    let question = (new.mode.purpose(), new.bound_to);
    let challenge = match check::challenge(site, question, &answer.client_data) {
        Ok(challenge) => challenge,
        Err(why) => return Ok(Err(NotAdded::Refused(why))),
    };
    // Only one that is made without a question may be made without a touch.
    let user_present = new.mode != RegistrationMode::Upgrade;
    let expected = Expected { challenge: &challenge, user_present, user_verified: false };
    let registered =
        registration(&answer.client_data, &answer.attestation_object, &at.relying_party(), &expected);
    let registered = match registered {
        Ok(registered) => registered,
        Err(why) => return Ok(Err(why.into())),
    };
    let others = store::names_of(tx, new.account).await?;
    let Some((two_factor_since, ..)) = others.first() else { return Ok(Err(NotAdded::NoAccount)) };
    if new.mode == RegistrationMode::Upgrade {
        if two_factor_since.is_some() {
            return Ok(Err(NotAdded::TwoFactorOn));
        }
        if others.iter().any(|(.., rp_id)| rp_id.as_ref() == Some(&at.rp_id)) {
            return Ok(Err(NotAdded::HasOne));
        }
    }
    let names: Vec<PasskeyName> = others.into_iter().filter_map(|(_, name, _)| name).collect();
    if names.len() >= MAX_PASSKEYS {
        return Ok(Err(NotAdded::TooMany));
    }
    if !consume(tx, &challenge).await? {
        return Ok(Err(NotAdded::Refused(Reason::Spent)));
    }
    let provider = provider(registered.aaguid).map(PasskeyName::of_provider);
    let name = provider.unwrap_or_else(|| new.otherwise.clone()).other_than(&names);
    let (id, flags) = (PasskeyId::new(), registered.flags);
    let row = New {
        id: &id,
        account: new.account,
        credential_id: &URL_SAFE_NO_PAD.encode(&registered.credential_id),
        public_key: &URL_SAFE_NO_PAD.encode(&registered.public_key),
        algorithm: registered.algorithm.cose(),
        rp_id: &at.rp_id,
        name: &name,
        aaguid: &hexadecimal(&registered.aaguid),
        transports: &answer.transports.join(" "),
        counter: registered.counter,
        backup_eligible: flags.backup_eligible,
        backed_up: flags.backed_up,
        user_verified: flags.user_verified,
        discoverable: answer.discoverable,
        mode: new.mode,
        created_by: new.created_by,
    };
    if !store::insert(tx, &row, site.clock.now()).await? {
        return Ok(Err(NotAdded::Taken));
    }
    Ok(Ok(Added { id, name, user_verified: flags.user_verified }))
}
