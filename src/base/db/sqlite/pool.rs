//! The pools of a file: one connection that writes, and several that read at the same time.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{Connection, Executor};

use super::address::PRAGMAS;
use crate::base::db::deadline::Deadline;
use crate::base::db::engine::Engine;
use crate::base::db::foreign_commits::ForeignCommits;
use crate::base::db::pools::Db;

const READERS: u32 = 4;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Opens the pools on a file that was inspected before: an error of opening would only be reported as a
/// timeout.
pub(super) async fn connect(address: &str) -> sqlx::Result<Db> {
    let foreign = ForeignCommits::default();
    let writes = foreign.clone();
    let writer = options(1, move || writes.record_writer()).connect(address).await?;
    let reader = options(READERS, || ()).connect_lazy(address)?;
    Ok(Db::new(Engine::Sqlite, writer, reader, Deadline::NONE).with_foreign(foreign))
}

fn options(most: u32, connected: impl Fn() + Send + Sync + 'static) -> AnyPoolOptions {
    // The connections live as long as the program: there is no network in between, and opening one costs more
    // than keeping it. They are not tested before each use either, which would double the trips to their
    // threads. The timeout is as long as SQLite itself waits for a lock; after that a query gets an error.
    AnyPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(LONGEST_WAIT)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            connected();
            Box::pin(async move { connection.execute(PRAGMAS).await.map(drop) })
        })
        // If the disk is full or broken, SQLite ends a transaction on its own. sqlx still counts it as open
        // and begins no other on that connection, so the connection is closed and replaced.
        .after_release(|connection, _| {
            Box::pin(async move {
                if connection.is_in_transaction() {
                    connection.ping().await?; // a dropped transaction is rolled back by now
                }
                Ok(!connection.is_in_transaction())
            })
        })
}
