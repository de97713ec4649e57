//! The wrong passwords and codes of a network, forgotten. They count for everyone there: behind the one address of a club
//! or a company, the wrong passwords of one person keep the others out.

use std::net::IpAddr;

use crate::base::rate_limit::{LimitKey, shared};
use crate::base::{LockKey, Site};
use crate::people::Actor;
use crate::people::audit::{Detail, Entry, Event};
use crate::services::{passwords, second_factor};

/// Forgets what was counted for the network of an address. Every instance lets its people try again from now on. The event
/// is of no account.
pub async fn unlock_network(site: &Site, address: IpAddr, actor: Actor<'_>) -> sqlx::Result<()> {
    let network = LimitKey::network(Some(address));
    let detail = Detail::names(address.to_canonical().to_string(), "");
    let now = site.clock.now();
    let entry = Entry { event: Event::NetworkUnlocked, account: None, actor };
    let mut tx =
        site.db.begin_locked(&[LockKey::new("network", &address.to_canonical().to_string())]).await?;
    for action in [passwords::wrong_passwords(), second_factor::wrong_recovery_codes()] {
        shared::forget(&mut tx, &site.settings, action, &network, now).await?;
    }
    entry.write_with(&mut tx, Some(&detail), now).await?;
    tx.commit().await?;
    entry.log_with(Some(&detail));
    Ok(())
}
