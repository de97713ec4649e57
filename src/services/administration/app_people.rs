//! Who may open an app, for those who administer a site: its groups with the number of their members, its accounts by key,
//! and the browsers that are in it. What counts is who may open its front page: a part `/` has a rule before the app's own.

use sqlx::FromRow;

use super::count::{COUNTED, Counted};
use super::list::BEYOND;
use crate::base::Db;
use crate::people::groups::GroupName;
use crate::people::{AccountId, Email, Name};
use crate::services::apps::AppId;

/// A group that an app names.
#[derive(Clone, Debug)]
pub struct AppGroup {
    /// Its name.
    pub name: GroupName,
    /// What people call it. `None`: there is no such group, so no one is in it.
    pub title: Option<String>,
    /// How many accounts are in it.
    pub members: Counted,
}

/// An account that may open an app.
#[derive(Clone, Debug)]
pub struct AppAccount {
    /// Its ID.
    pub id: AccountId,
    /// The name of its owner.
    pub name: Name,
    /// The address.
    pub email: Email,
    /// Whether it is disabled, in which case it opens nothing.
    pub disabled: bool,
}

#[derive(FromRow)]
struct GroupRow {
    name: GroupName,
    title: Option<String>,
    members: i64,
}

#[derive(FromRow)]
struct AccountRow {
    id: AccountId,
    name: Name,
    email: Email,
    disabled_at: Option<i64>,
}

/// The groups whose members may open the front page of the app $1.
macro_rules! named {
    () => {
        "named(group_name) as (select group_name from apps_path_groups where app_id = $1 and prefix = '/' \
         union all select group_name from apps_groups where app_id = $1 \
         and not exists (select 1 from apps_paths where app_id = $1 and prefix = '/'))"
    };
}

/// The groups whose members may open an app, by name. More than [`COUNTED`] members are not counted.
pub async fn groups_of_app(db: &Db, app: &AppId) -> sqlx::Result<Vec<AppGroup>> {
    let select = sqlx::query_as(concat!(
        "with ",
        named!(),
        " select named.group_name as name, groups.title as title, (select count(*) from (select 1 from memberships \
         where memberships.group_name = named.group_name limit $2) as counted) as members \
         from named left join groups on groups.name = named.group_name"
    ));
    let rows: Vec<GroupRow> = select.bind(app.as_str()).bind(COUNTED + 1).fetch_all(db.reader()).await?;
    let group =
        |GroupRow { name, title, members }: GroupRow| AppGroup { name, title, members: up_to(members) };
    let mut groups: Vec<AppGroup> = rows.into_iter().map(group).collect();
    groups.sort_unstable_by(|one, other| one.name.cmp(&other.name)); // the two engines sort text differently
    Ok(groups)
}

/// How many accounts are in any of this number of groups of an app: each counts once.
pub async fn count_of_app(db: &Db, app: &AppId, groups: usize) -> sqlx::Result<Counted> {
    // An account is there once for each group that it is in: this many rows have enough of them.
    let rows = (COUNTED + 1).saturating_mul(i64::try_from(groups).unwrap_or(i64::MAX));
    let select = sqlx::query_scalar(concat!(
        "with ",
        named!(),
        " select count(distinct account_id) from (select memberships.account_id as account_id from named \
         join memberships on memberships.group_name = named.group_name limit $2) as members"
    ));
    Ok(up_to(select.bind(app.as_str()).bind(rows).fetch_one(db.reader()).await?))
}

/// A statement about the accounts in any group of the app $1, beyond the account $2: at most $3. One after the other is
/// looked up in the index of each group, so it takes as long on every page, and however large the groups are.
macro_rules! one_by_one {
    ($nearest:literal, $beyond:literal, $order:literal) => {
        concat!(
            "with recursive ",
            named!(),
            ", found(id, place) as (select (select ",
            $nearest,
            "(each.id) from (select (select ",
            $nearest,
            "(account_id) from memberships where memberships.group_name = named.group_name and account_id ",
            $beyond,
            " $2) as id from named) as each), 1 union all select (select ",
            $nearest,
            "(each.id) from (select (select ",
            $nearest,
            "(account_id) from memberships where memberships.group_name = named.group_name and account_id ",
            $beyond,
            " found.id) as id from named) as each), found.place + 1 from found \
             where found.id is not null and found.place < $3) \
             select accounts.id as id, accounts.name as name, accounts.email as email, \
             accounts.disabled_at as disabled_at from found join accounts on accounts.id = found.id order by ",
            $order
        )
    };
}

/// Up to `most` accounts that are in any group of an app, newest first: those that are older than the given one, which need
/// not exist any more, or else the newest.
pub async fn accounts_of_app(
    db: &Db,
    app: &AppId,
    than: Option<&AccountId>,
    most: i64,
) -> sqlx::Result<Vec<AppAccount>> {
    let than = than.map_or(BEYOND, AccountId::as_str);
    ask(db, one_by_one!("max", "<", "accounts.id desc"), (app, than), most).await
}

/// Up to `most` of them that are newer than the given one, newest first: the page before one of [`accounts_of_app`].
pub async fn newer_accounts_of_app(
    db: &Db,
    app: &AppId,
    than: &AccountId,
    most: i64,
) -> sqlx::Result<Vec<AppAccount>> {
    let mut accounts = ask(db, one_by_one!("min", ">", "accounts.id"), (app, than.as_str()), most).await?;
    accounts.reverse();
    Ok(accounts)
}

async fn ask(
    db: &Db,
    statement: &'static str,
    (app, than): (&AppId, &str),
    most: i64,
) -> sqlx::Result<Vec<AppAccount>> {
    let select = sqlx::query_as(statement).bind(app.as_str()).bind(than).bind(most);
    let rows: Vec<AccountRow> = select.fetch_all(db.reader()).await?;
    let account = |AccountRow { id, name, email, disabled_at }: AccountRow| AppAccount {
        id,
        name,
        email,
        disabled: disabled_at.is_some(),
    };
    Ok(rows.into_iter().map(account).collect())
}

/// How many browsers are let into an app by a pass.
pub async fn browsers_of_app(db: &Db, app: &AppId) -> sqlx::Result<Counted> {
    let select = sqlx::query_scalar(
        "select count(*) from (select 1 from passes where app_id = $1 and redeemed_at is not null limit $2) as counted",
    );
    Ok(up_to(select.bind(app.as_str()).bind(COUNTED + 1).fetch_one(db.reader()).await?))
}

fn up_to(counted: i64) -> Counted {
    if counted <= COUNTED { Counted::Exactly(counted) } else { Counted::Many }
}
