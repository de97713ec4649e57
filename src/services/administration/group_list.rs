//! The groups of a site for those who administer it, by key, each with the number of its members. More than
//! [`COUNTED`] are not counted: a page with fifty large groups would take as long as the sum of them.

use sqlx::FromRow;

use super::count::{COUNTED, Counted};
use crate::base::{Db, Time};
use crate::people::groups::GroupName;

/// A group in the list.
#[derive(Clone, Debug)]
pub struct ListedGroup {
    /// Its name.
    pub name: GroupName,
    /// What people call it.
    pub title: String,
    /// When it was created.
    pub created_at: Time,
    /// How many accounts are in it.
    pub members: Counted,
}

#[derive(FromRow)]
struct Row {
    name: GroupName,
    title: String,
    created_at: i64,
    members: i64,
}

/// A statement about groups with the number of their members, counted up to $1.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select name, title, created_at, (select count(*) from (select 1 from memberships \
             where group_name = groups.name limit $1) as counted) as members from groups ",
            $rest
        )
    };
}

/// Up to `most` groups with names after the given one, in the order of their names, without `admins`.
pub async fn groups_after(db: &Db, name: Option<&GroupName>, most: i64) -> sqlx::Result<Vec<ListedGroup>> {
    let select = sqlx::query_as(select!("where name <> $4 and name > $2 order by name limit $3"));
    let select = select.bind(COUNTED + 1).bind(name.map_or("", GroupName::as_str)).bind(most);
    let select = select.bind(GroupName::admins());
    Ok(listed(select.fetch_all(db.reader()).await?))
}

/// Up to `most` groups with names before the given one, in the order of their names: the page before one of
/// [`groups_after`].
pub async fn groups_before(db: &Db, name: &GroupName, most: i64) -> sqlx::Result<Vec<ListedGroup>> {
    let select = sqlx::query_as(select!("where name <> $4 and name < $2 order by name desc limit $3"));
    let select = select.bind(COUNTED + 1).bind(name.as_str()).bind(most).bind(GroupName::admins());
    let mut groups = listed(select.fetch_all(db.reader()).await?);
    groups.reverse();
    Ok(groups)
}

/// The group of this name, if it has a row.
pub async fn group(db: &Db, name: &GroupName) -> sqlx::Result<Option<ListedGroup>> {
    let select = sqlx::query_as(select!("where name = $2")).bind(COUNTED + 1).bind(name.as_str());
    let row: Option<Row> = select.fetch_optional(db.reader()).await?;
    Ok(listed(row.into_iter().collect()).pop())
}

/// What people call the group of this name, if it has a row. Its members are not counted.
pub async fn group_title(db: &Db, name: &GroupName) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select title from groups where name = $1");
    select.bind(name.as_str()).fetch_optional(db.reader()).await
}

fn listed(rows: Vec<Row>) -> Vec<ListedGroup> {
    let group = |Row { name, title, created_at, members }: Row| ListedGroup {
        name,
        title,
        created_at: Time::from_unix(created_at),
        members: if members <= COUNTED { Counted::Exactly(members) } else { Counted::Many },
    };
    rows.into_iter().map(group).collect()
}
