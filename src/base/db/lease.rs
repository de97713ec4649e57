//! Who has a server's database open. Each program keeps a row there that says so, and renews it as long as it lives; who must be alone
//! with the database waits until there is no other row, and keeps others away by its own. A lock of the server's would end with the
//! connection that it hangs on, which a server, a pooler or a timeout may end at any time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rocket::tokio::select;
use rocket::tokio::sync::{Mutex, Notify};
use rocket::tokio::time::sleep;
use sqlx::{AnyConnection, AnyPool, Connection};

use super::about::About;
use super::deadline::Deadline;
use super::facts::{self, Facts};
use super::holder::{Doing, Holder};
use crate::base::secret;
use crate::base::values::LONGEST_DATABASE_TIMEOUT;

/// How often the row is renewed.
const RENEWED: Duration = Duration::from_secs(10);
/// And how soon again where that failed.
const AGAIN: Duration = Duration::from_secs(1);
/// A renewal that takes longer has failed, whatever `database_timeout` is: tries begin 10, 14 and 18 seconds after the last renewal,
/// so that two of them may fail before the lease ends.
const RENEWED_WITHIN: Duration = Duration::from_secs(3);
/// A program counts itself as having the database open for this long after its last renewal, and then asks it nothing.
///
/// Others count it so for [`DEAD`], by the server's clock. In between, what it asked last comes to its end: a single statement is
/// sent within `HOLDS` of the renewal, and the server ends it after `database_timeout`, of at most 8 seconds; 20 + 8 < 30. A
/// transaction needs no such sum, which nothing bounds: before it commits it [locks the row](Lease::fence), which nobody then takes
/// away until it has ended, or finds it gone and does not commit.
const HOLDS: Duration = Duration::from_secs(20);
/// After this many seconds without a renewal others take a program for dead.
const DEAD: u32 = 30;
const _: () = assert!(HOLDS.as_secs() + LONGEST_DATABASE_TIMEOUT < DEAD as u64);
/// How often somebody who waits looks.
const LOOK: Duration = Duration::from_millis(500);

/// A program's own row.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    id: Arc<str>,
    doing: Doing,
    facts: Facts,
    begun: Instant,
    /// When it was renewed last, in milliseconds since `begun`; or that others had the database since.
    renewed: Arc<AtomicU64>,
    /// Whether it was let go. Held during each renewal: none comes after the end, and puts the row back.
    ended: Arc<Mutex<bool>>,
    /// That the row was found to be gone, and is to be renewed at once.
    gone: Arc<Notify>,
}

/// In the place of a time: others had the database since.
const LOST: u64 = u64::MAX;

/// Puts a row there, or waits for those who are in the way: until they have gone, or were dead for long enough. The answer is the first who
/// is alive, which is one that renews its row meanwhile.
pub(super) async fn take(
    connection: &mut AnyConnection,
    doing: Doing,
) -> sqlx::Result<Result<Lease, Holder>> {
    let id = secret::random_name();
    let mut first: Option<Vec<Holder>> = None;
    loop {
        let asked = Instant::now();
        let others = put(connection, &id, doing).await?;
        if others.is_empty() {
            let facts = facts::read(connection).await?;
            return Ok(Ok(Lease::new(id, doing, facts, asked)));
        }
        match &first {
            None => {
                for other in &others {
                    log::warn!("waiting, since {other}");
                }
                first = Some(others);
            }
            Some(first) => {
                if let Some(alive) = others.into_iter().find(|other| !first.contains(other)) {
                    return Ok(Err(alive));
                }
            }
        }
        sleep(LOOK).await;
    }
}

