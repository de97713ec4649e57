//! The pools of a file: one writing connection, and several reading ones, which go on meanwhile.

use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{Connection, Executor};

use super::address::PRAGMAS;
use crate::base::db::deadline::Deadline;
use crate::base::db::pools::{Db, Engine};

const READERS: u32 = 4;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Opens the pools on an address that was looked at before: an error of opening would only be told as a time-out.
pub(super) async fn connect(address: &str) -> sqlx::Result<Db> {
    let writer = options(1).connect(address).await?;
    let reader = options(READERS).connect_lazy(address)?;
    Ok(Db::new(Engine::Sqlite, writer, reader, Deadline::NONE))
}

fn options(most: u32) -> AnyPoolOptions {
    // The connections are as old as the program: there is no network between, and opening one costs more than keeping it.
    // Nor is one asked whether it is still there before each use, which would double the way to its thread and back.
    // Who waits for one longer than SQLite itself waits for a lock is told so, rather than kept.
    AnyPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(LONGEST_WAIT)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(|connection, _| Box::pin(async move { connection.execute(PRAGMAS).await.map(drop) }))
        // Where the disk is full or broken, SQLite ends a transaction by itself. sqlx goes on counting it as open and begins
        // no other on that connection, so it is closed, and another takes its place.
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?; // what was dropped is rolled back by now
                Ok(!connection.is_in_transaction())
            })
        })
}
