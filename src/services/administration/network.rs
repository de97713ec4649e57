//! The wrong passwords and codes of a network, forgotten. They count for everyone there: behind the one address of a club
//! or a company, the wrong passwords of one person keep the others out.

use std::net::IpAddr;

use crate::base::rate_limit::{LimitKey, shared};
use crate::base::{LockKey, Site};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::{AccountId, Actor};
use crate::services::{passwords, second_factor};
use crate::web::Submission;

/// Forgets what was counted for the network of an address. Every instance lets its people try again from now on. The event
/// is of no account.
pub async fn unlock_network(
    site: &Site,
    address: IpAddr,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<()> {
    let network = LimitKey::network(Some(address));
    let now = site.clock.now();
    let mut tx =
        site.db.begin_locked(&[LockKey::new("network", &address.to_canonical().to_string())]).await?;
    for action in [passwords::wrong_passwords(), second_factor::wrong_recovery_codes()] {
        shared::forget(&mut tx, &site.settings, action, &network, now).await?;
    }
    let entry = Entry { event: Event::NetworkUnlocked, account: None, actor };
    let about = Detail::names(address.to_canonical().to_string(), "");
    entry.record_in(&mut tx, Some(about), now).await?;
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await
}