/// Puts the row there unless somebody is in the way; who. One program at a time is at this.
async fn put(connection: &mut AnyConnection, id: &str, doing: Doing) -> sqlx::Result<Vec<Holder>> {
    let mut transaction = connection.begin().await?;
    let lock = sqlx::query("select pg_advisory_xact_lock($1)").bind(About::being_open().number());
    lock.execute(&mut *transaction).await?;
    let dead = "delete from open_by where abs(extract(epoch from clock_timestamp())::bigint - seen_at) > $1";
    sqlx::query(dead).bind(i64::from(DEAD)).execute(&mut *transaction).await?;
    let others: Vec<Holder> = sqlx::query_as(
        "select id, host, process, doing, created_at, seen_at from open_by where id <> $1 and (alone = 1 or $2 = 1) \
         order by created_at, id",
    )
    .bind(id)
    .bind(i64::from(doing.is_alone()))
    .fetch_all(&mut *transaction)
    .await?;
    if others.is_empty() {
        sqlx::query(
            "insert into open_by (id, host, process, doing, alone, created_at, seen_at) select $1, $2, $3, $4, $5, now, now from \
             (select extract(epoch from clock_timestamp())::bigint as now) as clock \
             on conflict (id) do update set seen_at = excluded.seen_at",
        )
        .bind(id)
        .bind(rustix::system::uname().nodename().to_string_lossy().into_owned())
        .bind(i64::from(std::process::id()))
        .bind(doing.in_words())
        .bind(i64::from(doing.is_alone()))
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(others)
}

impl Lease {
    fn new(id: String, doing: Doing, facts: Facts, begun: Instant) -> Lease {
        Lease {
            id: id.into(),
            doing,
            facts,
            begun,
            renewed: Arc::default(),
            ended: Arc::default(),
            gone: Arc::default(),
        }
    }

    /// What the database said when it was opened.
    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Refuses where the row was not renewed for too long: others may count this program as dead.
    pub(super) fn check(&self) -> sqlx::Result<()> {
        let renewed = self.renewed.load(Ordering::SeqCst);
        let ago = self.begun.elapsed().saturating_sub(Duration::from_millis(renewed));
        if renewed != LOST && ago < HOLDS { Ok(()) } else { Err(lapsed()) }
    }

    /// Keeps the row there until a transaction that is about to commit has ended, or refuses where it is gone. Renewals go on
    /// meanwhile: they change no key.
    pub(super) async fn fence(&self, transaction: &mut AnyConnection) -> sqlx::Result<()> {
        self.check()?;
        let select = sqlx::query("select 1 from open_by where id = $1 for key share");
        let own = select.bind(&*self.id).fetch_optional(transaction).await?;
        own.map(drop).ok_or_else(|| {
            self.gone.notify_one();
            lapsed()
        })
    }

    /// Renews the row until the lease is let go or the pool is closed. Once it was taken for dead, it comes back only where nothing
    /// has changed.
    pub(super) async fn keep(self, pool: AnyPool) {
        let (mut pause, mut told) = (RENEWED, false);
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
                        log::warn!("this program has the database again");
                    }
                    (pause, told) = (RENEWED, false);
                }
                Ok(Some(why)) => {
                    self.renewed.store(LOST, Ordering::SeqCst);
                    if !told {
                        log::error!(event = "sys_database"; "this program was taken for dead and asks the database nothing: {why}");
                    }
                    (pause, told) = (AGAIN, true);
                }
                Err(sqlx::Error::PoolClosed) => return,
                Err(_) => pause = AGAIN, // what visitors ask says so, too
            }
        }
    }

    /// Renews the row in its time; `None` where it was let go.
    pub(super) async fn turn(&self, pool: &AnyPool) -> Option<sqlx::Result<Option<String>>> {
        let ended = self.ended.lock().await;
        if *ended { None } else { Some(Deadline::after(RENEWED_WITHIN).of(self.renew(pool)).await) }
    }

    /// Renews the row; why not, where others had the database meanwhile.
    async fn renew(&self, pool: &AnyPool) -> sqlx::Result<Option<String>> {
        let mut connection = pool.acquire().await?;
        let update =
            "update open_by set seen_at = extract(epoch from clock_timestamp())::bigint where id = $1";
        let update = sqlx::query(update).bind(&*self.id).execute(&mut *connection).await?;
        if update.rows_affected() == 1 {
            return Ok(None);
        }
        if self.doing.is_alone() {
            return Ok(Some("others may have opened it".to_owned()));
        }
        let changed = "it was moved, or belongs to another key. Stop this program";
        if facts::read(&mut connection).await? != self.facts {
            return Ok(Some(changed.to_owned()));
        }
        if let Some(other) = put(&mut connection, &self.id, self.doing).await?.first() {
            return Ok(Some(other.to_string()));
        }
        // Who was alone with it may have gone between the two.
        if facts::read(&mut connection).await? == self.facts {
            return Ok(None);
        }
        drop(connection);
        self.delete(pool).await?;
        Ok(Some(changed.to_owned()))
    }

    /// Takes the row away, for good.
    pub(super) async fn release(&self, pool: &AnyPool, within: Deadline) -> sqlx::Result<()> {
        *self.ended.lock().await = true; // a renewal that is under way takes no longer than it may
        within.of(self.delete(pool)).await
    }

    pub(super) async fn delete(&self, pool: &AnyPool) -> sqlx::Result<()> {
        sqlx::query("delete from open_by where id = $1").bind(&*self.id).execute(pool).await.map(drop)
    }

    /// Writes down that the database was moved, and takes the row away: both, and only while it is there.
    pub(super) async fn mark(&self, pool: &AnyPool, moved_to: &str) -> sqlx::Result<()> {
        *self.ended.lock().await = true;
        let mut transaction = pool.begin().await?;
        let own = sqlx::query("delete from open_by where id = $1").bind(&*self.id);
        if own.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(sqlx::Error::Protocol("others may have opened it meanwhile".into()));
        }
        facts::mark(&mut transaction, moved_to).await?;
        transaction.commit().await
    }
}

fn lapsed() -> sqlx::Error {
    sqlx::Error::Protocol("this program has not renewed its hold on the database in time".into())
}
