//! Changes to groups: created and deleted, accounts added and removed. What an account may open changes with it, so
//! its owner reads it in the activity. Each has a second version for the form of an administrator: what it asks for and its
//! answer are recorded in one transaction, so that two instances that get it at once do it once.

use super::group_name::{GroupName, GroupTitle};
use super::join::{Added, join, leave};
use super::last_admin::AdminsBefore;
use super::record::record;
use super::store::{self, GroupSummary};
use crate::base::{LockKey, Site, Tx};
use crate::people::accounts::{self, AccountId};
use crate::people::actor::Actor;
use crate::people::audit::Event;
use crate::web::Submission;

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
    create_by_form(site, name, title, actor, &Submission::none()).await
}

/// The same by a form. True as well if this very form has created it a moment ago, at another instance.
pub async fn create_by_form(
    site: &Site,
    name: &GroupName,
    title: &GroupTitle,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<bool> {
    if name.is_admins() {
        return Ok(false);
    }
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&locks(&[name.lock_key()], actor)).await?;
    if !store::insert(&mut tx, name, title, actor.kind(), now).await? {
        drop(tx);
        return submission.is_done(site).await;
    }
    record(&mut tx, (Event::GroupCreated, name), None, actor, now).await?;
    commit(site, tx, actor, submission).await?;
    Ok(true)
}

/// Adds an account to a group.
pub async fn add(
    site: &Site,
    name: &GroupName,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<Added> {
    add_by_form(site, name, account, actor, &Submission::none()).await
}

/// The same by a form. Done as well if this very form has added it a moment ago, at another instance.
pub async fn add_by_form(
    site: &Site,
    name: &GroupName,
    account: &AccountId,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Added> {
    let mut tx = site.db.begin_locked(&locks(&[account.lock_key(), name.lock_key()], actor)).await?;
    if accounts::address(&mut tx, account).await?.is_none() {
        return Ok(Added::Unchanged);
    }
    let added = join(&mut tx, name, account, actor, site.clock.now()).await?;
    if added == Added::Done {
        commit(site, tx, actor, submission).await?;
        return Ok(Added::Done);
    }
    drop(tx);
    Ok(if submission.is_done(site).await? { Added::Done } else { added })
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
    remove_by_form(site, name, account, actor, &Submission::none()).await
}

/// The same by a form, whose answer is recorded also if there was nothing to remove: it is as it was meant.
pub async fn remove_by_form(
    site: &Site,
    name: &GroupName,
    account: &AccountId,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Removed> {
    let mut tx = site.db.begin_locked(&locks(&[account.lock_key(), name.lock_key()], actor)).await?;
    let admins = match name.is_admins() {
        true => AdminsBefore::read_for(&mut tx, site, actor).await?,
        false => AdminsBefore::NOTHING_TO_KEEP,
    };
    if !leave(&mut tx, name, account, actor, site.clock.now()).await? {
        commit(site, tx, actor, submission).await?;
        return Ok(Removed::Unchanged);
    }
    if !admins.keep_one(&mut tx, site).await? {
        return Ok(Removed::LastAdmin);
    }
    commit(site, tx, actor, submission).await?;
    Ok(Removed::Done)
}

/// Deletes a group, after all accounts were removed from it; returns how many that were. `None` if there is no such
/// group, or if it is `admins`, which always exists. If it is interrupted, some accounts are still in the group, and
/// it can be deleted again.
pub async fn delete(site: &Site, name: &GroupName, actor: Actor<'_>) -> sqlx::Result<Option<usize>> {
    delete_by_form(site, name, actor, &Submission::none()).await
}

/// The same by a form, whose answer is recorded also if the group is gone.
pub async fn delete_by_form(
    site: &Site,
    name: &GroupName,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Option<usize>> {
    if name.is_admins() {
        return Ok(None);
    }
    let mut removed = 0;
    loop {
        let now = site.clock.now();
        let members = store::members_after(&site.db, name, "", AT_ONCE).await?;
        let of_members: Vec<LockKey> = members.iter().map(|member| member.account.lock_key()).collect();
        let all = [&*of_members, &[name.lock_key()]].concat();
        let mut tx = site.db.begin_locked(&locks(&all, actor)).await?;
        if members.is_empty() {
            // One may have been added since they were read.
            if store::has_members(&mut tx, name).await? {
                continue;
            }
            let is_there = store::delete(&mut tx, name).await?;
            if is_there {
                record(&mut tx, (Event::GroupDeleted, name), None, actor, now).await?;
            }
            commit(site, tx, actor, submission).await?;
            return Ok(is_there.then_some(removed));
        }
        let mut left = 0;
        for member in &members {
            // It may have been removed since they were read.
            left += usize::from(leave(&mut tx, name, &member.account, actor, now).await?);
        }
        tx.commit().await?;
        removed += left;
    }
}

/// The locks of a change, with that of the account of an administrator who makes it: the answers of their forms are kept
/// for it.
fn locks(of_change: &[LockKey], actor: Actor<'_>) -> Vec<LockKey> {
    let by = actor.account().map(AccountId::lock_key);
    of_change.iter().copied().chain(by).collect()
}

/// Commits a change, together with the answer of the form that asked for it.
async fn commit(site: &Site, mut tx: Tx, actor: Actor<'_>, submission: &Submission) -> sqlx::Result<()> {
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await
}
