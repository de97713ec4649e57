//! An account renamed, given a handle, disabled, enabled or deleted, in a transaction that does more. It holds the lock of
//! the account, and if an administrator's is disabled or deleted, also that of the group `admins`.

use crate::base::{Site, Tx};
use crate::people::accounts::{self, AccountId, Email, Name};
use crate::people::audit::{Detail, Entry, Event};
pub use crate::people::belongings::set_handle as set_handle_in;
use crate::people::{Actor, belongings, sessions};
use crate::services::outbox;
use crate::web::{self, Submission};

/// Changes the name of an account. False if it has had that name before, or was just deleted: nothing happened.
pub async fn rename_in(
    tx: &mut Tx,
    site: &Site,
    (account, name): (&AccountId, &Name),
    actor: Actor<'_>,
) -> sqlx::Result<bool> {
    let now = site.clock.now();
    if !accounts::rename(tx, account, name, now).await? {
        return Ok(false);
    }
    Entry { event: Event::NameChanged, account: Some(account), actor }.record_in(tx, None, now).await?;
    Ok(true)
}

/// Disables an account. All its sessions, devices and links end, and do not come back with [`enable_in`]. Links with
/// which its owner recovers it from an attacker are kept, without effect for now: an attack may be the reason for
/// disabling it. It is no event if the account is disabled already.
pub async fn disable_in(
    tx: &mut Tx,
    site: &Site,
    (account, address): (&AccountId, &Email),
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    let now = site.clock.now();
    let is_new = accounts::set_disabled(tx, account, Some(now), now).await?;
    Submission::none().supersede(tx, account.as_str()).await?;
    sessions::end_all(tx, site, account, actor).await?;
    outbox::discard_disabled(tx, account, address).await?;
    if !is_new {
        return Ok(());
    }
    let change = Detail::state("enabled", "disabled");
    Entry { event: Event::Disabled, account: Some(account), actor }.record_in(tx, Some(change), now).await
}

/// Enables an account again. It is no event if it is not disabled.
pub async fn enable_in(tx: &mut Tx, site: &Site, account: &AccountId, actor: Actor<'_>) -> sqlx::Result<()> {
    let now = site.clock.now();
    if !accounts::set_disabled(tx, account, None, now).await? {
        return Ok(());
    }
    Submission::none().supersede(tx, account.as_str()).await?;
    let change = Detail::state("disabled", "enabled");
    Entry { event: Event::Enabled, account: Some(account), actor }.record_in(tx, Some(change), now).await
}

/// Deletes an account with everything that belongs to it, and the emails requested at its address, unless the app
/// objects. [`gone`] is called after the commit. Counts of wrong passwords are kept for their day, under a hash of the
/// address, as they are where there never was an account: a pause that ended now would reveal that there was one.
///
/// If it was not the owner who did it, administrators can read that it was done.
pub async fn delete_in(
    tx: &mut Tx,
    site: &Site,
    (account, address): (&AccountId, &Email),
    actor: Actor<'_>,
) -> web::Result<()> {
    outbox::discard_all(tx, account, address).await?;
    belongings::delete(tx, site, account).await?;
    if !matches!(actor, Actor::Owner(_)) {
        // The row has the ID alone: the address goes with the account.
        let (entry, was) =
            (Entry { event: Event::Deleted, account: None, actor }, Detail::personal(account.as_str(), ""));
        entry.write_with(tx, Some(&was), site.clock.now()).await?;
    }
    let (account, actor) = (account.clone(), actor.stored());
    tx.after_commit(move || {
        Entry { event: Event::Deleted, account: Some(&account), actor: actor.actor() }.log();
    });
    Ok(())
}

/// Tells the app that accounts were deleted, and removes the last traces of their rows from the file.
pub async fn gone(site: &Site, accounts: &[AccountId]) {
    for account in accounts {
        belongings::gone(site, account).await;
    }
    if !accounts.is_empty() {
        site.db.checkpoint().await;
    }
}
