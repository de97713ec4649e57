//! Work that one instance does for all of them.

use super::pools::{Db, Engine};

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
}
