//! Work that one instance does for all of them.

use super::engine::Engine;
use super::pools::Db;
use crate::base::clock::{CLOCKS_DIFFER, Time};

/// A piece of work that no other instance does until it has ended. It holds no connection: an instance may
/// have only one.
pub struct WorkLease<'d> {
    db: &'d Db,
    /// The row that records this; `None` if there is only one instance.
    row: Option<String>,
}

impl WorkLease<'_> {
    /// Lets another instance do the work next.
    pub async fn end(self) -> sqlx::Result<()> {
        let Some(row) = self.row else { return Ok(()) };
        sqlx::query("delete from meta where name = $1").bind(row).execute(self.db.writer()).await.map(drop)
    }
}

impl Db {
    /// The right to do a piece of work that one instance does for all; `None` if another is doing it. An
    /// instance that is killed loses the right after a minute, by the server's clock. With SQLite there is
    /// only one instance.
    #[doc(hidden)]
    pub async fn lease_work(&self, work: &str) -> sqlx::Result<Option<WorkLease<'_>>> {
        if self.engine() == Engine::Sqlite {
            return Ok(Some(WorkLease { db: self, row: None }));
        }
        let row = format!("at_work_{work}");
        let taken = sqlx::query(
            "insert into meta (name, value) values ($1, floor(extract(epoch from now()))::bigint::text) \
             on conflict (name) do update set value = excluded.value \
             where excluded.value::bigint - meta.value::bigint not between 0 and 60",
        );
        let taken = taken.bind(&row).execute(self.writer()).await?.rows_affected() == 1;
        Ok(taken.then_some(WorkLease { db: self, row: Some(row) }))
    }

    /// Begins a piece of work, if it is due, that is begun at most once in so many seconds, by whichever instance asks
    /// first. True if it is: that is recorded, so that neither another instance nor a restart begins it again. If
    /// [`Db::renew`] says now and then that it goes on, no one begins it in the meantime, however long it takes.
    ///
    /// A record from the future is that of an instance whose clock is ahead a little. One that is further away, by a
    /// clock that was wrong, does not count.
    #[doc(hidden)]
    pub async fn begin_if_due(&self, work: &str, now: Time, every: i64) -> sqlx::Result<bool> {
        let begun = sqlx::query(
            "insert into meta (name, value) values ($1, $2) \
             on conflict (name) do update set value = excluded.value \
             where cast(excluded.value as bigint) - cast(meta.value as bigint) not between $3 and $4",
        );
        let begun = begun.bind(last(work)).bind(now.unix().to_string());
        let begun = begun.bind(-CLOCKS_DIFFER).bind(every.saturating_sub(1));
        Ok(begun.execute(self.writer()).await?.rows_affected() == 1)
    }

    /// Records that a piece of work that was [begun](Db::begin_if_due) still goes on.
    #[doc(hidden)]
    pub async fn renew(&self, work: &str, now: Time) -> sqlx::Result<()> {
        let update = sqlx::query("update meta set value = $2 where name = $1");
        update.bind(last(work)).bind(now.unix().to_string()).execute(self.writer()).await.map(drop)
    }
}

/// The row that says when a piece of work was last done.
fn last(work: &str) -> String {
    format!("last_{work}")
}
