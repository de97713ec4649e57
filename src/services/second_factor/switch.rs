//! Two-factor authentication of an account: turned on, turned off.
//!
//! A factor alone does not turn it on. The last one that goes turns it off, since no one could log in otherwise.

use super::record::record;
use super::store;
use crate::base::{Site, Tx};
use crate::people::audit::Event;
use crate::people::{AccountId, Actor, accounts, sessions};

/// The result of turning it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedOn {
    /// It is on.
    Done,
    /// It was on before.
    Already,
    /// There is no factor that the site could ask for: one must be added first.
    NoFactor,
    /// No recovery codes are left: a set must be kept first. Without them the loss of a phone is that of the account.
    NoCodes,
}

/// Turns it on, in a transaction that is locked for the account. What was added in the same transaction counts.
///
/// Pending logins end with it. All other sessions must end in the same transaction as well: its caller knows which one
/// goes on.
pub async fn on(tx: &mut Tx, site: &Site, account: &AccountId, actor: Actor<'_>) -> sqlx::Result<TurnedOn> {
    let Some(row) = store::find(&mut *tx, account, &site.settings).await? else {
        return Ok(TurnedOn::NoFactor); // deleted meanwhile
    };
    if row.two_factor_since.is_some() {
        return Ok(TurnedOn::Already);
    }
    if !row.can_be_asked() {
        return Ok(TurnedOn::NoFactor);
    }
    if row.codes_left().unwrap_or_default() == 0 {
        return Ok(TurnedOn::NoCodes);
    }
    let now = site.clock.now();
    accounts::set_two_factor(tx, account, Some(now)).await?;
    sessions::end_pending(tx, account).await?;
    record(tx, Event::TwoFactorOn, account, actor, now).await?;
    Ok(TurnedOn::Done)
}

/// Turns it off; false if it is off. The factors stay, and so do the recovery codes.
pub async fn off(tx: &mut Tx, site: &Site, account: &AccountId, actor: Actor<'_>) -> sqlx::Result<bool> {
    if !accounts::set_two_factor(tx, account, None).await? {
        return Ok(false);
    }
    // Each waits for a factor that is no longer asked for.
    sessions::end_pending(tx, account).await?;
    record(tx, Event::TwoFactorOff, account, actor, site.clock.now()).await?;
    Ok(true)
}

/// Turns it off if the account has no factor left, in the transaction that removed one. Returns whether it did.
///
/// An app that is stopped or cannot be read counts as one that is left, and so does a passkey of another domain: their
/// owner did not remove them, and has the recovery codes.
pub async fn off_if_none_left(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<bool> {
    match store::find(&mut *tx, account, &site.settings).await? {
        Some(row) if row.two_factor_since.is_some() && !row.has_any() => off(tx, site, account, actor).await,
        _ => Ok(false),
    }
}
