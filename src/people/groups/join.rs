//! An account joins a group, or leaves it, in a transaction that does more: an invitation that is made, an account that
//! begins.

use super::group_name::{GroupName, GroupTitle};
use super::last_admin::keeps_an_admin;
use super::record::record;
use super::store;
use crate::base::{LockKey, Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::{Actor, ActorKind};
use crate::people::audit::Event;

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

/// The result of adding an account to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the group from now on.
    Done,
    /// It was in the group before, or was just deleted: nothing happened.
    Unchanged,
    /// There is no such group.
    NoGroup,
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
    record(tx, (Event::GroupJoined, name), Some(account), actor, now).await?;
    Ok(Added::Done)
}

/// Removes an account from a group, in a transaction that holds the locks of both, recorded in the same way. False if it is
/// not in it.
pub async fn leave(
    tx: &mut Tx,
    name: &GroupName,
    account: &AccountId,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<bool> {
    if !store::leave(tx, name, account).await? {
        return Ok(false);
    }
    record(tx, (Event::GroupLeft, name), Some(account), actor, now).await?;
    Ok(true)
}

/// Adds an account that begins to the groups of the setting `signup_groups`, in a transaction that holds the lock of the
/// account, or has made it. A group that does not exist is left out, and the log says so: it keeps no one from signing up.
pub async fn join_at_sign_up(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    let now = site.clock.now();
    let names = site.settings.signup_groups.names();
    let mut names: Vec<GroupName> = names.iter().filter_map(|name| GroupName::parse(name)).collect();
    names.sort_unstable(); // everyone holds them in this order
    let mut missing = Vec::new();
    for name in &names {
        if !store::hold(tx, name).await? {
            missing.push(name.as_str());
            continue;
        }
        // The operator puts it there, also if a stranger typed the address. So it stays, unlike the groups of an
        // invitation.
        if store::join(tx, name, account, ActorKind::CommandLine, now).await? {
            record(tx, (Event::GroupJoined, name), Some(account), actor, now).await?;
        }
    }
    if !missing.is_empty() {
        let program = site.settings.program.name;
        let create: Vec<String> =
            missing.iter().map(|name| format!("{program} group create {name}")).collect();
        let (account, missing, create) = (account.clone(), missing.join(", "), create.join("; "));
        tx.after_commit(move || {
            log::warn!(
                event = "sys_groups", account = account.as_str();
                "an account could not join what signup_groups names, since there is no such group: {missing}. To create what \
                 is missing: {create}"
            );
        });
    }
    Ok(())
}

/// Removes an account from the groups that were joined in the name of its owner, in a transaction that holds the lock of the
/// account: a stranger may have done that, who typed the address of someone else. It may have been the last administrator as
/// well. Then the log says so.
pub async fn leave_joined_by_owner(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<()> {
    let names = store::joined_by_owner(tx, account).await?;
    for name in &names {
        leave(tx, name, account, actor, site.clock.now()).await?;
    }
    if names.iter().any(GroupName::is_admins) && !keeps_an_admin(tx, site).await? {
        let (account, program) = (account.clone(), site.settings.program.name);
        tx.after_commit(move || {
            log::warn!(
                event = "sys_groups", account = account.as_str();
                "there is no administrator left who can log in: the address of this one was never confirmed, and a reset by \
                 email gave it to its owner, without the groups that were joined with it. To make one: {program} group add \
                 admins EMAIL"
            );
        });
    }
    Ok(())
}
