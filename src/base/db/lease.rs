//! Records who has a server's database open. Each program keeps a row there and renews it while it runs. A
//! program that needs the database for itself waits until there is no other row; its own row keeps others
//! away. A lock of the server would end with its connection, which a server, a pooler or a timeout may close
//! at any time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rocket::tokio::select;
use rocket::tokio::sync::{Mutex, Notify};
use rocket::tokio::time::sleep;
use sqlx::{AnyConnection, AnyPool, Connection};

use super::deadline::Deadline;
use super::holder::{Holder, OpenPurpose};
use super::lock_key::LockKey;
use super::meta::{self, Meta};
use crate::base::config::values::LONGEST_DATABASE_TIMEOUT;
use crate::base::secret;

/// How often the row is renewed.
const RENEW_EVERY: Duration = Duration::from_secs(10);
/// How soon a failed renewal is retried.
const RETRY_EVERY: Duration = Duration::from_secs(1);
/// Timeout of a renewal, whatever `database_timeout` is. Renewals start 10, 14 and 18 seconds after the last
/// successful one, so two may fail before the lease ends.
const RENEW_TIMEOUT: Duration = Duration::from_secs(3);
/// For this long after its last renewal, a program treats the database as open. After that it sends no more
/// queries.
///
/// Others treat it as open for [`DEAD_AFTER`], by the server's clock. In between, its last query ends: a
/// single statement is sent within `VALID_FOR` of the renewal, and the server ends it after
/// `database_timeout`, which is at most 8 seconds; 20 + 8 < 30. A transaction may take any time and needs no
/// such bound: before it commits it [locks the row](Lease::fence). Either no one can remove the row until the
/// transaction has ended, or the row is gone and the transaction does not commit.
const VALID_FOR: Duration = Duration::from_secs(20);
/// After this many seconds without a renewal, others consider a program dead.
const DEAD_AFTER: u32 = 30;
const _: () = assert!(VALID_FOR.as_secs() + LONGEST_DATABASE_TIMEOUT < DEAD_AFTER as u64);
/// How often a waiting program checks again.
const CHECK_EVERY: Duration = Duration::from_millis(500);

/// A program's own row.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    id: Arc<str>,
    purpose: OpenPurpose,
    meta: Meta,
    begun: Instant,
    /// Time of the last renewal, in milliseconds since `begun`; or `LOST`, if others had the database
    /// since.
    renewed: Arc<AtomicU64>,
    /// Whether the lease was released. Locked during each renewal, so that no renewal comes after the release
    /// and puts the row back.
    ended: Arc<Mutex<bool>>,
    /// Signals that the row is gone and must be renewed at once.
    gone: Arc<Notify>,
}

/// Stored instead of a time: others had the database since.
const LOST: u64 = u64::MAX;

/// Inserts a row, or waits for the programs in the way: until they have ended, or were dead for long enough.
/// Returns the first that is alive, that is, one that renews its row in the meantime.
pub(super) async fn take(
    connection: &mut AnyConnection,
    purpose: OpenPurpose,
) -> sqlx::Result<Result<Lease, Holder>> {
    let id = secret::random_name();
    let mut first: Option<Vec<Holder>> = None;
    loop {
        let asked = Instant::now();
        let others = put(connection, &id, purpose).await?;
        if others.is_empty() {
            let meta = meta::read(connection).await?;
            return Ok(Ok(Lease::new(id, purpose, meta, asked)));
        }
        match &first {
            None => {
                for other in &others {
                    log::warn!("waiting for the database: {other}");
                }
                first = Some(others);
            }
            Some(first) => {
                if let Some(alive) = others.into_iter().find(|other| !first.contains(other)) {
                    return Ok(Err(alive));
                }
            }
        }
        sleep(CHECK_EVERY).await;
    }
}

