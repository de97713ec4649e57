//! Single statements on the connections of a pool. Each takes a connection for itself, and has a timeout.

use rocket::futures::future::BoxFuture;
use rocket::futures::stream::{self, BoxStream, StreamExt};
use sqlx::any::{AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::{Any, AnyPool, Describe, Either, Execute, Executor, SqlStr, pool::PoolConnection};

use super::acquire::acquire;
use super::deadline::Deadline;
use super::engine::Engine;
use super::hold::Hold;
use super::statement_count::StatementCount;

/// The connections of a pool, for single statements. Each answer has a timeout.
#[derive(Clone, Copy, Debug)]
pub struct Pooled<'p> {
    pub(super) engine: Engine,
    pub(super) pool: &'p AnyPool,
    pub(super) deadline: Deadline,
    pub(super) statements: &'p StatementCount,
    pub(super) hold: &'p Hold,
    pub(super) writes: bool,
}

impl Pooled<'_> {
    /// Takes one connection. A file has as many as needed.
    pub(super) async fn connection(self) -> sqlx::Result<PoolConnection<Any>> {
        if self.writes && matches!(self.hold, Hold::Mark) {
            return Err(sqlx::Error::Protocol(
                "a command writes in transactions alone: db.begin_locked() begins one".into(),
            ));
        }
        self.hold.check()?;
        let connection = match self.engine {
            Engine::Sqlite => self.pool.acquire().await?,
            Engine::Postgres => acquire(self.pool).await?,
        };
        self.hold.check()?; // there may have been a wait for it
        Ok(connection)
    }
}

impl<'p> Executor<'p> for Pooled<'p> {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, sqlx::Result<Either<AnyQueryResult, AnyRow>>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        // All rows at once: no one reads more than a page shows, and the connection is free before the first
        // row is used.
        self.statements.add();
        let rows = async move {
            let mut connection = self.connection().await?;
            let rows: Vec<_> = connection.fetch_many(query).collect().await;
            Ok(rows)
        };
        let rows = async move { self.deadline.of(rows).await.unwrap_or_else(|error| vec![Err(error)]) };
        stream::once(rows).flat_map(stream::iter).boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, sqlx::Result<Option<AnyRow>>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Any>,
    {
        self.statements.add();
        let row = async move {
            let mut connection = self.connection().await?;
            connection.fetch_optional(query).await
        };
        Box::pin(self.deadline.of(row))
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, sqlx::Result<AnyStatement>>
    where
        'p: 'e,
    {
        self.pool.prepare_with(sql, parameters)
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, sqlx::Result<Describe<Any>>>
    where
        'p: 'e,
    {
        self.pool.describe(sql)
    }
}
