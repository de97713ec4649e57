//! Creates a server's database, migrates it, and fills it from another. If several programs start for the
//! first time at once, one creates it. The others wait for its lock and find it created.

use sqlx::{AnyConnection, Connection, Executor};

use super::server::Server;
use super::trouble::refusal;
use crate::base::db::engine::Engine;
use crate::base::db::lock_key::LockKey;
use crate::base::db::own;
use crate::base::db::schema::unlocked;
use crate::base::progress::{Done, shown};
use crate::base::refusal::Refusal;
use crate::base::secret::SecretKey;

/// Creates the tables in an empty database. Returns the fingerprint of its key: another instance may have
/// been first.
pub(in crate::base::db) async fn create(server: &Server, key: &SecretKey) -> Result<String, Refusal> {
    let unusable = |error: sqlx::Error| refusal(server, &error);
    let mut connection = server.connect_once().await.map_err(unusable)?;
    migrate(&mut connection, server).await?;
    let adopted = async {
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
    adopted.await.map_err(unusable)
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
    migrate_ours(&mut transaction).await.map_err(unusable)?;
    own::migrate(&mut transaction, Engine::Postgres, server.program()).await?;
    let done = work(&mut transaction).await?;
    transaction.commit().await.map_err(unusable)?;
    let _ = connection.close().await; // what it committed stays
    Ok(done)
}

/// Brings a database up to date, completely or not at all.
pub(in crate::base::db) async fn update(server: &Server) -> Result<(), Refusal> {
    let mut connection = server.connect_once().await.map_err(|error| refusal(server, &error))?;
    let updating = format!("Migrating {server}");
    let work = async {
        let failed = |error: sqlx::Error| {
            Refusal::new(format!(
                "The database {server} could not be migrated: {error}. Nothing was changed."
            ))
        };
        let mut transaction = connection.begin().await.map_err(failed)?;
        migrate_ours(&mut transaction).await.map_err(failed)?;
        migrate_own(&mut transaction, server).await?;
        transaction.commit().await.map_err(failed)
    };
    let done = shown(&updating, || Done::Unknown, work).await;
    let _ = connection.close().await; // what it committed stays
    done
}

/// Runs the pending migrations, in one transaction and under a lock that ends with it.
async fn migrate(connection: &mut AnyConnection, server: &Server) -> Result<(), Refusal> {
    let unusable = |error: sqlx::Error| refusal(server, &error);
    let mut transaction = connection.begin().await.map_err(unusable)?;
    migrate_ours(&mut transaction).await.map_err(unusable)?;
    migrate_own(&mut transaction, server).await?;
    transaction.commit().await.map_err(unusable)
}

async fn migrate_ours(transaction: &mut AnyConnection) -> sqlx::Result<()> {
    transaction.execute("set local statement_timeout = 0; set local lock_timeout = 0").await?;
    let lock = sqlx::query("select pg_advisory_xact_lock($1)").bind(LockKey::being_updated().number());
    lock.execute(&mut *transaction).await?;
    unlocked().run(transaction).await?;
    Ok(())
}

/// Runs the app's, and records the app: unless another one was first.
async fn migrate_own(transaction: &mut AnyConnection, server: &Server) -> Result<(), Refusal> {
    let program = server.program();
    own::migrate(transaction, Engine::Postgres, program)
        .await
        .map_err(|refusal| Refusal::new(format!("{refusal} The database {server} is as it was.")))?;
    own::claim(transaction, program).await.map_err(|error| refusal(server, &error))
}
