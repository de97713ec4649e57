//! The tables `groups` and `memberships`.

use sqlx::{Any, Executor, FromRow};

use super::group_name::{GroupName, GroupTitle};
use crate::base::{Db, Time, Tx};
use crate::people::accounts::{AccountId, Email, Name};
use crate::people::actor::ActorKind;

/// A group, for showing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GroupSummary {
    /// Its name.
    pub name: GroupName,
    /// What people call it.
    pub title: String,
    /// When it was created. `None` for `admins` before its first member.
    pub created_at: Option<Time>,
    /// How many accounts are in it.
    pub members: i64,
}

#[derive(FromRow)]
struct GroupRow {
    name: GroupName,
    title: String,
    created_at: i64,
    members: i64,
}

impl From<GroupRow> for GroupSummary {
    fn from(row: GroupRow) -> GroupSummary {
        let GroupRow { name, title, created_at, members } = row;
        GroupSummary { name, title, created_at: Some(Time::from_unix(created_at)), members }
    }
}

/// Creates a group. False if there is one of this name.
pub(super) async fn insert(
    tx: &mut Tx,
    name: &GroupName,
    title: &GroupTitle,
    by: ActorKind,
    now: Time,
) -> sqlx::Result<bool> {
    let insert = sqlx::query(
        "insert into groups (name, title, created_at, created_by) values ($1, $2, $3, $4) \
         on conflict (name) do nothing",
    );
    let insert = insert.bind(name.as_str().to_owned()).bind(title.as_str().to_owned());
    let inserted = insert.bind(now.unix()).bind(by).execute(&mut *tx).await?;
    Ok(inserted.rows_affected() == 1)
}

/// Whether there is a group of this name.
pub(super) async fn exists(tx: &mut Tx, name: &GroupName) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from groups where name = $1");
    Ok(select.bind(name.as_str().to_owned()).fetch_optional(&mut *tx).await?.is_some())
}

/// The same, for a transaction without the lock of the group: it stays until that ends. Those who join meanwhile wait.
pub(super) async fn hold(tx: &mut Tx, name: &GroupName) -> sqlx::Result<bool> {
    let update = sqlx::query("update groups set title = title where name = $1");
    Ok(update.bind(name.as_str().to_owned()).execute(&mut *tx).await?.rows_affected() == 1)
}

/// Whether there is a group of this name, for a check of the settings.
pub async fn is_there(db: &Db, name: &GroupName) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from groups where name = $1");
    Ok(select.bind(name.as_str().to_owned()).fetch_optional(db.reader()).await?.is_some())
}

/// Deletes a group. False if there is none of this name.
pub(super) async fn delete(tx: &mut Tx, name: &GroupName) -> sqlx::Result<bool> {
    let delete = sqlx::query("delete from groups where name = $1");
    Ok(delete.bind(name.as_str().to_owned()).execute(&mut *tx).await?.rows_affected() == 1)
}

/// All groups that have a row, in no order.
pub(super) async fn all(db: &Db) -> sqlx::Result<Vec<GroupSummary>> {
    let select = sqlx::query_as(
        "select name, title, created_at, \
         (select count(*) from memberships where group_name = groups.name) as members from groups",
    );
    let rows: Vec<GroupRow> = select.fetch_all(db.reader()).await?;
    Ok(rows.into_iter().map(GroupSummary::from).collect())
}

/// The group of this name, if it has a row.
pub(super) async fn find(db: &Db, name: &GroupName) -> sqlx::Result<Option<GroupSummary>> {
    let select = sqlx::query_as(
        "select name, title, created_at, \
         (select count(*) from memberships where group_name = groups.name) as members from groups where name = $1",
    );
    let row: Option<GroupRow> = select.bind(name.as_str()).fetch_optional(db.reader()).await?;
    Ok(row.map(GroupSummary::from))
}

/// Adds an account to a group. False if it is in it.
pub(super) async fn join(
    tx: &mut Tx,
    name: &GroupName,
    account: &AccountId,
    by: ActorKind,
    now: Time,
) -> sqlx::Result<bool> {
    let insert = sqlx::query(
        "insert into memberships (group_name, account_id, created_at, created_by) values ($1, $2, $3, $4) \
         on conflict (group_name, account_id) do nothing",
    );
    let insert = insert.bind(name.as_str().to_owned()).bind(account.as_str().to_owned());
    let inserted = insert.bind(now.unix()).bind(by).execute(&mut *tx).await?;
    Ok(inserted.rows_affected() == 1)
}

/// Removes an account from a group. False if it is not in it.
pub(super) async fn leave(tx: &mut Tx, name: &GroupName, account: &AccountId) -> sqlx::Result<bool> {
    let delete = sqlx::query("delete from memberships where group_name = $1 and account_id = $2");
    let delete = delete.bind(name.as_str().to_owned()).bind(account.as_str().to_owned());
    Ok(delete.execute(&mut *tx).await?.rows_affected() == 1)
}

/// The groups that an account joined by what its owner did, such as using an invitation; in the order of their names.
pub(super) async fn joined_by_owner(tx: &mut Tx, account: &AccountId) -> sqlx::Result<Vec<GroupName>> {
    let select = sqlx::query_scalar(
        "select group_name from memberships where account_id = $1 and created_by = $2 order by group_name",
    );
    select.bind(account.as_str().to_owned()).bind(ActorKind::Owner).fetch_all(&mut *tx).await
}

/// Whether any account is in a group.
pub(super) async fn has_members(tx: &mut Tx, name: &GroupName) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from memberships where group_name = $1 limit 1");
    Ok(select.bind(name.as_str().to_owned()).fetch_optional(&mut *tx).await?.is_some())
}

