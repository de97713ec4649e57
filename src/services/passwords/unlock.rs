//! What keeps a password from being accepted, for the operator: whether there is one, and the pause after
//! wrong passwords, which the operator can end. The pause applies to every browser without a count of its
//! own; separate counts are not listed, and expire.

use std::net::IpAddr;

use super::limits::{WRONG_PASSWORD, failures_at};
use super::store;
use crate::base::rate_limit::{FailuresKey, LimitKey, failures, shared};
use crate::base::{Site, Time};
use crate::people::audit::{Entry, Event};
use crate::people::{Account, AccountId, Actor};
use crate::web::Submission;

/// Whether an account has a password: an owner who recovered it from an attacker has none until choosing one.
pub async fn is_set(site: &Site, account: &Account) -> sqlx::Result<bool> {
    store::hash_of(&site.db, Some(&account.id)).await.map(|hash| hash.is_some())
}

/// The end of the pause before a new browser's password is checked, if there is one.
pub async fn paused_until(site: &Site, account: &Account) -> sqlx::Result<Option<Time>> {
    let free = site.settings.limit_free_guesses.get();
    failures::paused_until(&site.db, &of(account), free, site.clock.now()).await
}

/// Those of these addresses from whose networks too many passwords were wrong, each with the moment until which no
/// password is checked that comes from there.
pub async fn networks_waiting(site: &Site, addresses: &[IpAddr]) -> sqlx::Result<Vec<(IpAddr, Time)>> {
    let now = site.clock.now();
    let networks: Vec<LimitKey> = addresses.iter().map(|address| LimitKey::network(Some(*address))).collect();
    let waits = shared::waits(&site.db, &site.settings, &WRONG_PASSWORD, &networks, now).await?;
    let each = addresses.iter().zip(waits);
    Ok(each.filter_map(|(address, wait)| Some((*address, now.plus(wait?.seconds())))).collect())
}

/// Clears the wrong passwords that were counted at an account's address. Apart from this, only a day without
/// any clears them: a pause that ended when its owner logs in, changes the password or deletes the account
/// would reveal to a stranger that the account exists.
pub async fn unlock(
    site: &Site,
    account: &Account,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<()> {
    let entry = Entry { event: Event::Unlocked, account: Some(&account.id), actor };
    let mut tx = site.db.begin_locked(&[account.id.lock_key()]).await?;
    failures::clear(&mut tx, &of(account)).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await?;
    entry.log();
    Ok(())
}

fn of(account: &Account) -> FailuresKey {
    failures_at(&account.email.key())
}
