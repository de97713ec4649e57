//! How many accounts a list has. Asked apart: counting a million takes longer than showing fifty.

use super::list::Only;
use crate::base::Db;

/// How many are counted without being asked to, which takes a few milliseconds.
pub const COUNTED: i64 = 10_000;

/// A number of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// This many.
    Exactly(i64),
    /// More than [`COUNTED`].
    Many,
}

/// How many accounts a list has: up to [`COUNTED`], or all of them.
pub async fn count(db: &Db, only: &Only, all: bool) -> sqlx::Result<Counted> {
    let statement = match only {
        Only::All => "select count(*) from (select 1 from accounts limit $1) as counted",
        Only::Disabled => {
            "select count(*) from (select 1 from accounts where disabled_at is not null limit $1) as counted"
        }
        Only::Unconfirmed => {
            "select count(*) from (select 1 from accounts where confirmed_at is null limit $1) as counted"
        }
        Only::NeverLoggedIn => {
            "select count(*) from (select 1 from accounts where logged_in_at is null limit $1) as counted"
        }
        Only::Group(_) => {
            "select count(*) from (select 1 from memberships where group_name = $2 limit $1) as counted"
        }
    };
    let most = if all { i64::MAX } else { COUNTED + 1 };
    let mut select = sqlx::query_scalar(statement).bind(most);
    if let Only::Group(group) = only {
        select = select.bind(group.as_str());
    }
    let counted: i64 = select.fetch_one(db.reader()).await?;
    Ok(if all || counted <= COUNTED { Counted::Exactly(counted) } else { Counted::Many })
}
