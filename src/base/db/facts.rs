//! The table `facts`: what a database says about itself, for example that it was moved.

use sqlx::AnyConnection;

/// What the database says about itself to a program that opens it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Facts {
    /// The fingerprint of its secret key.
    pub(super) key: String,
    /// Where it was moved to.
    pub(super) moved_to: Option<String>,
}

/// Reads them.
pub(super) async fn read(connection: &mut AnyConnection) -> sqlx::Result<Facts> {
    let select = "select name, value from facts where name in ('key_fingerprint', 'moved_to')";
    let rows: Vec<(String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let value = |name: &str| rows.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    Ok(Facts { key: value("key_fingerprint").unwrap_or_default(), moved_to: value("moved_to") })
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
    let insert = "insert into facts (name, value) values ('moved_to', $1) on conflict (name) do update set value = excluded.value";
    sqlx::query(insert).bind(moved_to).execute(connection).await.map(drop)
}

/// Removes that record.
pub(super) async fn unmark(connection: &mut AnyConnection) -> sqlx::Result<()> {
    sqlx::query("delete from facts where name = 'moved_to'").execute(connection).await.map(drop)
}
