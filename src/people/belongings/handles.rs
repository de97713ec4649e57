//! Handles as they are given: written to the trail of the account. One that an invitation brings is given when the account
//! begins, as the groups of the setting `signup_groups` are: where emails are sent, anyone may have typed the address.

use crate::base::{Site, Tx};
use crate::people::accounts::{self, AccountId, Handle, HandleSet};
use crate::people::actor::Actor;
use crate::people::audit::{Detail, Entry, Event};

/// Gives an account a handle in place of the one that it has, or takes that away.
pub async fn set_handle(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    handle: Option<&Handle>,
    actor: Actor<'_>,
) -> sqlx::Result<HandleSet> {
    let before = accounts::handle_of(tx, account).await?;
    let set = accounts::set_handle(tx, account, handle, site.clock.now()).await?;
    if set == HandleSet::Done {
        let text = |handle: Option<&Handle>| handle.map(Handle::as_str).unwrap_or_default().to_owned();
        let detail = Detail::personal(text(before.as_ref()), text(handle));
        let entry = Entry { event: Event::HandleChanged, account: Some(account), actor };
        entry.record_in(tx, Some(detail), site.clock.now()).await?;
    }
    Ok(set)
}

/// Gives an account the handle of an invitation, in the transaction that uses it. An account that has one keeps it, and
/// one that has not begun gets this one when it begins.
pub async fn give_handle(
    tx: &mut Tx,
    site: &Site,
    (account, handle): (&AccountId, &Handle),
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    if accounts::is_unbegun(tx, account).await? {
        return Ok(());
    }
    give(tx, site, (account, handle), actor).await
}

async fn give(
    tx: &mut Tx,
    site: &Site,
    (account, handle): (&AccountId, &Handle),
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    if accounts::handle_of(tx, account).await?.is_some() {
        return Ok(());
    }
    let set = set_handle(tx, site, account, Some(handle), actor).await?;
    if matches!(set, HandleSet::Taken | HandleSet::UsedBefore) {
        let (account, program) = (account.clone(), site.settings.program.name);
        tx.after_commit(move || {
            log::warn!(
                event = "sys_handles", account = account.as_str();
                "an account used an invitation and did not get its handle, since another account has or had that one \
                 meanwhile. To give it another one: {program} account handle EMAIL NAME"
            );
        });
    }
    Ok(())
}

/// Gives an account that begins the handle of the invitation that it was made with, if that brings one.
pub(super) async fn give_promised(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    match accounts::promised_handles(tx, account).await?.first() {
        Some(handle) => give(tx, site, (account, handle), actor).await,
        None => Ok(()),
    }
}

/// Takes the handle away from an account that an invitation gave it, and those that invitations promise it, in a
/// transaction that holds the lock of the account: a stranger may have used them, who typed the address of someone else.
pub async fn lose_invited_handle(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    let promised = accounts::promised_handles(tx, account).await?;
    if promised.is_empty() {
        return Ok(());
    }
    accounts::withdraw_promises(tx, account).await?;
    if accounts::handle_of(tx, account).await?.is_some_and(|handle| promised.contains(&handle)) {
        set_handle(tx, site, account, None, actor).await?;
    }
    Ok(())
}
