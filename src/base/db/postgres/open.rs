//! Creates a server's database, migrates it, and fills it from another. If several programs start for the
//! first time at once, one creates it. The others wait for its lock and find it created.

use sqlx::{AnyConnection, Connection, Executor};

use super::server::Server;
use super::trouble::refusal;
use crate::base::db::lock_key::LockKey;
use crate::base::db::schema::unlocked;
use crate::base::progress::{Done, shown};
use crate::base::refusal::Refusal;
use crate::base::secret::SecretKey;

/// Creates the tables in an empty database. Returns the fingerprint of its key: another instance may have
/// been first.
pub(in crate::base::db) async fn create(server: &Server, key: &SecretKey) -> Result<String, Refusal> {
    let made = async {
        let mut connection = server.connect_once().await?;
        migrate(&mut connection).await?;
        sqlx::query(
            "insert into meta (name, value) values ('key_fingerprint', $1) on conflict (name) do nothing",
        )
        .bind(key.fingerprint())
        .execute(&mut connection)
        .await?;
        let fingerprint = sqlx::query_scalar("select value from meta where name = 'key_fingerprint'")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        Ok(fingerprint)
    };
    made.await.map_err(|error: sqlx::Error| refusal(server, &error))
}

/// Creates the tables in an empty database and fills them, in one transaction. If that fails, the database
/// stays empty.
pub(in crate::base::db) async fn fill<T>(
    server: &Server,
    work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let unusable = |error: sqlx::Error| refusal(server, &error);
    let mut connection = server.connect_once().await.map_err(unusable)?;
    let mut transaction = connection.begin().await.map_err(unusable)?;
    migrate_in(&mut transaction).await.map_err(unusable)?;
    let done = work(&mut transaction).await?;
    transaction.commit().await.map_err(unusable)?;
    let _ = connection.close().await; // what it committed stays
    Ok(done)
}

/// Brings a database up to date, completely or not at all.
pub(in crate::base::db) async fn update(server: &Server) -> Result<(), Refusal> {
    let mut connection = server.connect_once().await.map_err(|error| refusal(server, &error))?;
    let updating = format!("Migrating {server}");
    let done = shown(&updating, || Done::Unknown, migrate(&mut connection)).await;
    let _ = connection.close().await; // what it committed stays
    done.map_err(|error| {
        Refusal::new(format!("The database {server} could not be migrated: {error}. Nothing was changed."))
    })
}

/// Runs the pending migrations, in one transaction and under a lock that ends with it.
async fn migrate(connection: &mut AnyConnection) -> sqlx::Result<()> {
    let mut transaction = connection.begin().await?;
    migrate_in(&mut transaction).await?;
    transaction.commit().await
}

async fn migrate_in(transaction: &mut AnyConnection) -> sqlx::Result<()> {
    transaction.execute("set local statement_timeout = 0; set local lock_timeout = 0").await?;
    let lock = sqlx::query("select pg_advisory_xact_lock($1)").bind(LockKey::being_updated().number());
    lock.execute(&mut *transaction).await?;
    unlocked().run(transaction).await?;
    Ok(())
}
