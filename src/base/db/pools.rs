//! The connections to the database, for single statements and transactions. On SQLite, one connection writes, since it has one
//! writer at a time and waiting in a queue is better than failing; several others read at the same time. On
//! PostgreSQL, every connection does both.

use std::sync::Arc;
use std::time::Instant;

use rocket::futures::future::FutureExt;
use rocket_db_pools::Database;
use sqlx::{Any, AnyPool, Executor, SqlStr, Transaction, pool::PoolConnection};

use super::commit_count::CommitCount;
use super::deadline::Deadline;
use super::engine::Engine;
use super::foreign_commits::ForeignCommits;
use super::hold::Hold;
use super::in_hook::forbid_in_hook;
use super::lease::Lease;
use super::lock_key::LockKey;
use super::pooled::Pooled;
use super::refresh_turns::RefreshTurns;
use super::statement_count::StatementCount;
use super::tx::Tx;

/// The database: `site.db`, or `db: &Db` as an argument of a handler. A handler must not take a `Connection<Db>`: it
/// would be held while a slow client sends its body, and a few of those would stall every page.
///
/// ```no_run
/// use vestibule::{AccountId, Db, Result, sqlx};
///
/// async fn notes(db: &Db, account: &AccountId) -> Result<Vec<String>> {
///     let select = sqlx::query_scalar("select text from app_notes where account_id = $1 order by id");
///     Ok(select.bind(account.as_str()).fetch_all(db.reader()).await?)
/// }
/// ```
#[derive(Clone, Database)]
#[database("vestibule")]
pub struct Db(Pools);

/// The pools behind [`Db`].
#[derive(Clone)]
pub struct Pools {
    engine: Engine,
    writer: AnyPool,
    pub(super) reader: AnyPool,
    deadline: Deadline,
    commits: CommitCount,
    foreign: ForeignCommits,
    statements: StatementCount,
    refresh_turns: RefreshTurns,
    hold: Arc<Hold>,
}

impl Db {
    pub(super) fn new(engine: Engine, writer: AnyPool, reader: AnyPool, deadline: Deadline) -> Db {
        Db(Pools {
            engine,
            writer,
            refresh_turns: RefreshTurns::of(&reader),
            reader,
            deadline,
            commits: CommitCount::default(),
            foreign: ForeignCommits::default(),
            statements: StatementCount::default(),
            hold: Arc::new(Hold::Lock),
        })
    }

    /// The same database, which records its writing connections.
    pub(super) fn with_foreign(mut self, foreign: ForeignCommits) -> Db {
        self.0.foreign = foreign;
        self
    }

    /// The same database, held by something other than the lock of a file.
    pub(super) fn held_by(mut self, hold: Hold) -> Db {
        self.0.hold = Arc::new(hold);
        self
    }

    /// The lease on the database, if it is on a server.
    pub(super) fn lease(&self) -> Option<&Lease> {
        match &*self.0.hold {
            Hold::Lease(lease) => Some(lease),
            Hold::Lock | Hold::Mark => None,
        }
    }

