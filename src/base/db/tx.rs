//! A transaction that writes. Its commit is counted, so that a cache knows what may be out of date.

use std::fmt;
use std::sync::Arc;

use rocket::futures::future::BoxFuture;
use rocket::futures::stream::{BoxStream, StreamExt};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::{Any, Describe, Either, Execute, Executor, SqlStr, Transaction};

use super::commit_count::CommitCount;
use super::deadline::Deadline;
use super::hold::Hold;
use super::lock_key::LockKey;
use super::statement_count::StatementCount;

/// Counts a commit when dropped: also one that failed, since it may have succeeded all the same.
struct Counted<'c>(&'c CommitCount, &'c [LockKey]);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.add(self.1);
    }
}

/// A transaction that writes, begun by [`Db::begin_locked`](crate::Db::begin_locked). Dropped without
/// [`commit`](Self::commit), it changes nothing.
///
/// ```no_run
/// use vestibule::{Db, LockKey, Result, sqlx};
///
/// async fn finish(db: &Db, list: &str) -> Result<()> {
///     let mut tx = db.begin_locked(&[LockKey::new("list", list)]).await?;
///     sqlx::query("update app_lists set done = 1 where id = $1").bind(list).execute(&mut tx).await?;
///     sqlx::query("delete from app_reminders where list_id = $1").bind(list).execute(&mut tx).await?;
///     tx.commit().await?;
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Tx {
    transaction: Transaction<'static, Any>,
    commits: CommitCount,
    keys: Vec<LockKey>,
    deadline: Deadline,
    statements: StatementCount,
    hold: Arc<Hold>,
    /// Set when a statement failed. PostgreSQL then rolls back everything, yet answers a commit as if it had
    /// succeeded.
    failed: bool,
    afterwards: Afterwards,
}

/// What is done once the transaction is committed.
#[derive(Default)]
struct Afterwards(Vec<Box<dyn FnOnce() + Send + Sync>>);

impl fmt::Debug for Afterwards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Afterwards")
    }
}

impl Tx {
    pub(super) fn new(
        transaction: Transaction<'static, Any>,
        (commits, keys): (CommitCount, Vec<LockKey>),
        deadline: Deadline,
        (statements, hold): (StatementCount, Arc<Hold>),
    ) -> Tx {
        let (failed, afterwards) = (false, Afterwards::default());
        Tx { transaction, commits, keys, deadline, statements, hold, failed, afterwards }
    }

    /// Does something once the transaction is committed, such as writing to the log, which then has only what really
    /// happened.
    pub fn after_commit(&mut self, work: impl FnOnce() + Send + Sync + 'static) {
        self.afterwards.0.push(Box::new(work));
    }

    /// Commits. An error if a statement failed, or if the database is no longer this program's to write. There is no
    /// other way to commit, so every commit is counted.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        if self.failed {
            return Err(sqlx::Error::Protocol(
                "cannot commit a transaction in which a statement failed".into(),
            ));
        }
        if self.hold.asks() {
            self.statements.add();
        }
        self.deadline.of(self.hold.fence(&mut self.transaction)).await?;
        // In a task of its own: if the caller is cancelled, the commit may still succeed, and is then counted after
        // it. Counted before it, what a cache reads in between would be taken for new.
        let Tx { transaction, commits, keys, deadline, afterwards, .. } = self;
        let commit = rocket::tokio::spawn(async move {
            let _counted = Counted(&commits, &keys);
            deadline.of(transaction.commit()).await
        });
        commit.await.map_err(|_| sqlx::Error::WorkerCrashed)??;
        afterwards.0.into_iter().for_each(|work| work());
        Ok(())
    }
}

impl<'c> Executor<'c> for &'c mut Tx {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, sqlx::Result<Either<AnyQueryResult, AnyRow>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let Tx { transaction, deadline, statements, failed, .. } = self;
        statements.add();
        let rows = deadline.each((**transaction).fetch_many(query));
        rows.inspect(move |row| *failed |= row.is_err()).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Option<AnyRow>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let Tx { transaction, deadline, statements, failed, .. } = self;
        statements.add();
        let row = (**transaction).fetch_optional(query);
        Box::pin(async move {
            let row = deadline.of(row).await;
            *failed |= row.is_err();
            row
        })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, sqlx::Result<AnyStatement>>
    where
        'c: 'e,
    {
        (*self.transaction).prepare_with(sql, parameters)
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, sqlx::Result<Describe<Any>>>
    where
        'c: 'e,
    {
        (*self.transaction).describe(sql)
    }
}
