//! Uses links up, and ends others with them.

use super::link_id::LinkId;
use super::purpose::Purpose;
use super::store;
use crate::base::{Site, Time, Token, Tx};
use crate::people::{AccountId, ActorKind, Email};

/// A link that was used up.
#[derive(Debug)]
pub struct Used {
    /// Its ID, which is also that of its email.
    pub id: LinkId,
    /// Its account.
    pub account: AccountId,
    /// Its address.
    pub email: Email,
    /// Whether the operator or an administrator handed it over, and so vouches for the person who received it.
    pub handed_over: bool,
    /// When that was done which its email reports, if it undoes something.
    pub since: Option<Time>,
    ordinal: i64,
}

/// Uses a link up; `None` if it is no longer valid.
pub async fn take(tx: &mut Tx, site: &Site, token: &Token, purpose: Purpose) -> sqlx::Result<Option<Used>> {
    let used = store::take(tx, &token.hash(), purpose.code(), site.clock.now()).await?;
    Ok(used.map(|store::Used { id, account_id, email, created_by, ordinal, since }| Used {
        id,
        account: account_id,
        email,
        handed_over: match created_by {
            ActorKind::Owner => false,
            ActorKind::Administrator | ActorKind::CommandLine => true,
        },
        since: since.map(Time::from_unix),
        ordinal,
    }))
}

/// Ends the links of an account, for example when its password changes or it is disabled. Links with which
/// its owner recovers it from an attacker are kept: the attacker would end them first.
pub async fn discard(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete_of(tx, account).await
}

/// Ends the links of all accounts when the key is replaced: those who have the old key and a copy of the
/// database can compute them. A link that restores an address stays: it leads back to an owner.
pub async fn end_everything(tx: &mut Tx) -> sqlx::Result<()> {
    store::delete_all(tx).await
}

/// Ends the links of an account that are newer than one of them, for example when an address is restored.
/// Older recovery links are kept: an attacker who changed the address twice has one too, and must not end
/// that of the first change with it. Returns the IDs of the ended links.
pub async fn discard_younger(tx: &mut Tx, used: &Used) -> sqlx::Result<Vec<LinkId>> {
    store::delete_younger(tx, &used.account, used.ordinal).await
}

/// Ends the links with the same purpose and address as one that was used, except older ones. The others have
/// nothing left to do: they report what was done after it, and is undone with it. An older one reports an
/// older change.
pub async fn discard_alike(tx: &mut Tx, used: &Used, purpose: Purpose) -> sqlx::Result<()> {
    store::delete_alike(tx, &used.account, purpose.code(), &used.email, used.ordinal).await
}

/// Ends the links that give an account another address; false if there was none.
pub async fn discard_change(tx: &mut Tx, account: &AccountId) -> sqlx::Result<bool> {
    Ok(store::delete_purpose(tx, account, Purpose::Change.code()).await? > 0)
}

/// Ends the links that restore an address to an account.
pub async fn discard_revert(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete_purpose(tx, account, Purpose::RevertEmail.code()).await.map(drop)
}

/// Removes expired links. A link that would last longer than any was created by a clock that was ahead; its
/// lifetime begins now.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    for purpose in Purpose::ALL {
        store::shorten(&site.db, purpose.code(), now.plus(purpose.properties().seconds)).await?;
    }
    store::delete_until(&site.db, now).await
}