    /// For queries that read: `select.fetch_all(db.reader())`.
    pub fn reader(&self) -> Pooled<'_> {
        self.pooled(&self.0.reader, false)
    }

    /// For a single statement that writes. Several statements, and everything that a command writes, belong in
    /// [`begin_locked`](Self::begin_locked); so does a statement that may end a session.
    pub fn writer(&self) -> Pooled<'_> {
        forbid_in_hook();
        self.pooled(&self.0.writer, true)
    }

    fn pooled<'p>(&'p self, pool: &'p AnyPool, writes: bool) -> Pooled<'p> {
        let Pools { engine, deadline, statements, hold, .. } = &self.0;
        Pooled { engine: *engine, pool, deadline: *deadline, statements, hold, writes }
    }

    /// Begins a transaction that writes. The keys say what it is about, such as an account: `user.id.lock_key()`. Until
    /// it ends, no other transaction with one of these keys runs, so what it has read stays true. Its commit makes what
    /// is cached about them be read again; with no key, what is cached about anything. Dropped without `commit`, it
    /// changes nothing.
    pub async fn begin_locked(&self, keys: &[LockKey]) -> sqlx::Result<Tx> {
        forbid_in_hook();
        let Pools { engine, deadline, commits, statements, hold, writer, .. } = &self.0;
        let statement = match engine {
            Engine::Sqlite => "begin immediate",
            Engine::Postgres => "begin",
        };
        let begun = async {
            let connection = self.pooled(writer, false).connection().await?;
            Transaction::begin(connection, Some(SqlStr::from_static(statement))).await
        };
        let transaction = deadline.of(begun).await?;
        // The same order everywhere; otherwise two transactions could wait for each other forever.
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys.dedup();
        let mut tx = Tx::new(
            transaction,
            (commits.clone(), keys.clone()),
            *deadline,
            (statements.clone(), hold.clone()),
        );
        if *engine == Engine::Postgres {
            for key in keys {
                let lock = sqlx::query("select pg_advisory_xact_lock($1)").bind(key.number());
                lock.execute(&mut tx).await?;
            }
        }
        Ok(tx)
    }

    /// The number of transactions that this process has committed. Ask before a query whose answer is kept.
    pub(super) fn commits(&self) -> u64 {
        self.0.commits.now()
    }

    /// How many statements this process has sent: a test holds a login to its number.
    #[doc(hidden)]
    pub fn statements(&self) -> u64 {
        self.0.statements.now()
    }

    /// Whether this process has committed anything about a subject since that number of commits: what was
    /// read before may be out of date. A transaction that names no subject may have changed anything.
    pub(super) fn has_changed(&self, key: LockKey, since: u64) -> bool {
        self.0.commits.has_changed(key, since)
    }

    /// The last moment for which what was read at `read_at` is known to be untouched by other processes. For a
    /// server, that is the moment when it was read.
    pub(super) fn untouched_until(&self, read_at: Instant) -> Instant {
        self.0.foreign.untouched_until(read_at)
    }

    /// Finds out whether another process has committed to a file, for
    /// [`ReadAt`](super::ReadAt). Returns whether it did: twice a second at most, and not while a
    /// transaction writes.
    pub(crate) async fn ask_about_other_processes(&self) -> bool {
        self.0.engine == Engine::Sqlite && self.0.foreign.ask(&self.0.writer).await
    }

    /// Asks the database a question without a meaning: an error if it does not answer.
    pub async fn answers(&self) -> sqlx::Result<()> {
        sqlx::query("select 1 from meta").fetch_one(self.reader()).await.map(drop)
    }

    /// Closes all connections, and checkpoints SQLite's write-ahead log into the database file. For the very
    /// end: Rocket's own shutdown leaves the pools open, since the last requests still need them.
    #[doc(hidden)]
    pub async fn close(&self) {
        if let Some(lease) = self.lease() {
            let _ = lease.release(&self.0.writer, self.0.deadline).await; // otherwise the row expires in half a minute
        }
        let _ = self.0.deadline.of(self.0.reader.close().map(Ok)).await; // a server that does not answer is left alone
        self.checkpoint().await;
        let _ = self.0.deadline.of(self.0.writer.close().map(Ok)).await;
    }

    /// Checkpoints SQLite's write-ahead log into the database file, so that deleted data is in neither: free
    /// pages are overwritten. If a reader is in the way, the next checkpoint does it.
    pub(crate) async fn checkpoint(&self) {
        if self.0.engine == Engine::Sqlite
            && let Err(error) = (&self.0.writer).execute("pragma wal_checkpoint(truncate)").await
        {
            log::warn!("could not checkpoint the write-ahead log: {error}");
        }
    }

    /// Begins the transaction of all pending migrations. For a file, with this as its only writer. No foreign key is
    /// followed from now on, or the rows that refer to a table would go with it when it is made anew: close this
    /// database afterwards.
    pub(super) async fn begin_migrating(&self) -> sqlx::Result<Transaction<'static, Any>> {
        let mut connection = self.0.writer.acquire().await?;
        connection.execute("pragma foreign_keys = off").await?; // a transaction cannot change it any more
        Transaction::begin(connection, Some(SqlStr::from_static("begin immediate"))).await
    }

    /// One connection for several questions about the tables.
    pub(super) async fn reading(&self) -> sqlx::Result<PoolConnection<Any>> {
        self.0.deadline.of(self.reader().connection()).await
    }

    /// The turns of what is read again before a request needs it.
    pub(super) fn refresh_turns(&self) -> &RefreshTurns {
        &self.0.refresh_turns
    }

    /// Whether the commits of several connections are flushed to the disk together. A file flushes one after another.
    pub(crate) fn groups_commits(&self) -> bool {
        self.0.engine == Engine::Postgres
    }

    /// Which engine it is.
    pub(super) fn engine(&self) -> Engine {
        self.0.engine
    }
}
