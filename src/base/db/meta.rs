//! The table `meta`: what a database says about itself, for example that it was moved. It also has the leases
//! of work that one instance does for all (`Db::lease_work`), and single values of features.

use sqlx::{Any, AnyConnection, Executor};

/// What the database says about itself to a program that opens it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meta {
    /// The fingerprint of its secret key.
    pub(super) key: String,
    /// Where it was moved to.
    pub(super) moved_to: Option<String>,
    /// The name of the app that it belongs to.
    pub(super) app: Option<String>,
}

/// The migration that gave the table its name. Before it the table was called `facts`.
const RENAMED_BY: i64 = 15;

/// Reads it.
pub(super) async fn read(connection: &mut AnyConnection) -> sqlx::Result<Meta> {
    read_of(connection, Some(RENAMED_BY)).await
}

/// Reads it in a database that may not be up to date: `newest` is the last migration that it has seen.
pub(super) async fn read_of(connection: &mut AnyConnection, newest: Option<i64>) -> sqlx::Result<Meta> {
    let select = if newest >= Some(RENAMED_BY) {
        "select name, value from meta where name in ('key_fingerprint', 'moved_to', 'app')"
    } else {
        "select name, value from facts where name in ('key_fingerprint', 'moved_to', 'app')"
    };
    let rows: Vec<(String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let value = |name: &str| rows.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let key = value("key_fingerprint").unwrap_or_default();
    Ok(Meta { key, moved_to: value("moved_to"), app: value("app") })
}

/// The value that a feature keeps under a name.
pub async fn value<'e>(
    executor: impl Executor<'e, Database = Any>,
    name: &'static str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select value from meta where name = $1").bind(name).fetch_optional(executor).await
}

/// Keeps a value of a feature under a name, in place of the one before.
pub async fn keep<'e>(
    executor: impl Executor<'e, Database = Any>,
    name: &'static str,
    value: &str,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into meta (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
    );
    insert.bind(name).bind(value.to_owned()).execute(executor).await.map(drop)
}

/// Refuses if the database was moved. For a transaction of a command on a file that it holds no lock on. The
/// transaction has SQLite's write lock, so the file cannot be marked before it ends.
pub(super) async fn is_unmarked(transaction: &mut AnyConnection) -> sqlx::Result<()> {
    match read(transaction).await?.moved_to {
        None => Ok(()),
        Some(to) => Err(sqlx::Error::Configuration(
            format!("the database was moved to {to} meanwhile; set database_url to that one and run the command again").into(),
        )),
    }
}

/// Records that a database was moved.
pub(super) async fn mark(connection: &mut AnyConnection, moved_to: &str) -> sqlx::Result<()> {
    let insert = "insert into meta (name, value) values ('moved_to', $1) on conflict (name) do update set value = excluded.value";
    sqlx::query(insert).bind(moved_to).execute(connection).await.map(drop)
}

/// Removes that record.
pub(super) async fn unmark(connection: &mut AnyConnection) -> sqlx::Result<()> {
    let select = "select max(version) from _sqlx_migrations where success";
    let newest: Option<i64> = sqlx::query_scalar(select).fetch_one(&mut *connection).await?;
    let delete = if newest >= Some(RENAMED_BY) {
        "delete from meta where name = 'moved_to'"
    } else {
        "delete from facts where name = 'moved_to'"
    };
    sqlx::query(delete).execute(connection).await.map(drop)
}
