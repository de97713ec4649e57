//! The groups of a site as one account has them: those it is in, and those that it could join.

use sqlx::FromRow;

use crate::base::Db;
use crate::people::AccountId;
use crate::people::groups::GroupName;

/// All groups that have a row, by name: each with what people call it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memberships {
    /// Those that the account is in.
    pub joined: Vec<(GroupName, String)>,
    /// All others.
    pub others: Vec<(GroupName, String)>,
}

#[derive(FromRow)]
struct Row {
    name: GroupName,
    title: String,
    joined: i64,
}

/// The groups of an account, and all others, in one query. Members are not counted.
pub async fn memberships(db: &Db, account: &AccountId) -> sqlx::Result<Memberships> {
    let select = sqlx::query_as(
        "select name, title, (select count(*) from memberships where group_name = groups.name and account_id = $1) \
         as joined from groups",
    );
    let mut rows: Vec<Row> = select.bind(account.as_str()).fetch_all(db.reader()).await?;
    // The two engines sort text differently.
    rows.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    let mut all = Memberships::default();
    for Row { name, title, joined } in rows {
        let list = if joined > 0 { &mut all.joined } else { &mut all.others };
        list.push((name, title));
    }
    Ok(all)
}
