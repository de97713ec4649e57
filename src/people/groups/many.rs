//! Groups, and many memberships at once, in a transaction that does more: for a file that says which groups
//! there are and who is in them. It is the operator who does it. The transaction holds the locks of the
//! groups; and, where an account joins or leaves `admins`, that of the account (see `last_admin`).

use std::collections::BTreeMap;

use super::group_name::{GroupName, GroupTitle};
use super::store;
use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;
use crate::people::audit::{self, Entry, Event};

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
    store::insert(tx, name, title, BY.kind(), now).await.map(drop)
}

/// Gives a group another title.
pub async fn retitle_in(tx: &mut Tx, name: &GroupName, title: &GroupTitle) -> sqlx::Result<()> {
    let update = sqlx::query("update groups set title = $2 where name = $1");
    update.bind(name.as_str()).bind(title.as_str()).execute(&mut *tx).await.map(drop)
}

/// Removes all accounts from a group, and deletes it.
pub async fn delete_in(tx: &mut Tx, name: &GroupName, now: Time) -> sqlx::Result<()> {
    let select = sqlx::query_scalar("select account_id from memberships where group_name = $1");
    let members: Vec<AccountId> = select.bind(name.as_str()).fetch_all(&mut *tx).await?;
    store::delete(tx, name).await?;
    audit::write_many(tx, Event::GroupLeft, &members, now).await?;
    let name = name.clone();
    tx.after_commit(move || members.iter().for_each(|account| log(Event::GroupLeft, account, &name)));
    Ok(())
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
    let accounts: Vec<AccountId> = joining.iter().map(|(account, _)| account.clone()).collect();
    audit::write_many(tx, Event::GroupJoined, &accounts, now).await?;
    tx.after_commit(move || {
        joining.iter().for_each(|(account, group)| log(Event::GroupJoined, account, group));
    });
    Ok(())
}

/// Removes an account from a group.
pub async fn leave_in(tx: &mut Tx, name: &GroupName, account: &AccountId, now: Time) -> sqlx::Result<()> {
    if !store::leave(tx, name, account).await? {
        return Ok(());
    }
    Entry { event: Event::GroupLeft, account: Some(account), actor: BY }.write(tx, now).await?;
    let (account, name) = (account.clone(), name.clone());
    tx.after_commit(move || log(Event::GroupLeft, &account, &name));
    Ok(())
}

fn log(event: Event, account: &AccountId, group: &GroupName) {
    Entry { event, account: Some(account), actor: BY }.log_of_group(group.as_str());
}
