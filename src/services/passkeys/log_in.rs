//! A passkey in place of the password: a login without a user name, and the question whether it is still the same user.

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
use crate::people::sessions::Authenticated;

/// The challenges of the login page are for everyone.
const BOUND_TO_NOTHING: &[u8] = b"";

/// A passkey whose answer was verified, until it is used.
#[derive(Debug)]
pub struct VerifiedPasskey {
    passkey: PasskeyId,
    account: AccountId,
    at: PasskeySite,
    kind: Kind,
    challenge: Vec<u8>,
    asserted: Asserted,
}

/// A passkey that has shown that the visitor of a session is still the same user, until it is used. Where two-factor
/// authentication is on, a touch was enough for that, so it is no login: it makes a session
/// [fresh](crate::people::sessions::rotate_fresh) or [ends the rest](crate::people::sessions::end_rest), and starts
/// none.
#[derive(Debug)]
pub struct VerifiedSameUser(VerifiedPasskey);

/// What it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Login,
    SameUser,
}

/// Verifies the answer to the question of the login page. A passkey that is refused is logged.
pub async fn log_in(
    site: &Site,
    at: &PasskeySite,
    answer: &AssertionAnswer,
    client: &Client,
) -> sqlx::Result<Result<VerifiedPasskey, Refusal>> {
    let verified = verify(site, at, answer, (Kind::Login, BOUND_TO_NOTHING), None).await?;
    if let Err(refusal) = &verified {
        refusal.log(site, client, "authn_login_fail");
    }
    Ok(verified)
}

/// Verifies the answer to the question whether it is still the owner of this account. `bound_to` is what names the
/// session. A passkey that is refused is logged.
pub async fn reauthenticate(
    site: &Site,
    at: &PasskeySite,
    (account, bound_to): (&AccountId, &[u8]),
    answer: &AssertionAnswer,
    client: &Client,
) -> sqlx::Result<Result<VerifiedSameUser, Refusal>> {
    let verified = verify(site, at, answer, (Kind::SameUser, bound_to), Some(account)).await?;
    if let Err(refusal) = &verified {
        refusal.log(site, client, "authn_login_fail");
    }
    Ok(verified.map(VerifiedSameUser))
}

async fn verify(
    site: &Site,
    at: &PasskeySite,
    answer: &AssertionAnswer,
    (kind, bound_to): (Kind, &[u8]),
    account: Option<&AccountId>,
) -> sqlx::Result<Result<VerifiedPasskey, Refusal>> {
    let purpose = match kind {
        Kind::Login => Purpose::Login,
        Kind::SameUser => Purpose::Reauthenticate,
    };
    // First, so that an expired challenge costs no query.
    let challenge = match check::challenge(site, (purpose, bound_to), &answer.client_data) {
        Ok(challenge) => challenge,
        Err(why) => return Ok(Err(Refusal::before_look_up(why))),
    };
    let groups = site.settings.second_factor_for.padded();
    let found = match store::by_credential(&site.db, &answer.credential_id, groups).await? {
        None => return Ok(Err(Refusal::Unknown)),
        Some(found) if found.passkey.removed_at.is_some() => return Ok(Err(Refusal::Removed)),
        Some(found) => found,
    };
    let judged = judge(site, at, &found, kind, (answer, challenge.as_slice()), account);
    Ok(match judged {
        Ok(asserted) => Ok(VerifiedPasskey {
            passkey: found.passkey.id,
            account: found.passkey.account_id,
            at: at.clone(),
            kind,
            challenge,
            asserted,
        }),
        Err(why) => Err(Refusal::at(&found.passkey.account_id, why)),
    })
}

/// Judges an answer. The signature comes first, so that only the holder of the passkey learns the rest.
fn judge(
    site: &Site,
    at: &PasskeySite,
    found: &Found,
    kind: Kind,
    (answer, challenge): (&AssertionAnswer, &[u8]),
    account: Option<&AccountId>,
) -> Result<Asserted, Reason> {
    let must_verify = kind == Kind::Login || found.two_factor_since.is_none();
    let asserted = check::answer(at, found, answer, challenge, must_verify)?;
    if account.is_some_and(|account| *account != found.passkey.account_id) {
        return Err(Reason::OtherAccount);
    }
    let says = answer.user_handle.as_ref();
    // At a login, nothing else says whose passkey it is. Otherwise it may be missing: a security key may keep no user
    // handle.
    if says != found.passkey_user_id.as_ref() && (says.is_some() || kind == Kind::Login) {
        return Err(Reason::UserHandle);
    }
    may(site, at, found, kind)?;
    Ok(asserted)
}

/// Whether a passkey may do what it was asked for, as its row and its account are now.
fn may(site: &Site, at: &PasskeySite, found: &Found, kind: Kind) -> Result<(), Reason> {
    // Where a second factor is asked for, any passkey shows that it is the same user: it was one of two factors.
    let alone = kind == Kind::Login || !found.is_asked(&site.settings);
    match Usable::of(found, Some(at)) {
        Usable::Elsewhere => return Err(Reason::OtherDomain),
        Usable::Rests if alone => return Err(Reason::Rests),
        Usable::AfterPassword if alone => return Err(Reason::SecondFactorOnly),
        Usable::ByItself | Usable::AfterPassword | Usable::Rests => {}
    }
    check::bar(site, found)
}

impl VerifiedPasskey {
    /// The account of its owner. The transaction that uses it is about this account.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Its owner, for a session in the same transaction, if the passkey still may do this. Spends the challenge, so of
    /// several transactions with the same answer one continues. Otherwise the transaction must not be committed.
    pub async fn authenticated(&self, tx: &mut Tx, site: &Site) -> sqlx::Result<Result<UsedPasskey, Reason>> {
        let now = site.clock.now();
        let groups = site.settings.second_factor_for.padded();
        let Some(found) = store::by_id(tx, &self.passkey, groups).await? else {
            return Ok(Err(Reason::Gone));
        };
        if let Err(why) = may(site, &self.at, &found, self.kind) {
            return Ok(Err(why));
        }
        // Two-factor authentication may have been turned off since.
        if found.two_factor_since.is_none() && !self.asserted.flags.user_verified {
            return Ok(Err(Reason::SecondFactorOnly));
        }
        if !consume(tx, &self.challenge).await? {
            return Ok(Err(Reason::Spent));
        }
        let changes = record(tx, &found, &self.asserted, false, now).await?;
        let authenticated = Authenticated::by_passkey(&self.account, self.passkey.as_str(), now);
        Ok(Ok(UsedPasskey::new(authenticated, changes)))
    }
}

impl VerifiedSameUser {
    /// The account of its owner, which is that of the session.
    pub fn account(&self) -> &AccountId {
        self.0.account()
    }

    /// The same user once more, for the session that goes on and for no other. The rest is as for a
    /// [login](VerifiedPasskey::authenticated).
    pub async fn authenticated(&self, tx: &mut Tx, site: &Site) -> sqlx::Result<Result<UsedPasskey, Reason>> {
        self.0.authenticated(tx, site).await
    }
}
