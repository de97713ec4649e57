//! A passkey after the password.

use super::answer::AssertionAnswer;
use super::check;
use super::passkey_id::PasskeyId;
use super::passkey_site::PasskeySite;
use super::refusal::{Reason, Refusal};
use super::spent::consume;
use super::store::{self, Found};
use super::usable::Usable;
use super::used::{UsedPasskey, record};
use crate::base::webauthn::Asserted;
use crate::base::webauthn::challenge::Purpose;
use crate::base::{Client, Site, Tx};
use crate::people::AccountId;
use crate::people::sessions::{Authenticated, Method};

/// A passkey that was verified after the password, until it is used.
#[derive(Debug)]
pub struct VerifiedSecond {
    passkey: PasskeyId,
    account: AccountId,
    at: PasskeySite,
    challenge: Vec<u8>,
    asserted: Asserted,
}

/// Verifies the answer to the question after the password of an account. A touch is enough, also of a passkey that
/// rests. `bound_to` is what names the pending login. A passkey that is refused is logged.
pub async fn second(
    site: &Site,
    at: &PasskeySite,
    (account, bound_to): (&AccountId, &[u8]),
    answer: &AssertionAnswer,
    client: &Client,
) -> sqlx::Result<Result<VerifiedSecond, Refusal>> {
    let verified = verify(site, at, (account, bound_to), answer).await?;
    if let Err(refusal) = &verified {
        refusal.log(site, client, "authn_factor_fail");
    }
    Ok(verified)
}

async fn verify(
    site: &Site,
    at: &PasskeySite,
    (account, bound_to): (&AccountId, &[u8]),
    answer: &AssertionAnswer,
) -> sqlx::Result<Result<VerifiedSecond, Refusal>> {
    let challenge = match check::challenge(site, (Purpose::SecondFactor, bound_to), &answer.client_data) {
        Ok(challenge) => challenge,
        Err(why) => return Ok(Err(Refusal::before_look_up(why))),
    };
    let groups = site.settings.second_factor_for.padded();
    let found = match store::by_credential(&site.db, &answer.credential_id, groups).await? {
        None => return Ok(Err(Refusal::Unknown)),
        Some(found) if found.passkey.removed_at.is_some() => return Ok(Err(Refusal::Removed)),
        Some(found) => found,
    };
    Ok(match judge(site, at, account, &found, (answer, challenge.as_slice())) {
        Ok(asserted) => {
            let (passkey, account) = (found.passkey.id, found.passkey.account_id);
            Ok(VerifiedSecond { passkey, account, at: at.clone(), challenge, asserted })
        }
        Err(why) => Err(Refusal::at(&found.passkey.account_id, why)),
    })
}

fn judge(
    site: &Site,
    at: &PasskeySite,
    account: &AccountId,
    found: &Found,
    (answer, challenge): (&AssertionAnswer, &[u8]),
) -> Result<Asserted, Reason> {
    let asserted = check::answer(at, found, answer, challenge, false)?;
    if *account != found.passkey.account_id {
        return Err(Reason::OtherAccount);
    }
    // It may be missing: a security key may keep no user handle.
    if answer.user_handle.is_some() && answer.user_handle != found.passkey_user_id {
        return Err(Reason::UserHandle);
    }
    may(site, at, found)?;
    Ok(asserted)
}

fn may(site: &Site, at: &PasskeySite, found: &Found) -> Result<(), Reason> {
    match Usable::of(found, Some(at)) {
        Usable::Elsewhere => Err(Reason::OtherDomain),
        Usable::ByItself | Usable::AfterPassword | Usable::Rests => check::bar(site, found),
    }
}

impl VerifiedSecond {
    /// The account of its owner. The transaction that uses it is about this account.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Someone who has proved before that they are its owner, by the password, now by two factors: for a session in the
    /// same transaction. Spends the challenge, so of several transactions with the same answer one continues.
    /// Otherwise the transaction must not be committed.
    pub async fn authenticated(
        &self,
        tx: &mut Tx,
        site: &Site,
        before: Authenticated,
    ) -> sqlx::Result<Result<UsedPasskey, Reason>> {
        let now = site.clock.now();
        let groups = site.settings.second_factor_for.padded();
        let Some(found) = store::by_id(tx, &self.passkey, groups).await? else {
            return Ok(Err(Reason::Gone));
        };
        if *before.account() != self.account {
            return Ok(Err(Reason::OtherAccount));
        }
        if let Err(why) = may(site, &self.at, &found) {
            return Ok(Err(why));
        }
        if !consume(tx, &self.challenge).await? {
            return Ok(Err(Reason::Spent));
        }
        let changes = record(tx, &found, &self.asserted, true, now).await?;
        Ok(Ok(UsedPasskey::new(before.and(Method::Passkey, now), changes)))
    }
}