/// An account in a group.
#[derive(Debug)]
#[non_exhaustive]
pub struct GroupMember {
    /// Its ID.
    pub account: AccountId,
    /// Its address.
    pub email: Email,
    /// The name of its owner.
    pub name: Name,
    /// Since when it is in the group.
    pub since: Time,
}

#[derive(FromRow)]
struct MemberRow {
    account_id: AccountId,
    email: Email,
    name: Name,
    created_at: i64,
}

/// Up to `most` members of a group whose accounts have IDs after the given one, in the order of their IDs.
pub async fn members_after(
    db: &Db,
    name: &GroupName,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<GroupMember>> {
    let select = sqlx::query_as(
        "select account_id, email, accounts.name as name, memberships.created_at as created_at from memberships \
         join accounts on accounts.id = account_id where group_name = $1 and account_id > $2 \
         order by account_id limit $3",
    );
    let rows: Vec<MemberRow> =
        select.bind(name.as_str()).bind(after).bind(most).fetch_all(db.reader()).await?;
    let member = |row: MemberRow| {
        let MemberRow { account_id: account, email, name, created_at } = row;
        GroupMember { account, email, name, since: Time::from_unix(created_at) }
    };
    Ok(rows.into_iter().map(member).collect())
}

/// Whether an account is in a group.
pub(super) async fn is_member(tx: &mut Tx, name: &GroupName, account: &AccountId) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from memberships where group_name = $1 and account_id = $2");
    let select = select.bind(name.as_str().to_owned()).bind(account.as_str().to_owned());
    Ok(select.fetch_optional(&mut *tx).await?.is_some())
}

/// Whether any member of a group, but for one, can log in: is not disabled, is confirmed or need not be (`unconfirmed`), and
/// has a passkey of this domain that logs in by itself, or a password with what is asked for after it. The conditions are
/// those of a login: of passkeys as `services::passkeys::Usable` says, of other factors as `services::second_factor` counts
/// them.
pub(super) async fn can_log_in<'e>(
    executor: impl Executor<'e, Database = Any>,
    (name, but_for): (&GroupName, Option<&AccountId>),
    unconfirmed: bool,
    rp_id: &str,
) -> sqlx::Result<bool> {
    let select = sqlx::query(
        "select 1 from memberships join accounts on accounts.id = memberships.account_id \
         where group_name = $1 and accounts.id <> $4 and disabled_at is null \
         and (confirmed_at is not null or $2 = 1) \
         and (exists (select 1 from passkeys where passkeys.account_id = accounts.id and removed_at is null \
          and rp_id = $3 and rests_since is null and (user_verified <> 0 \
          or (registration_mode = 'upgrade' and backup_eligible <> 0 and accounts.two_factor_since is null))) \
         or (exists (select 1 from passwords where passwords.account_id = accounts.id) \
          and (accounts.two_factor_since is null \
          or exists (select 1 from totp_apps where totp_apps.account_id = accounts.id and removed_at is null \
           and stopped_at is null and secret <> '') \
          or exists (select 1 from passkeys where passkeys.account_id = accounts.id and removed_at is null \
           and rp_id = $3) \
          or exists (select 1 from recovery_codes join recovery_sets on recovery_sets.id = set_id \
           where recovery_sets.account_id = accounts.id and removed_at is null)))) limit 1",
    );
    let select = select.bind(name.as_str().to_owned()).bind(i64::from(unconfirmed)).bind(rp_id.to_owned());
    let select = select.bind(but_for.map_or("", AccountId::as_str).to_owned());
    Ok(select.fetch_optional(executor).await?.is_some())
}

/// The addresses of members of a group that are not confirmed, of accounts that are not disabled: the oldest ones, at most
/// this many.
pub(super) async fn unconfirmed_members(db: &Db, name: &GroupName, most: i64) -> sqlx::Result<Vec<Email>> {
    let select = sqlx::query_scalar(
        "select email from memberships join accounts on accounts.id = memberships.account_id \
         where group_name = $1 and disabled_at is null and confirmed_at is null order by accounts.id limit $2",
    );
    select.bind(name.as_str().to_owned()).bind(most).fetch_all(db.reader()).await
}

/// The names of the groups of an account.
pub async fn names_of(db: &Db, account: &AccountId) -> sqlx::Result<Vec<GroupName>> {
    let select = sqlx::query_scalar("select group_name from memberships where account_id = $1");
    let mut names: Vec<GroupName> = select.bind(account.as_str()).fetch_all(db.reader()).await?;
    names.sort_unstable(); // the two engines sort text differently
    Ok(names)
}

/// One of the groups of an account.
#[derive(Debug)]
#[non_exhaustive]
pub struct Membership {
    /// The group.
    pub group: GroupName,
    /// What people call it.
    pub title: String,
    /// Since when the account is in it.
    pub since: Time,
}

#[derive(FromRow)]
struct MembershipRow {
    group_name: GroupName,
    title: String,
    created_at: i64,
}

/// The groups of an account, with their titles.
pub async fn memberships(db: &Db, account: &AccountId) -> sqlx::Result<Vec<Membership>> {
    let select = sqlx::query_as(
        "select group_name, title, memberships.created_at as created_at from memberships \
         join groups on groups.name = group_name where account_id = $1",
    );
    let rows: Vec<MembershipRow> = select.bind(account.as_str()).fetch_all(db.reader()).await?;
    let membership = |row: MembershipRow| {
        let MembershipRow { group_name: group, title, created_at } = row;
        Membership { group, title, since: Time::from_unix(created_at) }
    };
    let mut memberships: Vec<Membership> = rows.into_iter().map(membership).collect();
    memberships.sort_by(|one, other| one.group.cmp(&other.group));
    Ok(memberships)
}
