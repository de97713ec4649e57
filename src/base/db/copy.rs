//! Copies rows from one database into another, of either engine, then reads both again and compares them.
//! Rows are streamed, so a table may be larger than memory.

use std::sync::atomic::{AtomicU64, Ordering};

use rocket::futures::TryStreamExt;
use sqlx::any::{AnyRow, AnyTypeInfoKind};
use sqlx::{AnyConnection, AssertSqlSafe, Column, Executor, Row, SqlSafeStr, Statement};

use super::engine::Engine;
use super::own::{emptied, own_tables, quoted, wrong_type};
use super::row_sum::{Sum, Value};
use super::schema::TABLES;
use crate::base::refusal::Refusal;

/// Rows written by one statement. Each statement waits for one answer; larger statements are not faster.
const ROWS_AT_ONCE: usize = 200;

/// A table that was copied and found equal on both sides.
#[derive(Debug)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
}

/// One of the two databases, and its name in messages.
pub(super) struct Side<'c> {
    pub(super) connection: &'c mut AnyConnection,
    pub(super) engine: Engine,
    pub(super) place: &'c str,
}

/// Copies all tables, in the order of their references: ours, then the app's. Both sides are within a transaction. The caller
/// commits the one on the target only if this succeeds.
/// `done` and `all` report the progress in rows: each row is read once to be copied, and once on each side to
/// be compared.
pub(super) async fn copy(
    source: Side<'_>,
    target: Side<'_>,
    done: &AtomicU64,
    all: &AtomicU64,
) -> Result<Vec<Moved>, Refusal> {
    let (from, to) = (source.connection, target.connection);
    let reading = |error: sqlx::Error| failed("read", source.place, &error);
    let writing = |error: sqlx::Error| failed("written", target.place, &error);
    let mut tables = Vec::new();
    let of_app = own_tables(from, source.engine).await.map_err(reading)?;
    if let Some(wrong) = wrong_type(&of_app) {
        return Err(Refusal::new(format!(
            "Nothing was moved: {wrong}, which is not read alike by SQLite and PostgreSQL. Change the column to text, bigint, \
             integer or double precision in a new migration, and start the site once."
        )));
    }
    let mut names: Vec<&str> = TABLES.to_vec();
    names.extend(of_app.iter().map(|table| table.name.as_str()));
    for name in names {
        let table = Table::of(from, name).await.map_err(reading)?;
        all.fetch_add(3 * table.count(from).await.map_err(reading)?, Ordering::Relaxed);
        tables.push(table);
    }
    let keys = emptied(to, target.engine, &of_app).await.map_err(writing)?;
    for table in &tables {
        if Table::of(to, &table.name).await.map_err(writing)? != *table {
            return Err(differ(&table.name));
        }
        let mut rows = sqlx::query(AssertSqlSafe(table.select())).fetch(&mut *from);
        let mut waiting: Vec<Vec<Value>> = Vec::new();
        while let Some(row) = rows.try_next().await.map_err(reading)? {
            waiting.push(table.values(&row).map_err(reading)?);
            done.fetch_add(1, Ordering::Relaxed);
            if waiting.len() == ROWS_AT_ONCE {
                table.insert(to, std::mem::take(&mut waiting)).await.map_err(writing)?;
            }
        }
        drop(rows);
        table.insert(to, waiting).await.map_err(writing)?;
    }
    keys.settle(to).await.map_err(writing)?;
    // Only now: the rows written last could have changed those written first.
    let mut moved = Vec::new();
    for table in tables {
        let sum = table.sum(from, done).await.map_err(reading)?;
        if table.sum(to, done).await.map_err(writing)? != sum {
            return Err(differ(&table.name));
        }
        moved.push(Moved { table: table.name, rows: sum.rows });
    }
    Ok(moved)
}

/// A table and its columns.
#[derive(PartialEq)]
struct Table {
    name: String,
    columns: Vec<(String, Kind)>,
}

/// The type of a column, or a null. The schema has no other types: both engines read these in the same way.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Number,
    Real,
}

impl Table {
    async fn of(connection: &mut AnyConnection, name: &str) -> sqlx::Result<Table> {
        let select = AssertSqlSafe(format!("select * from {}", quoted(name))).into_sql_str();
        let statement = connection.prepare(select).await?;
        let mut columns = Vec::new();
        for column in statement.columns() {
            let kind = match column.type_info().kind() {
                AnyTypeInfoKind::Text => Kind::Text,
                AnyTypeInfoKind::BigInt | AnyTypeInfoKind::Integer => Kind::Number,
                AnyTypeInfoKind::Double => Kind::Real,
                other => {
                    return Err(sqlx::Error::ColumnDecode {
                        index: format!("{name}.{}", column.name()),
                        source: format!("{other:?} is not a type that both engines have").into(),
                    });
                }
            };
            columns.push((column.name().to_owned(), kind));
        }
        Ok(Table { name: name.to_owned(), columns })
    }

