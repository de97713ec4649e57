//! Whether other programs have a server's database open. Each connection of a pool holds a lock together with the others; who must
//! be alone asks for it alone. It tells what an application's name in `pg_stat_activity` would not: that name can be another in each
//! instance.

use std::time::{Duration, Instant};

use rocket::tokio::time::sleep;
use sqlx::{AnyConnection, Connection, Executor};

use super::server::Server;
use super::trouble::refusal;
use crate::base::db::about::About;
use crate::base::refusal::Refusal;

/// So long the server may take to see that a program has ended.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(50);

/// Refuses while other programs have the database open.
pub(in crate::base::db) async fn nobody_else(server: &Server) -> Result<(), Refusal> {
    let mut connection = alone(server).await?;
    // At once, not when the server sees that the connection has ended: the caller opens the database next.
    let unlock = sqlx::query("select 1 where pg_advisory_unlock($1)").bind(About::being_open().number());
    unlock.execute(&mut connection).await.map_err(|error| refusal(server, &error))?;
    let _ = connection.close().await; // it has told what was asked
    Ok(())
}

/// A connection that sees one state of a database which nobody else has open, and which nobody opens meanwhile: for reading all of it.
pub(in crate::base::db) async fn hold(server: &Server) -> Result<AnyConnection, Refusal> {
    let mut connection = alone(server).await?;
    let begin = connection.execute("begin isolation level repeatable read read only").await;
    begin.map_err(|error| refusal(server, &error))?;
    Ok(connection)
}

/// A connection that has the database alone, for as long as it lasts.
async fn alone(server: &Server) -> Result<AnyConnection, Refusal> {
    let unusable = |error: sqlx::Error| refusal(server, &error);
    let mut connection = server.connect_once().await.map_err(unusable)?;
    let begun = Instant::now();
    loop {
        let lock = sqlx::query("select 1 where pg_try_advisory_lock($1)").bind(About::being_open().number());
        if lock.fetch_optional(&mut connection).await.map_err(unusable)?.is_some() {
            return Ok(connection);
        }
        if begun.elapsed() > PATIENCE {
            let _ = connection.close().await; // it holds nothing
            return Err(Refusal::new(format!(
                "Vestibule is running on the database {server}. Stop all its instances first."
            )));
        }
        sleep(PAUSE).await;
    }
}
