//! What the tables of the app hold about one account, for the copy of its data. Read by the primary key, in pieces of
//! some hundred kilobytes, so that a table may be larger than memory.

use serde_json::{Map, Value};
use sqlx::any::{AnyArguments, AnyRow, AnyTypeInfoKind};
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row, ValueRef};

use super::owners::condition;
use super::tables::{Table, own_tables, quoted};
use crate::base::db::pools::Db;

/// Rows in the first piece: before anything is known about their size.
const FIRST: i64 = 50;

/// Rows in a piece, at most.
const MOST: i64 = 500;

/// Bytes in a piece, about.
const BYTES: i64 = 256 * 1_024;

/// Columns whose names end like this, in whatever case, grant access or say nothing about a person: they are left out.
const LEFT_OUT: [&str; 5] = ["_hash", "_key", "password", "secret", "token"];

/// The types that are read as they are. All others are read as text.
const READ_AS_THEY_ARE: [&str; 4] = ["text", "bigint", "integer", "double precision"];

/// A table of the app with rows that belong to accounts.
#[derive(Clone, Debug)]
pub struct OwnTable {
    table: Table,
    /// What is true of the rows that belong to the account `$1`.
    condition: String,
}

/// Where to continue reading.
#[derive(Clone, Debug)]
pub struct After {
    /// The key of the last row. `None` if it has a null: the rows are counted instead.
    key: Option<Vec<Cell>>,
    /// The rows so far.
    rows: i64,
    /// How many to read.
    limit: i64,
}

/// Some rows.
#[derive(Debug)]
pub struct OwnRows {
    /// An object for each, with a value for each column.
    pub rows: Vec<Value>,
    /// Where to continue. `None` if these were the last.
    pub next: Option<After>,
}

/// The value of a column in a row.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Null,
    Text(String),
    Number(i64),
    Real(f64),
}

/// The tables of the app whose rows belong to accounts, each below those that it refers to.
pub async fn tables_of_accounts(db: &Db) -> sqlx::Result<Vec<OwnTable>> {
    let mut connection = db.reading().await?;
    let tables = own_tables(&mut connection, db.engine()).await?;
    let of_accounts = |table: &Table| {
        condition(table, &tables).map(|condition| OwnTable { table: table.clone(), condition })
    };
    Ok(tables.iter().filter_map(of_accounts).collect())
}

impl OwnTable {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.table.name
    }

    /// The next rows of an account, in the order of their keys, without the columns that grant access.
    pub async fn rows_of(&self, db: &Db, account: &str, after: Option<&After>) -> sqlx::Result<OwnRows> {
        let (before, limit) = after.map_or((0, FIRST), |after| (after.rows, after.limit));
        let key = after.and_then(|after| after.key.as_deref());
        let select: Query<'_, Any, AnyArguments> =
            sqlx::query(AssertSqlSafe(self.select(key.map(<[Cell]>::len), limit)));
        let select = select.bind(account.to_owned());
        let select = match key {
            Some(key) => key.iter().fold(select, bound),
            None => select.bind(before),
        };
        let found = select.fetch_all(db.reader()).await?;
        let mut rows = Vec::new();
        let mut last = Vec::new();
        let mut bytes = 0;
        for row in &found {
            last.clear();
            let mut object = Map::new();
            for (at, column) in self.table.columns.iter().enumerate() {
                let cell = cell(row, at)?;
                bytes += column.name.len() + size(&cell);
                if !is_left_out(&column.name) {
                    object.insert(column.name.clone(), json(&cell));
                }
                last.push(cell);
            }
            rows.push(Value::Object(object));
        }
        let count = i64::try_from(found.len()).unwrap_or(limit);
        let next = (count == limit).then(|| {
            let key: Vec<_> = self.key().into_iter().map(|at| last[at].clone()).collect();
            let is_whole = !key.is_empty() && !key.contains(&Cell::Null);
            After { key: is_whole.then_some(key), rows: before + count, limit: fitting(count, bytes) }
        });
        Ok(OwnRows { rows, next })
    }

    /// The places of the primary key's columns, in its order. Empty if there is none.
    fn key(&self) -> Vec<usize> {
        let columns = self.table.columns.iter().enumerate();
        let mut places: Vec<_> =
            columns.filter(|(_, column)| column.in_key > 0).map(|(at, column)| (column.in_key, at)).collect();
        places.sort_unstable();
        places.into_iter().map(|(_, at)| at).collect()
    }

    /// The statement: `$1` is the account; then the key of the row before, if there is one, or the number of rows
    /// before.
    fn select(&self, key_before: Option<usize>, limit: i64) -> String {
        let Table { name, columns, .. } = &self.table;
        let all: Vec<_> = columns.iter().map(|column| quoted(&column.name)).collect();
        let read: Vec<_> = columns
            .iter()
            .zip(&all)
            .map(|(column, name)| {
                let is_shared = READ_AS_THEY_ARE.contains(&&*column.kind);
                if is_shared { name.clone() } else { format!("cast({name} as text)") }
            })
            .collect();
        let key: Vec<_> = self.key().into_iter().map(|at| all[at].clone()).collect();
        let order = if key.is_empty() { all.join(", ") } else { key.join(", ") };
        let mut select =
            format!("select {} from {} where ({})", read.join(", "), quoted(name), self.condition);
        match key_before {
            Some(width) => {
                let places: Vec<_> = (0..width).map(|at| format!("${}", at + 2)).collect();
                select += &format!(
                    " and ({}) > ({}) order by {order} limit {limit}",
                    key.join(", "),
                    places.join(", ")
                );
            }
            None => select += &format!(" order by {order} limit {limit} offset $2"),
        }
        select
    }
}

fn is_left_out(column: &str) -> bool {
    let column = column.to_ascii_lowercase();
    LEFT_OUT.iter().any(|ending| column.ends_with(ending))
}

/// How many rows the next piece has, if they are as large as these.
fn fitting(rows: i64, bytes: usize) -> i64 {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX).max(1);
    (rows.saturating_mul(BYTES) / bytes).clamp(1, MOST)
}

fn bound<'q>(select: Query<'q, Any, AnyArguments>, cell: &Cell) -> Query<'q, Any, AnyArguments> {
    match cell {
        Cell::Null => select.bind(None::<String>),
        Cell::Text(text) => select.bind(text.clone()),
        Cell::Number(number) => select.bind(*number),
        Cell::Real(number) => select.bind(*number),
    }
}

/// A value by the type that it has: SQLite lets a column hold another than its own.
fn cell(row: &AnyRow, at: usize) -> sqlx::Result<Cell> {
    let value = row.try_get_raw(at)?;
    let kind = value.type_info().kind();
    if value.is_null() {
        return Ok(Cell::Null);
    }
    Ok(match kind {
        AnyTypeInfoKind::SmallInt | AnyTypeInfoKind::Integer | AnyTypeInfoKind::BigInt => {
            Cell::Number(row.try_get(at)?)
        }
        AnyTypeInfoKind::Double => Cell::Real(row.try_get(at)?),
        _ => Cell::Text(row.try_get(at)?),
    })
}

/// How many bytes a value is in the copy, about.
fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        Cell::Null | Cell::Number(_) | Cell::Real(_) => 8,
    }
}

/// A value as JSON. A number keeps all its digits.
fn json(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => Value::from(text.clone()),
        Cell::Number(number) => Value::from(*number),
        Cell::Real(number) => Value::from(*number),
    }
}