    fn column_names(&self) -> String {
        self.columns.iter().map(|(name, _)| quoted(name)).collect::<Vec<_>>().join(", ")
    }

    fn select(&self) -> String {
        format!("select {} from {}", self.column_names(), quoted(&self.name))
    }

    fn values(&self, row: &AnyRow) -> sqlx::Result<Vec<Value>> {
        let value = |(at, (_, kind)): (usize, &(String, Kind))| match kind {
            Kind::Text => Ok(Value::Text(row.try_get(at)?)),
            Kind::Number => Ok(Value::Number(row.try_get(at)?)),
            Kind::Real => Ok(Value::Real(row.try_get(at)?)),
        };
        self.columns.iter().enumerate().map(value).collect()
    }

    async fn insert(&self, connection: &mut AnyConnection, rows: Vec<Vec<Value>>) -> sqlx::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let width = self.columns.len();
        let places = (0..rows.len()).map(|row| {
            let places: Vec<_> = (1..=width).map(|at| format!("${}", row * width + at)).collect();
            format!("({})", places.join(", "))
        });
        let places = places.collect::<Vec<_>>().join(", ");
        let name = quoted(&self.name);
        let text = format!("insert into {name} ({}) values {places}", self.column_names());
        let mut insert = sqlx::query(AssertSqlSafe(text));
        for value in rows.into_iter().flatten() {
            insert = match value {
                Value::Text(text) => insert.bind(text),
                Value::Number(number) => insert.bind(number),
                Value::Real(number) => insert.bind(number),
            };
        }
        insert.execute(connection).await.map(drop)
    }

    async fn count(&self, connection: &mut AnyConnection) -> sqlx::Result<u64> {
        let count = format!("select count(*) from {}", quoted(&self.name));
        let count = sqlx::query_scalar(AssertSqlSafe(count));
        let count: i64 = count.fetch_one(connection).await?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    async fn sum(&self, connection: &mut AnyConnection, done: &AtomicU64) -> sqlx::Result<Sum> {
        let mut sum = Sum::default();
        let mut rows = sqlx::query(AssertSqlSafe(self.select())).fetch(connection);
        while let Some(row) = rows.try_next().await? {
            sum.add(&self.values(&row)?);
            done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(sum)
    }
}

fn failed(done: &str, place: &str, error: &sqlx::Error) -> Refusal {
    // The server's whole error may quote a row; its message does not.
    let why = error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    Refusal::new(format!(
        "Nothing was moved: the database {place} could not be {done}: {why}. Fix that, then run the command again."
    ))
}

fn differ(table: &str) -> Refusal {
    Refusal::new(format!(
        "Nothing was moved: the table {table} is not the same in both databases. Make sure that nothing else changes either \
         of them, then run the command again."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection;

    /// A connection with a table that has one column of each type; on the tests' server, if there is one.
    async fn with_numbers(url: &str) -> AnyConnection {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(url).await.unwrap();
        let table = "create temporary table numbers (t text, n bigint, i integer, d double precision)";
        connection.execute(table).await.unwrap();
        connection
    }

    #[rocket::async_test]
    async fn numbers_with_a_fraction_arrive_as_they_were() {
        let server = std::env::var("VESTIBULE_TEST_DATABASE_URL");
        let mut from = with_numbers("sqlite::memory:").await;
        let mut to = with_numbers(server.as_deref().unwrap_or("sqlite::memory:")).await;
        let reals = [Some(0.1), Some(-0.0), Some(1e308), Some(f64::MIN_POSITIVE), Some(7.0), None];
        let rows = || {
            reals
                .map(|real| {
                    vec![
                        Value::Text(Some("a".to_owned())),
                        Value::Number(Some(1)),
                        Value::Number(None),
                        Value::Real(real),
                    ]
                })
                .into()
        };
        let (here, there) =
            (Table::of(&mut from, "numbers").await.unwrap(), Table::of(&mut to, "numbers").await.unwrap());
        assert!(here == there && here.columns[3].1 == Kind::Real);
        here.insert(&mut from, rows()).await.unwrap();
        let select = AssertSqlSafe(here.select());
        let read = sqlx::query(select).fetch_all(&mut from).await.unwrap();
        let read = read.iter().map(|row| here.values(row).unwrap()).collect();
        there.insert(&mut to, read).await.unwrap();
        let done = AtomicU64::new(0);
        let sum = here.sum(&mut from, &done).await.unwrap();
        assert!(there.sum(&mut to, &done).await.unwrap() == sum && sum.rows == 6);
        assert_eq!(done.into_inner(), 12);
        to.execute("update numbers set d = 0.2 where d = 0.1").await.unwrap();
        assert!(there.sum(&mut to, &AtomicU64::new(0)).await.unwrap() != sum);
    }
}
