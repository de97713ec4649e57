//! Changes to groups: created and deleted, accounts added and removed. What an account may open changes with it, so
//! its owner reads it in the activity.

use super::group_name::{GroupName, GroupTitle};
use super::last_admin::AdminsBefore;
use super::store::{self, GroupSummary};
use crate::base::{LockKey, Site};
use crate::people::accounts::{self, AccountId};
use crate::people::actor::Actor;
use crate::people::audit::{Detail, Entry, Event};

/// Members that one transaction removes when a group is deleted: each writes an event, and no other account should
/// wait long for it.
const AT_ONCE: i64 = 100;

/// All groups, by name; `admins` always among them.
pub async fn all(site: &Site) -> sqlx::Result<Vec<GroupSummary>> {
    let mut groups = store::all(&site.db).await?;
    if !groups.iter().any(|group| group.name.is_admins()) {
        groups.push(admins());
    }
    groups.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(groups)
}

/// The group of this name, if there is one.
pub async fn find(site: &Site, name: &GroupName) -> sqlx::Result<Option<GroupSummary>> {
    let found = store::find(&site.db, name).await?;
    Ok(found.or_else(|| name.is_admins().then(admins)))
}

/// The administrators' group before its first member.
fn admins() -> GroupSummary {
    let title = GroupTitle::of_admins().as_str().to_owned();
    GroupSummary { name: GroupName::admins(), title, created_at: None, members: 0 }
}

/// Creates a group without members. False if there is one of this name.
pub async fn create(
    site: &Site,
    name: &GroupName,
    title: &GroupTitle,
    actor: Actor<'_>,
) -> sqlx::Result<bool> {
    if name.is_admins() {
        return Ok(false);
    }
    let entry = Entry { event: Event::GroupCreated, account: None, actor };
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&[name.lock_key()]).await?;
    if !store::insert(&mut tx, name, title, actor.kind(), now).await? {
        return Ok(false);
    }
    entry.write_with(&mut tx, Some(&Detail::names("", name.as_str())), now).await?;
    tx.commit().await?;
    entry.log_of_group(name.as_str());
    Ok(true)
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

/// Adds an account to a group.
pub async fn add(
    site: &Site,
    name: &GroupName,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<Added> {
    let entry = Entry { event: Event::GroupJoined, account: Some(account), actor };
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&[account.lock_key(), name.lock_key()]).await?;
    if accounts::address(&mut tx, account).await?.is_none() {
        return Ok(Added::Unchanged);
    }
    if name.is_admins() {
        store::insert(&mut tx, name, &GroupTitle::of_admins(), actor.kind(), now).await?;
    } else if !store::exists(&mut tx, name).await? {
        return Ok(Added::NoGroup);
    }
    if !store::join(&mut tx, name, account, actor.kind(), now).await? {
        return Ok(Added::Unchanged);
    }
    entry.write_with(&mut tx, Some(&Detail::names("", name.as_str())), now).await?;
    tx.commit().await?;
    entry.log_of_group(name.as_str());
    Ok(Added::Done)
}

/// The result of removing an account from a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It is not in the group any more.
    Done,
    /// It was not in the group: nothing happened.
    Unchanged,
    /// It is the last administrator who can log in, and only the command line may remove it: nothing happened.
    LastAdmin,
}

/// Removes an account from a group. The next page that the group protects does not open any more.
pub async fn remove(
    site: &Site,
    name: &GroupName,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<Removed> {
    let entry = Entry { event: Event::GroupLeft, account: Some(account), actor };
    let mut tx = site.db.begin_locked(&[account.lock_key(), name.lock_key()]).await?;
    let admins = match name.is_admins() {
        true => AdminsBefore::read_for(&mut tx, site, actor).await?,
        false => AdminsBefore::NOTHING_TO_KEEP,
    };
    if !store::leave(&mut tx, name, account).await? {
        return Ok(Removed::Unchanged);
    }
    if !admins.keep_one(&mut tx, site).await? {
        return Ok(Removed::LastAdmin);
    }
    entry.write_with(&mut tx, Some(&Detail::names(name.as_str(), "")), site.clock.now()).await?;
    tx.commit().await?;
    entry.log_of_group(name.as_str());
    Ok(Removed::Done)
}

/// Deletes a group, after all accounts were removed from it; returns how many that were. `None` if there is no such
/// group, or if it is `admins`, which always exists. If it is interrupted, some accounts are still in the group, and
/// it can be deleted again.
pub async fn delete(site: &Site, name: &GroupName, actor: Actor<'_>) -> sqlx::Result<Option<usize>> {
    if name.is_admins() {
        return Ok(None);
    }
    let mut removed = 0;
    loop {
        let members = store::members_after(&site.db, name, "", AT_ONCE).await?;
        let locks: Vec<LockKey> = members.iter().map(|member| member.account.lock_key()).collect();
        let mut tx = site.db.begin_locked(&[&*locks, &[name.lock_key()]].concat()).await?;
        if members.is_empty() {
            // One may have been added since they were read.
            if store::has_members(&mut tx, name).await? {
                continue;
            }
            if !store::delete(&mut tx, name).await? {
                return Ok(None);
            }
            let entry = Entry { event: Event::GroupDeleted, account: None, actor };
            entry.write_with(&mut tx, Some(&Detail::names(name.as_str(), "")), site.clock.now()).await?;
            tx.commit().await?;
            entry.log_of_group(name.as_str());
            return Ok(Some(removed));
        }
        let mut entries = Vec::with_capacity(members.len());
        for member in &members {
            // It may have been removed since they were read.
            if store::leave(&mut tx, name, &member.account).await? {
                let entry = Entry { event: Event::GroupLeft, account: Some(&member.account), actor };
                entry.write_with(&mut tx, Some(&Detail::names(name.as_str(), "")), site.clock.now()).await?;
                entries.push(entry);
            }
        }
        tx.commit().await?;
        entries.iter().for_each(|entry| entry.log_of_group(name.as_str()));
        removed += entries.len();
    }
}
