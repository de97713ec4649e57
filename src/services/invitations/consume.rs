//! An invitation is used, in the transaction of the account that uses it: both happen, or neither.

use super::make::record;
use super::store;
use crate::base::{Site, Token, Tx};
use crate::people::audit::Event;
use crate::people::{AccountId, Actor, belongings, groups};

/// Uses an invitation for an account, which joins its groups and is given its handle. False if it cannot be used, which the caller answers by
/// dropping the transaction: it ended, was revoked or used up, was never made, is for another address, or this account
/// has used it before. Of several simultaneous requests, as many succeed as there are uses left.
///
/// The transaction holds the lock of the account, or made it, and the locks of
/// [`OpenInvitation::lock_keys`](super::OpenInvitation::lock_keys).
/// Whether the address of the account becomes confirmed by it is the caller's to decide.
pub async fn consume(
    tx: &mut Tx,
    site: &Site,
    token: &Token,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<bool> {
    let now = site.clock.now();
    let Some((id, handle)) = store::take(tx, &token.hash(), account, now).await? else { return Ok(false) };
    store::insert_use(tx, &id, account, now).await?;
    record(tx, (Event::InvitationUsed, &id), Some(account), actor, now).await?;
    let mut names = store::group_names(tx, &id).await?;
    names.sort_unstable();
    for name in &names {
        groups::join(tx, name, account, actor, now).await?;
    }
    if let Some(handle) = &handle {
        belongings::give_handle(tx, site, (account, handle), actor).await?;
    }
    Ok(true)
}
