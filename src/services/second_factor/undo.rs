//! Undoes what was changed about the factors of an account, for an owner who did not do it.
//!
//! All of it is undone, back to what the account had before, and never to less: what is no longer there comes
//! back. What an undoing takes away never was: none that follows brings it back.

use super::forget::forget_after;
use super::history::{Act, Change, Changed, Difference, History};
use super::record::record;
use crate::base::{Site, Time, Tx};
use crate::people::audit::Event;
use crate::people::{AccountId, Actor, accounts, sessions};
use crate::services::passkeys::{self, PasskeyId};
use crate::services::{recovery_codes, totp_app};

/// What [`undo`] would undo: how the factors of an account are different from what they were before `since`.
///
/// At most the changes of the last seven days. If the account had no second factor before, or was not asked
/// for one, those of the last day: a factor that is older belongs to the owner, and an old email must not
/// take it away.
pub async fn changes_since(site: &Site, account: &AccountId, since: Time) -> sqlx::Result<Vec<Change>> {
    let now = site.clock.now();
    let history = History::read(&site.db, account, now).await?;
    let differences = history.differences(history.beginning(since, now));
    Ok(differences.into_iter().map(|difference| difference.change).collect())
}

/// Since when two-factor authentication is on, if it was turned on after `since`, and so long ago that
/// [`undo`], which undoes these changes, leaves it on: a stranger's factor may be asked for then.
pub async fn stays_on(
    site: &Site,
    account: &AccountId,
    since: Time,
    changes: &[Change],
) -> sqlx::Result<Option<Time>> {
    let turned_on = accounts::two_factor_since(site.db.reader(), account).await?;
    let is_undone = changes.iter().any(|change| change.what == Changed::TwoFactor);
    Ok(turned_on.filter(|at| *at > since && !is_undone))
}

/// Undoes them, in a transaction that is locked for the account, and returns what was undone. Pending logins
/// end with it. Those who call it for a stranger's changes end the sessions too, and let the passkeys rest.
pub async fn undo(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    since: Time,
    actor: Actor<'_>,
) -> sqlx::Result<Vec<Change>> {
    let now = site.clock.now();
    let history = History::read_in(tx, account, now).await?;
    let moment = history.beginning(since, now);
    let differences = history.differences(moment);
    if differences.is_empty() {
        forget_after(tx, account, moment).await?; // what came and went again
        return Ok(Vec::new());
    }
    for difference in &differences {
        match difference.change.what {
            Changed::App => _ = totp_app::restore(tx, account, moment, now).await?,
            Changed::Passkey(_) => passkey(tx, site, account, difference, actor).await?,
            Changed::RecoveryCodes => codes(tx, account, difference, now).await?,
            Changed::TwoFactor => {
                // It counts as on since then, so that the next undoing does not find it off in between.
                let since = history.was_on(moment).then_some(moment);
                accounts::set_two_factor(tx, account, since).await?;
            }
        }
        record(tx, event(&difference.change), account, actor, now).await?;
    }
    forget_after(tx, account, moment).await?;
    sessions::end_pending(tx, account).await?;
    Ok(differences.into_iter().map(|difference| difference.change).collect())
}

/// A passkey that was removed is back; one that was added is gone, with what it opened.
async fn passkey(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    difference: &Difference,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    if let Some(had) = difference.had.as_deref().and_then(PasskeyId::parse) {
        passkeys::restore(tx, account, &had).await?;
    }
    if let Some(has) = difference.has.as_deref().and_then(PasskeyId::parse) {
        passkeys::remove(tx, site, (account, &has), None, actor).await?;
    }
    Ok(())
}

/// The set that the account had is the one in use again, or there is none.
async fn codes(tx: &mut Tx, account: &AccountId, difference: &Difference, now: Time) -> sqlx::Result<()> {
    match &difference.had {
        Some(had) => recovery_codes::bring_back(tx, account, had, now).await.map(drop),
        None => recovery_codes::remove(tx, account, now).await.map(drop),
    }
}

/// What undoing a change is, as an event.
fn event(change: &Change) -> Event {
    match (&change.what, change.act) {
        (Changed::TwoFactor, Act::Added) => Event::TwoFactorOff,
        (Changed::TwoFactor, _) => Event::TwoFactorOn,
        (_, Act::Added) => Event::FactorRemoved,
        // The set of before is the one that counts.
        (Changed::RecoveryCodes, _) => Event::RecoveryCodesKept,
        (_, Act::Removed) => Event::FactorAdded,
        (_, Act::Replaced) => Event::FactorReplaced,
    }
}
