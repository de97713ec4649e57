//! Groups, and many memberships at once, in a transaction that does more: for a file that says which groups
//! there are and who is in them. It is the operator who does it. The transaction holds the locks of the
//! groups; and, where an account joins or leaves `admins`, that of the account (see `last_admin`).

use std::collections::BTreeMap;

use super::group_name::{GroupName, GroupTitle};
use super::record::{named, record};
use super::store;
use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;
use crate::people::audit::{self, Event};

/// Who acts.
const BY: Actor<'_> = Actor::CommandLine;

/// All groups that have a row, with their titles.
pub async fn titles(tx: &mut Tx) -> sqlx::Result<BTreeMap<GroupName, String>> {
    let rows: Vec<(GroupName, String)> =
        sqlx::query_as("select name, title from groups").fetch_all(&mut *tx).await?;
    Ok(rows.into_iter().collect())
}

/// The groups of these accounts, in no order.
pub async fn of_accounts(tx: &mut Tx, accounts: &[&AccountId]) -> sqlx::Result<Vec<(AccountId, GroupName)>> {
    const BEFORE: &str = "select account_id, group_name from memberships where account_id in";
    let mut found = Vec::new();
    for some in accounts.chunks(ROWS_AT_ONCE) {
        let mut select = sqlx::query_as(many::list(BEFORE, some.len(), ""));
        for account in some {
            select = select.bind(account.as_str());
        }
        let rows: Vec<(AccountId, GroupName)> = select.fetch_all(&mut *tx).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Creates a group without members, unless there is one of this name.
pub async fn create_in(tx: &mut Tx, name: &GroupName, title: &GroupTitle, now: Time) -> sqlx::Result<()> {
    if !store::insert(tx, name, title, BY.kind(), now).await? {
        return Ok(());
    }
    // `admins` always exists: its row is made for a title of its own.
    let event = if name.is_admins() { Event::GroupTitleChanged } else { Event::GroupCreated };
    record(tx, (event, name), None, BY, now).await
}

/// Gives a group another title.
pub async fn retitle_in(tx: &mut Tx, name: &GroupName, title: &GroupTitle, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update groups set title = $2 where name = $1");
    update.bind(name.as_str()).bind(title.as_str()).execute(&mut *tx).await?;
    record(tx, (Event::GroupTitleChanged, name), None, BY, now).await
}

/// Removes all accounts from a group, and deletes it.
pub async fn delete_in(tx: &mut Tx, name: &GroupName, now: Time) -> sqlx::Result<()> {
    let select = sqlx::query_scalar("select account_id from memberships where group_name = $1");
    let members: Vec<AccountId> = select.bind(name.as_str()).fetch_all(&mut *tx).await?;
    store::delete(tx, name).await?;
    let left = members.into_iter().map(|account| (account, Some(named(Event::GroupLeft, name))));
    audit::record_many(tx, Event::GroupLeft, left.collect(), now).await?;
    record(tx, (Event::GroupDeleted, name), None, BY, now).await
}

/// Adds accounts to groups. None of them is in its group, and all of the groups exist.
pub async fn join_many(tx: &mut Tx, joining: Vec<(AccountId, GroupName)>, now: Time) -> sqlx::Result<()> {
    const BEFORE: &str = "insert into memberships (group_name, account_id, created_at, created_by) values";
    for some in joining.chunks(ROWS_AT_ONCE) {
        let end = "on conflict (group_name, account_id) do nothing";
        let mut insert = sqlx::query(many::rows(BEFORE, (some.len(), 4), end));
        for (account, group) in some {
            insert = insert.bind(group.as_str()).bind(account.as_str());
            insert = insert.bind(now.unix()).bind(BY.kind());
        }
        insert.execute(&mut *tx).await?;
    }
    let joined = joining.into_iter().map(|(account, group)| {
        let name = named(Event::GroupJoined, &group);
        (account, Some(name))
    });
    audit::record_many(tx, Event::GroupJoined, joined.collect(), now).await
}
