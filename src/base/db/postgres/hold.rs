//! A server's database opened and held: by one of many programs, or by one exclusively.

use rocket::tokio::spawn;
use sqlx::{AnyConnection, AnyPool, Connection, Executor};

use super::server::Server;
use super::trouble::refusal;
use crate::base::db::engine::Engine;
use crate::base::db::hold::Hold;
use crate::base::db::holder::{Holder, OpenPurpose};
use crate::base::db::lease::{Lease, take};
use crate::base::db::pools::Db;
use crate::base::refusal::Refusal;

/// Opens an existing database that is up to date.
pub(in crate::base::db) async fn connect(server: &Server, purpose: OpenPurpose) -> Result<Db, Refusal> {
    let (pool, lease) = open(server, purpose).await?;
    Ok(Db::new(Engine::Postgres, pool.clone(), pool, server.within()).held_by(Hold::Lease(lease)))
}

/// Opens the database for a purpose, and records the purpose in it while it is open. Waits for programs that
/// are in the way.
async fn open(server: &Server, purpose: OpenPurpose) -> Result<(AnyPool, Lease), Refusal> {
    let unusable = |error: sqlx::Error| refusal(server, &error);
    let mut connection = server.connect_once().await.map_err(unusable)?;
    let taken = take(&mut connection, purpose).await.map_err(unusable)?;
    let _ = connection.close().await; // the row stays
    let lease = taken.map_err(|holder| in_the_way(server, purpose, &holder))?;
    let pool = server.pool().await.map_err(unusable)?;
    spawn(lease.clone().keep(pool.clone()));
    Ok((pool, lease))
}

/// A snapshot of a database that no other program has open or opens in the meantime: for reading all of it.
pub(in crate::base::db) struct Held<'s> {
    server: &'s Server,
    connection: AnyConnection,
    pool: AnyPool,
    lease: Lease,
}

/// Holds a database exclusively.
pub(in crate::base::db) async fn hold(server: &Server) -> Result<Held<'_>, Refusal> {
    let (pool, lease) = open(server, OpenPurpose::Move).await?;
    let begun = async {
        let mut connection = server.connect_once().await?;
        // A connection from a pooler may still have the time limits of its previous client.
        let begin = "begin isolation level repeatable read read only; set local statement_timeout = 0; \
                     set local idle_in_transaction_session_timeout = 0";
        connection.execute(begin).await?;
        Ok(connection)
    };
    match begun.await {
        Ok(connection) => Ok(Held { server, connection, pool, lease }),
        Err(error) => {
            let _ = lease.release(&pool, server.within()).await; // otherwise the row expires in half a minute
            Err(refusal(server, &error))
        }
    }
}

impl Held<'_> {
    /// For reading.
    pub(in crate::base::db) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }

    /// Refuses if others may have opened the database in the meantime.
    pub(in crate::base::db) fn check(&self) -> Result<(), Refusal> {
        self.lease.check().map_err(|error| refusal(self.server, &error))
    }

    /// Records where the database was moved to.
    pub(in crate::base::db) async fn mark(&self, moved_to: &str) -> Result<(), Refusal> {
        self.lease.mark(&self.pool, moved_to).await.map_err(|error| refusal(self.server, &error))
    }

    /// Lets others open it.
    pub(in crate::base::db) async fn release(self) {
        let _ = self.lease.release(&self.pool, self.server.within()).await; // otherwise the row expires in half a minute
        let _ = self.connection.close().await; // it was only used for reading
        self.pool.close().await;
    }
}

/// The error for another program that has the database open.
fn in_the_way(server: &Server, purpose: OpenPurpose, holder: &Holder) -> Refusal {
    Refusal::new(match purpose {
        OpenPurpose::Move | OpenPurpose::ReplaceKey => {
            let title = server.program().title();
            format!("{title} is running on the database {server}: {holder}. Stop all its instances first.")
        }
        OpenPurpose::Serve | OpenPurpose::Command => {
            format!(
                "The database {server} cannot be used at the moment: {holder}. Try again when that is done."
            )
        }
    })
}
