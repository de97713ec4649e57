//! Who has a server's database open. Each program keeps a row there that says so, and renews it as long as it lives; who must be alone
//! with the database waits until there is no other row, and keeps others away by its own. A lock of the server's would end with the
//! connection that it hangs on, which a server, a pooler or a timeout may end at any time.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rocket::tokio::time::sleep;
use sqlx::{AnyConnection, AnyPool, Connection};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::about::About;
use super::deadline::Deadline;
use crate::base::secret;

/// How often the row is renewed.
const RENEWED: Duration = Duration::from_secs(10);
/// And how soon again where that failed.
const AGAIN: Duration = Duration::from_secs(1);
/// So long after its last renewal a program no longer counts itself as having the database open, and asks it nothing. Others count it so
/// ten seconds longer, by the server's clock (the 30 in the statement below): what it asked last has ended by then.
const HOLDS: Duration = Duration::from_secs(20);
/// How often somebody who waits looks.
const LOOK: Duration = Duration::from_millis(500);

/// What a program has the database open for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Doing {
    Serve,
    Command,
    ReplaceKey,
    Move,
}

impl Doing {
    /// As it stands in the row.
    fn in_words(self) -> &'static str {
        match self {
            Doing::Serve => "serves the site",
            Doing::Command => "runs a command",
            Doing::ReplaceKey => "replaces the key",
            Doing::Move => "moves the database",
        }
    }

    /// Whether nobody else may have the database open meanwhile.
    fn is_alone(self) -> bool {
        matches!(self, Doing::ReplaceKey | Doing::Move)
    }
}

/// Another program that has the database open.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(super) struct Holder {
    id: String,
    host: String,
    process: i64,
    doing: String,
    created_at: i64,
    seen_at: i64,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Holder { host, process, doing, created_at, .. } = self;
        let since = OffsetDateTime::from_unix_timestamp(*created_at).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let since = since.format(&Rfc3339).unwrap_or_default();
        // The name is the other machine's own: nothing of it steers the terminal.
        let host: String = host.chars().filter(|c| !c.is_control()).collect();
        write!(f, "process {process} on {host} {doing} since {since}")
    }
}

/// What the database says about itself to a program that has just opened it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Facts {
    /// The fingerprint of the key it belongs to.
    pub(super) key: String,
    /// Where it was moved to.
    pub(super) moved_to: Option<String>,
}

/// A program's own row.
#[derive(Clone, Debug)]
pub(super) struct Lease {
    id: Arc<str>,
    doing: Doing,
    facts: Facts,
    begun: Instant,
    /// When it was renewed last, in milliseconds since `begun`; or that others had the database since.
    renewed: Arc<AtomicU64>,
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
            let facts = facts(connection).await?;
            return Ok(Ok(Lease { id: id.into(), doing, facts, begun: asked, renewed: Arc::default() }));
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
    sqlx::query(
        "delete from open_by where extract(epoch from clock_timestamp())::bigint - seen_at not between -30 and 30",
    )
    .execute(&mut *transaction)
    .await?;
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

async fn facts(connection: &mut AnyConnection) -> sqlx::Result<Facts> {
    let select = "select name, value from facts where name in ('key_fingerprint', 'moved_to')";
    let rows: Vec<(String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let value = |name: &str| rows.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    Ok(Facts { key: value("key_fingerprint").unwrap_or_default(), moved_to: value("moved_to") })
}

impl Lease {
    /// What the database said when it was opened.
    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Refuses where the row was not renewed for too long: others may count this program as dead.
    pub(super) fn check(&self) -> sqlx::Result<()> {
        let renewed = self.renewed.load(Ordering::SeqCst);
        let ago = self.begun.elapsed().saturating_sub(Duration::from_millis(renewed));
        if renewed != LOST && ago < HOLDS {
            return Ok(());
        }
        Err(sqlx::Error::Protocol("this program has not renewed its hold on the database in time".into()))
    }

    /// Renews the row until the pool is closed. Once it was taken for dead, it comes back only where nothing has changed.
    pub(super) async fn keep(self, pool: AnyPool, within: Deadline) {
        let (mut pause, mut told) = (RENEWED, false);
        loop {
            sleep(pause).await;
            let asked = self.begun.elapsed();
            match within.of(self.renew(&pool)).await {
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
        if facts(&mut connection).await? != self.facts {
            return Ok(Some(changed.to_owned()));
        }
        if let Some(other) = put(&mut connection, &self.id, self.doing).await?.first() {
            return Ok(Some(other.to_string()));
        }
        // Who was alone with it may have gone between the two.
        if facts(&mut connection).await? == self.facts {
            return Ok(None);
        }
        drop(connection);
        self.release(pool).await?;
        Ok(Some(changed.to_owned()))
    }

    /// Takes the row away.
    pub(super) async fn release(&self, pool: &AnyPool) -> sqlx::Result<()> {
        sqlx::query("delete from open_by where id = $1").bind(&*self.id).execute(pool).await.map(drop)
    }

    /// Writes down that the database was moved, and takes the row away: both, and only while it is there.
    pub(super) async fn mark(&self, pool: &AnyPool, moved_to: &str) -> sqlx::Result<()> {
        let mut transaction = pool.begin().await?;
        let own = sqlx::query("delete from open_by where id = $1").bind(&*self.id);
        if own.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(sqlx::Error::Protocol("others may have opened it meanwhile".into()));
        }
        mark(&mut transaction, moved_to).await?;
        transaction.commit().await
    }
}

/// Writes down that a database was moved.
pub(super) async fn mark(connection: &mut AnyConnection, moved_to: &str) -> sqlx::Result<()> {
    let insert = "insert into facts (name, value) values ('moved_to', $1) on conflict (name) do update set value = excluded.value";
    sqlx::query(insert).bind(moved_to).execute(connection).await.map(drop)
}

/// Takes that back.
pub(super) async fn unmark(connection: &mut AnyConnection) -> sqlx::Result<()> {
    sqlx::query("delete from facts where name = 'moved_to'").execute(connection).await.map(drop)
}
