//! Makes new tables of the app ready to take the rows of others, and makes them strict again. A row may refer to one
//! that is copied after it, in the same table or in a circle of tables: foreign keys wait until all are there.

use sqlx::{AnyConnection, AssertSqlSafe, Executor};

use super::tables::{Table, quoted};
use crate::base::db::engine::Engine;

/// The foreign keys of a server's tables that wait for now.
pub(in crate::base::db) struct Waiting(Vec<(String, String)>);

/// Removes what the migrations put into the tables, and lets foreign keys wait. All within a transaction.
pub(in crate::base::db) async fn emptied(
    connection: &mut AnyConnection,
    engine: Engine,
    tables: &[Table],
) -> sqlx::Result<Waiting> {
    if tables.is_empty() {
        return Ok(Waiting(Vec::new()));
    }
    let waiting = match engine {
        Engine::Sqlite => {
            connection.execute("pragma defer_foreign_keys = on").await?; // until the transaction ends
            Vec::new()
        }
        Engine::Postgres => strict_keys(connection, tables).await?,
    };
    for (table, key) in &waiting {
        run(connection, format!("alter table {table} alter constraint {key} deferrable initially deferred"))
            .await?;
    }
    for table in tables.iter().rev() {
        run(connection, format!("delete from {}", quoted(&table.name))).await?;
    }
    Ok(Waiting(waiting))
}

/// The foreign keys of these tables that are checked by each statement: the table and the name, quoted.
async fn strict_keys(
    connection: &mut AnyConnection,
    tables: &[Table],
) -> sqlx::Result<Vec<(String, String)>> {
    let select = "select t.relname::text, f.conname::text from pg_constraint f \
                  join pg_class t on t.oid = f.conrelid join pg_namespace n on n.oid = t.relnamespace \
                  where f.contype = 'f' and not f.condeferrable and n.nspname = current_schema()";
    let keys: Vec<(String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let own = keys.into_iter().filter(|(name, _)| tables.iter().any(|table| table.name == *name));
    Ok(own.map(|(table, key)| (quoted(&table), quoted(&key))).collect())
}

impl Waiting {
    /// Checks all foreign keys, and makes them strict again.
    pub(in crate::base::db) async fn settle(self, connection: &mut AnyConnection) -> sqlx::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        connection.execute("set constraints all immediate").await?;
        for (table, key) in self.0 {
            run(connection, format!("alter table {table} alter constraint {key} not deferrable")).await?;
        }
        Ok(())
    }
}

async fn run(connection: &mut AnyConnection, statement: String) -> sqlx::Result<()> {
    sqlx::query(AssertSqlSafe(statement)).execute(connection).await.map(drop)
}