/// Inserts the row unless other programs are in the way; returns those. One program at a time does this.
async fn put(connection: &mut AnyConnection, id: &str, purpose: OpenPurpose) -> sqlx::Result<Vec<Holder>> {
    let mut transaction = connection.begin().await?;
    let lock = sqlx::query("select pg_advisory_xact_lock($1)").bind(LockKey::being_open().number());
    lock.execute(&mut *transaction).await?;
    let dead = "delete from open_by where abs(extract(epoch from clock_timestamp())::bigint - seen_at) > $1";
    sqlx::query(dead).bind(i64::from(DEAD_AFTER)).execute(&mut *transaction).await?;
    let others: Vec<Holder> = sqlx::query_as(
        "select id, host, process, purpose, created_at, seen_at from open_by where id <> $1 and (exclusive = 1 or $2 = 1) \
         order by created_at, id",
    )
    .bind(id)
    .bind(i64::from(purpose.is_exclusive()))
    .fetch_all(&mut *transaction)
    .await?;
    if others.is_empty() {
        sqlx::query(
            "insert into open_by (id, host, process, purpose, exclusive, created_at, seen_at) select $1, $2, $3, $4, $5, now, now from \
             (select extract(epoch from clock_timestamp())::bigint as now) as clock \
             on conflict (id) do update set seen_at = excluded.seen_at",
        )
        .bind(id)
        .bind(rustix::system::uname().nodename().to_string_lossy().into_owned())
        .bind(i64::from(std::process::id()))
        .bind(purpose.code())
        .bind(i64::from(purpose.is_exclusive()))
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(others)
}

impl Lease {
    fn new(id: String, purpose: OpenPurpose, meta: Meta, begun: Instant) -> Lease {
        Lease {
            id: id.into(),
            purpose,
            meta,
            begun,
            renewed: Arc::default(),
            ended: Arc::default(),
            gone: Arc::default(),
        }
    }

    /// What the database said when it was opened.
    pub(super) fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Refuses if the row was not renewed for too long: others may consider this program dead.
    pub(super) fn check(&self) -> sqlx::Result<()> {
        let renewed = self.renewed.load(Ordering::SeqCst);
        let ago = self.begun.elapsed().saturating_sub(Duration::from_millis(renewed));
        if renewed != LOST && ago < VALID_FOR { Ok(()) } else { Err(lapsed()) }
    }

    /// Keeps the row until a transaction that is about to commit has ended, or refuses if the row is gone.
    /// Renewals continue: they change no key.
    pub(super) async fn fence(&self, transaction: &mut AnyConnection) -> sqlx::Result<()> {
        self.check()?;
        let select = sqlx::query("select 1 from open_by where id = $1 for key share");
        let own = select.bind(&*self.id).fetch_optional(transaction).await?;
        own.map(drop).ok_or_else(|| {
            self.gone.notify_one();
            lapsed()
        })
    }

    /// Renews the row until the lease is released or the pool is closed. If others considered this program
    /// dead, the row comes back only if nothing has changed.
    pub(super) async fn keep(self, pool: AnyPool) {
        let (mut pause, mut told) = (RENEW_EVERY, false);
        loop {
            select! {
                () = sleep(pause) => {}
                () = self.gone.notified() => {}
            }
            let asked = self.begun.elapsed();
            let Some(renewed) = self.turn(&pool).await else { return };
            match renewed {
                Ok(None) => {
                    let asked = u64::try_from(asked.as_millis()).unwrap_or(u64::MAX);
                    self.renewed.store(asked, Ordering::SeqCst);
                    if told {
                        log::warn!("this program has its lease on the database again");
                    }
                    (pause, told) = (RENEW_EVERY, false);
                }
                Ok(Some(why)) => {
                    self.renewed.store(LOST, Ordering::SeqCst);
                    if !told {
                        log::error!(event = "sys_database"; "this program lost its lease on the database and does not use it: {why}");
                    }
                    (pause, told) = (RETRY_EVERY, true);
                }
                Err(sqlx::Error::PoolClosed) => return,
                Err(_) => pause = RETRY_EVERY, // requests fail with the same error
            }
        }
    }

    /// Renews the row within the timeout; `None` if it was released.
    pub(super) async fn turn(&self, pool: &AnyPool) -> Option<sqlx::Result<Option<String>>> {
        let ended = self.ended.lock().await;
        if *ended { None } else { Some(Deadline::after(RENEW_TIMEOUT).of(self.renew(pool)).await) }
    }

    /// Renews the row. Returns the reason if others had the database in the meantime.
    async fn renew(&self, pool: &AnyPool) -> sqlx::Result<Option<String>> {
        let mut connection = pool.acquire().await?;
        let update =
            "update open_by set seen_at = extract(epoch from clock_timestamp())::bigint where id = $1";
        let update = sqlx::query(update).bind(&*self.id).execute(&mut *connection).await?;
        if update.rows_affected() == 1 {
            return Ok(None);
        }
        if self.purpose.is_exclusive() {
            return Ok(Some("other programs may have opened the database".to_owned()));
        }
        let changed = "the database was moved, or has another secret key; stop this program";
        if meta::read(&mut connection).await? != self.meta {
            return Ok(Some(changed.to_owned()));
        }
        if let Some(other) = put(&mut connection, &self.id, self.purpose).await?.first() {
            return Ok(Some(other.to_string()));
        }
        // A program that had the database for itself may have ended between the two.
        if meta::read(&mut connection).await? == self.meta {
            return Ok(None);
        }
        drop(connection);
        self.delete(pool).await?;
        Ok(Some(changed.to_owned()))
    }

    /// Removes the row for good.
    pub(super) async fn release(&self, pool: &AnyPool, within: Deadline) -> sqlx::Result<()> {
        *self.ended.lock().await = true; // a renewal in progress has its own timeout
        within.of(self.delete(pool)).await
    }

    pub(super) async fn delete(&self, pool: &AnyPool) -> sqlx::Result<()> {
        sqlx::query("delete from open_by where id = $1").bind(&*self.id).execute(pool).await.map(drop)
    }

    /// Records that the database was moved, and removes the row. Does both, and only while the row exists.
    pub(super) async fn mark(&self, pool: &AnyPool, moved_to: &str) -> sqlx::Result<()> {
        *self.ended.lock().await = true;
        let mut transaction = pool.begin().await?;
        let own = sqlx::query("delete from open_by where id = $1").bind(&*self.id);
        if own.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(sqlx::Error::Protocol(
                "other programs may have opened the database meanwhile".into(),
            ));
        }
        meta::mark(&mut transaction, moved_to).await?;
        transaction.commit().await
    }
}

fn lapsed() -> sqlx::Error {
    sqlx::Error::Protocol("this program did not renew its lease on the database in time".into())
}
