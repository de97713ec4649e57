//! Groups in a transaction that does more: an invitation that is made, an account that begins.

use super::change::Added;
use super::group_name::{GroupName, GroupTitle};
use super::store;
use crate::base::{LockKey, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;
use crate::people::audit::{Detail, Entry, Event};

/// The lock of a transaction that needs a group to stay.
pub fn lock_of(name: &GroupName) -> LockKey {
    name.lock_key()
}

/// Whether there is a group of this name, for a transaction that refers to it and holds its [lock](lock_of). `admins`
/// always exists, and has a row from then on.
pub async fn ensure(tx: &mut Tx, name: &GroupName, actor: Actor<'_>, now: Time) -> sqlx::Result<bool> {
    if name.is_admins() {
        store::insert(tx, name, &GroupTitle::of_admins(), actor.kind(), now).await?;
        return Ok(true);
    }
    store::exists(tx, name).await
}

/// Adds an account to a group, in a transaction that holds the locks of both, or has made the account. Its owner reads
/// it in the activity; the log has it once it is committed.
pub async fn join(
    tx: &mut Tx,
    name: &GroupName,
    account: &AccountId,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<Added> {
    if !ensure(tx, name, actor, now).await? {
        return Ok(Added::NoGroup);
    }
    if !store::join(tx, name, account, actor.kind(), now).await? {
        return Ok(Added::Unchanged);
    }
    let event = Event::GroupJoined;
    Entry { event, account: Some(account), actor }
        .write_with(tx, Some(&Detail::names("", name.as_str())), now)
        .await?;
    let (account, name, actor) = (account.clone(), name.clone(), actor.stored());
    tx.after_commit(move || {
        Entry { event, account: Some(&account), actor: actor.actor() }.log_of_group(name.as_str());
    });
    Ok(Added::Done)
}

/// Removes an account from the groups that whoever acted as its owner joined, in a transaction that holds the lock of the
/// account: that may have been a stranger, who typed the address of someone else.
pub async fn leave_joined_by_owner(
    tx: &mut Tx,
    account: &AccountId,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<()> {
    let event = Event::GroupLeft;
    for name in store::joined_by_owner(tx, account).await? {
        store::leave(tx, &name, account).await?;
        Entry { event, account: Some(account), actor }
            .write_with(tx, Some(&Detail::names(name.as_str(), "")), now)
            .await?;
        let (account, actor) = (account.clone(), actor.stored());
        tx.after_commit(move || {
            Entry { event, account: Some(&account), actor: actor.actor() }.log_of_group(name.as_str());
        });
    }
    Ok(())
}
