//! A transaction that writes, and the count of those this process has committed. What was read before the count moved may
//! be out of date; whoever keeps something they read keeps the count beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rocket::futures::future::BoxFuture;
use rocket::futures::stream::{BoxStream, StreamExt};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::{Any, Describe, Either, Execute, Executor, SqlStr, Transaction};

use super::deadline::Deadline;
use super::hold::Hold;

/// How many transactions this process has committed. Copies count together.
#[derive(Clone, Debug, Default)]
pub(super) struct Version(Arc<AtomicU64>);

impl Version {
    pub(super) fn now(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Moves the count when it is dropped: also where somebody goes away while a commit is under way, which may hold.
struct Move<'v>(&'v Version);

impl Drop for Move<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A transaction that writes. Dropped without [`commit`](Self::commit), it changes nothing.
#[derive(Debug)]
pub struct Tx {
    transaction: Transaction<'static, Any>,
    version: Version,
    deadline: Deadline,
    hold: Arc<Hold>,
    /// A statement failed. PostgreSQL then takes back the whole, and answers a commit as if it had done it.
    failed: bool,
}

impl Tx {
    pub(super) fn new(
        transaction: Transaction<'static, Any>,
        version: Version,
        deadline: Deadline,
        hold: Arc<Hold>,
    ) -> Tx {
        Tx { transaction, version, deadline, hold, failed: false }
    }

    /// Makes what was done hold, unless the database is not this program's to write any more. There is no other way, so none that
    /// would leave the count where it is.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        if self.failed {
            return Err(sqlx::Error::Protocol(
                "a transaction in which a statement failed was to be kept".into(),
            ));
        }
        self.deadline.of(self.hold.fence(&mut self.transaction)).await?;
        let _move = Move(&self.version);
        self.deadline.of(self.transaction.commit()).await
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
        let Tx { transaction, deadline, failed, .. } = self;
        let rows = deadline.each((**transaction).fetch_many(query));
        rows.inspect(move |row| *failed |= row.is_err()).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Option<AnyRow>>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let Tx { transaction, deadline, failed, .. } = self;
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
