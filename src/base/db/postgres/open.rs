//! A server's database made, migrated, opened, and filled from another. Of many first starts at once one makes it: the others wait for its lock and find
//! it made.

use sqlx::{AnyConnection, Connection};

use super::server::Server;
use super::trouble::refusal;
use crate::base::db::pools::Db;
use crate::base::db::schema::MIGRATIONS;
use crate::base::refusal::Refusal;
use crate::base::secret::Key;

/// Makes the tables in a database that nothing is in. The answer is the fingerprint of the key it belongs to: another instance
/// may have been first.
pub(in crate::base::db) async fn create(server: &Server, key: &Key) -> Result<String, Refusal> {
    let made = async {
        let mut connection = server.connect_once().await?;
        MIGRATIONS.run(&mut connection).await?;
        sqlx::query(
            "insert into facts (name, value) values ('key_fingerprint', $1) on conflict (name) do nothing",
        )
        .bind(key.fingerprint())
        .execute(&mut connection)
        .await?;
        let fingerprint = sqlx::query_scalar("select value from facts where name = 'key_fingerprint'")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Ok(fingerprint)
    };
    made.await.map_err(|error: sqlx::Error| refusal(server, &error))
}

/// Makes the tables in a database that nothing is in, and fills them in one transaction. Until that is committed there is no key in
/// it, so nothing counts as being in it.
pub(in crate::base::db) async fn fill<T>(
    server: &Server,
    work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let unusable = |error: sqlx::Error| refusal(server, &error);
    let mut connection = server.connect_once().await.map_err(unusable)?;
    MIGRATIONS.run(&mut connection).await.map_err(|error| unusable(error.into()))?;
    let mut transaction = connection.begin().await.map_err(unusable)?;
    let done = work(&mut transaction).await?;
    transaction.commit().await.map_err(unusable)?;
    let _ = connection.close().await; // what it did holds
    Ok(done)
}

/// Brings a database up to date. Each step is wholly done or not at all.
pub(in crate::base::db) async fn update(server: &Server) -> Result<Db, Refusal> {
    let mut connection = server.connect_once().await.map_err(|error| refusal(server, &error))?;
    let done = MIGRATIONS.run(&mut connection).await;
    let _ = connection.close().await; // what it did holds
    done.map_err(|error| {
        Refusal::new(format!("The database {server} could not be brought up to date: {error}."))
    })?;
    connect(server).await
}

/// Opens a database that is there and up to date.
pub(in crate::base::db) async fn connect(server: &Server) -> Result<Db, Refusal> {
    server.connect().await.map_err(|error| refusal(server, &error))
}
