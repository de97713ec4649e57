//! Lists of accounts, newest first. A list is asked by key and never by offset: page 20,000 costs what page 1 costs.
//! The ID of an account begins with the time of its making, so that the order of IDs is the order of age.

use sqlx::FromRow;

use crate::base::{Db, Time};
use crate::people::groups::GroupName;
use crate::people::{AccountId, Email, Name};

/// Comes after every ID: those have digits, the letters `a` to `f`, and hyphens.
pub(super) const BEYOND: &str = "g";

/// Which accounts a list has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Only {
    /// All.
    All,
    /// Those that are disabled.
    Disabled,
    /// Those whose address is not confirmed.
    Unconfirmed,
    /// Those to which no one has logged in with the password or a passkey.
    NeverLoggedIn,
    /// Those in a group.
    Group(GroupName),
}

/// An account in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its ID.
    pub id: AccountId,
    /// Its address.
    pub email: Email,
    /// The name of its owner.
    pub name: Name,
    /// When it was made.
    pub created_at: Time,
    /// Since when it is disabled, if it is.
    pub disabled_at: Option<Time>,
    /// When its address was confirmed, if it was.
    pub confirmed_at: Option<Time>,
    /// The last login, if there was one.
    pub logged_in_at: Option<Time>,
    /// Its groups, by name.
    pub groups: Vec<GroupName>,
}

/// A row for each group of an account; one if it is in none.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    id: AccountId,
    email: Email,
    name: Name,
    created_at: i64,
    disabled_at: Option<i64>,
    confirmed_at: Option<i64>,
    logged_in_at: Option<i64>,
    group_name: Option<GroupName>,
}

/// The statement of a list: `$accounts` selects some of them by an index, and their groups are added. In one
/// statement, since the two engines put texts together by different functions.
macro_rules! page {
    ($($accounts:literal),+) => {
        concat!(
            "select page.id as id, page.email as email, page.name as name, page.created_at as created_at, \
             page.disabled_at as disabled_at, page.confirmed_at as confirmed_at, page.logged_in_at as logged_in_at, \
             memberships.group_name as group_name from (\
             select accounts.id, email, name, accounts.created_at, disabled_at, confirmed_at, logged_in_at from ",
            $($accounts,)+
            ") as page left join memberships on memberships.account_id = page.id order by page.id desc"
        )
    };
}
pub(super) use page;

/// Those before a key ($1), newest first: at most $2, for which this holds as well.
macro_rules! before {
    ($holds:literal) => {
        page!("accounts where id < $1 ", $holds, " order by id desc limit $2")
    };
}

/// Those after a key, oldest first.
macro_rules! after {
    ($holds:literal) => {
        page!("accounts where id > $1 ", $holds, " order by id limit $2")
    };
}

/// The same among the members of a group ($3), who are in the order of their accounts. `cross join` keeps SQLite from
/// reading all accounts first.
macro_rules! members {
    ($order:literal) => {
        page!(
            "(select account_id from memberships where group_name = $3 ",
            $order,
            " limit $2) as members cross join accounts where accounts.id = members.account_id"
        )
    };
}

/// Up to `most` accounts of a list, newest first: those that are older than the given one, which need not exist any more, or
/// else the newest.
pub async fn older(db: &Db, only: &Only, than: Option<&AccountId>, most: i64) -> sqlx::Result<Vec<Listed>> {
    let statement = match only {
        Only::All => before!(""),
        Only::Disabled => before!("and disabled_at is not null"),
        Only::Unconfirmed => before!("and confirmed_at is null"),
        Only::NeverLoggedIn => before!("and logged_in_at is null"),
        Only::Group(_) => members!("and account_id < $1 order by account_id desc"),
    };
    ask(db, statement, only, than.map_or(BEYOND, AccountId::as_str), most).await
}

/// Up to `most` accounts of a list that are newer than the given one, newest first: the page before one of [`older`]. Without
/// one, the oldest.
pub async fn newer(db: &Db, only: &Only, than: Option<&AccountId>, most: i64) -> sqlx::Result<Vec<Listed>> {
    let statement = match only {
        Only::All => after!(""),
        Only::Disabled => after!("and disabled_at is not null"),
        Only::Unconfirmed => after!("and confirmed_at is null"),
        Only::NeverLoggedIn => after!("and logged_in_at is null"),
        Only::Group(_) => members!("and account_id > $1 order by account_id"),
    };
    ask(db, statement, only, than.map_or("", AccountId::as_str), most).await
}

async fn ask(
    db: &Db,
    statement: &'static str,
    only: &Only,
    key: &str,
    most: i64,
) -> sqlx::Result<Vec<Listed>> {
    let mut select = sqlx::query_as(statement).bind(key).bind(most);
    if let Only::Group(group) = only {
        select = select.bind(group.as_str());
    }
    Ok(gathered(select.fetch_all(db.reader()).await?))
}

/// The names and titles of all groups that have a row, by name. Their members are not counted.
pub async fn groups(db: &Db) -> sqlx::Result<Vec<(GroupName, String)>> {
    let select = sqlx::query_as("select name, title from groups");
    let mut groups: Vec<(GroupName, String)> = select.fetch_all(db.reader()).await?;
    groups.sort_unstable();
    Ok(groups)
}

/// The account with one key: its address, or its ID.
pub(super) async fn one(db: &Db, by_email: bool, key: &str) -> sqlx::Result<Option<Listed>> {
    let statement = match by_email {
        true => page!("accounts where email_key = $1"),
        false => page!("accounts where id = $1"),
    };
    let rows = sqlx::query_as(statement).bind(key).fetch_all(db.reader()).await?;
    Ok(gathered(rows).into_iter().next())
}

/// The accounts of rows that stand together for each account.
pub(super) fn gathered(rows: Vec<Row>) -> Vec<Listed> {
    let mut accounts: Vec<Listed> = Vec::new();
    for row in rows {
        if accounts.last().is_none_or(|last| last.id != row.id) {
            accounts.push(Listed {
                id: row.id,
                email: row.email,
                name: row.name,
                created_at: Time::from_unix(row.created_at),
                disabled_at: row.disabled_at.map(Time::from_unix),
                confirmed_at: row.confirmed_at.map(Time::from_unix),
                logged_in_at: row.logged_in_at.map(Time::from_unix),
                groups: Vec::new(),
            });
        }
        if let (Some(group), Some(account)) = (row.group_name, accounts.last_mut()) {
            account.groups.push(group);
        }
    }
    // The two engines sort text differently.
    accounts.iter_mut().for_each(|account| account.groups.sort_unstable());
    accounts
}
