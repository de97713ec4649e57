//! An account disabled, enabled or deleted, in a transaction that does more. It holds the lock of the account, and if
//! that is an administrator's, also that of the group `admins`.

use crate::base::{Site, Tx};
use crate::people::accounts::{self, AccountId, Email};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::{Actor, belongings, sessions};
use crate::services::outbox;
use crate::web::{self, Submission};

/// Who acts.
const BY: Actor<'_> = Actor::CommandLine;

/// Disables an account. All its sessions, devices and links end, and do not come back with [`enable_in`]. Links with
/// which its owner recovers it from an attacker are kept, without effect for now: an attack may be the reason for
/// disabling it.
pub async fn disable_in(
    tx: &mut Tx,
    site: &Site,
    (account, address): (&AccountId, &Email),
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    let now = site.clock.now();
    accounts::set_disabled(tx, account, Some(now), now).await?;
    Submission::none().supersede(tx, account.as_str()).await?;
    sessions::end_all(tx, site, account, actor).await?;
    outbox::discard_disabled(tx, account, address).await?;
    record_with(tx, site, (Event::Disabled, &Detail::state("enabled", "disabled")), account, actor).await
}

/// Enables an account again.
pub async fn enable_in(tx: &mut Tx, site: &Site, account: &AccountId, actor: Actor<'_>) -> sqlx::Result<()> {
    let now = site.clock.now();
    accounts::set_disabled(tx, account, None, now).await?;
    Submission::none().supersede(tx, account.as_str()).await?;
    record_with(tx, site, (Event::Enabled, &Detail::state("disabled", "enabled")), account, actor).await
}

/// Deletes an account with everything that belongs to it, unless the app objects. [`gone`] is called after
/// the commit.
pub async fn delete_in(tx: &mut Tx, site: &Site, account: &AccountId, address: &Email) -> web::Result<()> {
    outbox::discard_all(tx, account, address).await?;
    belongings::delete(tx, site, account).await
}

/// Logs the deletions, tells the app, and removes the last traces of the rows from the file.
pub async fn gone(site: &Site, accounts: &[AccountId]) {
    for account in accounts {
        Entry { event: Event::Deleted, account: Some(account), actor: BY }.log();
        belongings::gone(site, account).await;
    }
    if !accounts.is_empty() {
        site.db.checkpoint().await;
    }
}

/// Writes an event of an account in the transaction, and to the log once that is committed.
pub async fn record(tx: &mut Tx, site: &Site, event: Event, account: &AccountId) -> sqlx::Result<()> {
    Entry { event, account: Some(account), actor: BY }.write(tx, site.clock.now()).await?;
    let account = account.clone();
    tx.after_commit(move || Entry { event, account: Some(&account), actor: BY }.log());
    Ok(())
}

/// The same with what was different before and after.
async fn record_with(
    tx: &mut Tx,
    site: &Site,
    (event, detail): (Event, &Detail),
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    Entry { event, account: Some(account), actor }.write_with(tx, Some(detail), site.clock.now()).await?;
    let (account, actor, detail) = (account.clone(), actor.stored(), detail.clone());
    tx.after_commit(move || {
        Entry { event, account: Some(&account), actor: actor.actor() }.log_with(Some(&detail));
    });
    Ok(())
}
