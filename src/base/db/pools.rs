//! The pools: one writing connection, since SQLite has one writer at a time and waiting in a queue beats failing; and
//! several reading ones, which go on meanwhile.

use std::time::Duration;

use rocket_db_pools::{Database, Pool};
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Connection, Executor, pool::PoolConnection};

use super::address::PRAGMAS;
use super::tx::{Tx, Version};

const READERS: u32 = 4;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The database. A decision reaches it through `Site`; a page of your own may take `&Db`. A handler must not take a `Connection<Db>`: that would be held while a slow
/// client dribbles its body, and a few of those would stall every page.
#[derive(Clone, Database)]
#[database("vestibule")]
pub struct Db(Pools);

/// The two pools behind [`Db`].
#[derive(Clone)]
pub struct Pools {
    writer: AnyPool,
    reader: AnyPool,
    version: Version,
}

impl Db {
    /// Opens the pools on an address that was looked at before: an error of opening would only be told as a time-out.
    pub(super) async fn connect(address: &str) -> sqlx::Result<Db> {
        let writer = options(1).connect(address).await?;
        let reader = options(READERS).connect_lazy(address)?;
        Ok(Db(Pools { writer, reader, version: Version::default() }))
    }

    /// For reading.
    pub fn reader(&self) -> &AnyPool {
        &self.0.reader
    }

    /// For a single statement that writes and ends no session. Several, and what may end one, belong into
    /// [`begin`](Self::begin).
    pub fn writer(&self) -> &AnyPool {
        &self.0.writer
    }

    /// A transaction that writes. It holds the write lock from its first moment, so that what it read stays true until it
    /// commits. Dropped without `commit`, it changes nothing.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        let transaction = self.0.writer.begin_with("begin immediate").await?;
        Ok(Tx::new(transaction, self.0.version.clone()))
    }

    /// How many transactions this process has committed. What was read before it moved may be out of date.
    pub fn version(&self) -> u64 {
        self.0.version.now()
    }

    /// Whether the database answers a question.
    pub async fn answers(&self) -> sqlx::Result<()> {
        sqlx::query("select 1 from facts").fetch_one(self.reader()).await.map(drop)
    }

    /// Ends all connections and folds the write-ahead log into the database file. For the very end: Rocket's own
    /// shutdown leaves the pools open, since the last requests still need them.
    pub async fn close(&self) {
        self.0.reader.close().await;
        self.fold().await;
        self.0.writer.close().await;
    }

    /// Folds the write-ahead log into the database file, so that what was deleted is in neither: pages that are free are
    /// overwritten. A reader may be in the way for a moment; then the next fold does it.
    pub async fn fold(&self) {
        if let Err(error) = self.0.writer.execute("pragma wal_checkpoint(truncate)").await {
            log::warn!("the write-ahead log could not be folded into the database: {error}");
        }
    }
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

#[rocket::async_trait]
impl Pool for Pools {
    type Connection = PoolConnection<Any>;
    type Error = rocket_db_pools::Error<sqlx::Error>;

    async fn init(figment: &figment::Figment) -> Result<Self, Self::Error> {
        let address: String = figment.extract_inner("url").map_err(rocket_db_pools::Error::Config)?;
        Db::connect(&address).await.map(|db| db.0).map_err(rocket_db_pools::Error::Init)
    }

    async fn get(&self) -> Result<Self::Connection, Self::Error> {
        self.reader.acquire().await.map_err(rocket_db_pools::Error::Get)
    }

    /// Nothing: where rocket_db_pools opens the pool itself, it calls this when shutdown begins, and running requests
    /// still need the database.
    async fn close(&self) {}
}
