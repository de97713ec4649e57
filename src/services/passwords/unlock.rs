//! What keeps a password from being accepted, for the operator: whether there is one, and the pause after
//! wrong passwords, which the operator can end. The pause applies to every browser without a count of its
//! own; separate counts are not listed, and expire.

use std::net::IpAddr;

use super::limits::{WRONG_PASSWORD, failures_at};
use super::store;
use crate::base::rate_limit::{FailuresKey, LimitKey, failures, shared};
use crate::base::{Site, Time};
use crate::people::audit::{Entry, Event};
use crate::people::{Account, Actor};

/// Whether an account has a password: an owner who recovered it from an attacker has none until choosing one.
pub async fn is_set(site: &Site, account: &Account) -> sqlx::Result<bool> {
    store::hash_of(&site.db, Some(&account.id)).await.map(|hash| hash.is_some())
}

/// The end of the pause before a new browser's password is checked, if there is one.
pub async fn paused_until(site: &Site, account: &Account) -> sqlx::Result<Option<Time>> {
    let free = site.settings.limit_free_guesses.get();
    failures::paused_until(&site.db, &of(account), free, site.clock.now()).await
}

/// Until when no password is checked that comes from the network of this address, since too many were wrong. `None` if
/// they are checked.
pub async fn network_waits_until(site: &Site, address: IpAddr) -> sqlx::Result<Option<Time>> {
    let (now, network) = (site.clock.now(), LimitKey::network(Some(address)));
    let allowed = shared::look(&site.db, &site.settings, &WRONG_PASSWORD, &network, now).await?;
    Ok(allowed.err().map(|wait| now.plus(wait.seconds())))
}

/// Clears the wrong passwords that were counted at an account's address. Apart from this, only a day without
/// any clears them: a pause that ended when its owner logs in, changes the password or deletes the account
/// would reveal to a stranger that the account exists.
pub async fn unlock(site: &Site, account: &Account, actor: Actor<'_>) -> sqlx::Result<()> {
    let entry = Entry { event: Event::Unlocked, account: Some(&account.id), actor };
    let mut tx = site.db.begin_locked(&[account.id.lock_key()]).await?;
    failures::clear(&mut tx, &of(account)).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    tx.commit().await?;
    entry.log();
    Ok(())
}

fn of(account: &Account) -> FailuresKey {
    failures_at(&account.email.key())
}
