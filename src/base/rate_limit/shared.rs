//! Attempts that count for certain, shared by all instances on the database, and kept over a restart. They
//! are counted [in memory](super::Limits) before the work, so parallel attempts get no more of it. What turned
//! out to count is recorded here, in the transaction of the work, and checked before the next attempt. So a
//! correct login writes nothing.
//!
//! Each row holds one number, as in memory: the moment at which the full allowance is available again.

use sqlx::Any;
use sqlx::any::AnyArguments;

use super::limit_key::LimitKey;
use super::limited_action::{LimitedAction, MICROSECONDS, Rate};
use super::retry_after::RetryAfter;
use crate::base::clock::Time;
use crate::base::config::Settings;
use crate::base::db::{Db, Tx, many};

/// Most rows that are kept, some ten megabytes. Beyond that, those with the most allowance left are removed
/// first.
const MAX_ROWS: i64 = 100_000;

/// Checks whether an attempt is allowed, or returns how long to wait.
pub async fn look(
    db: &Db,
    settings: &Settings,
    action: &LimitedAction,
    limit_key: &LimitKey,
    now: Time,
) -> sqlx::Result<Result<(), RetryAfter>> {
    let counted = Rows::of(action, settings, limit_key);
    let rows = counted.select().fetch_all(db.reader()).await?;
    let furthest = micros(now) + (action.rate)(settings).window();
    if rows.iter().any(|(_, whole_at)| *whole_at > furthest) {
        // The clock was ahead and has been set back: without this, all would be locked out until the clock
        // reaches that time.
        let update = "update rate_limits set whole_at = $1 where whole_at > $1 and key in ($2, $3, $4)";
        let update = counted.keys().fold(sqlx::query(update).bind(furthest), |update, key| update.bind(key));
        update.execute(db.writer()).await?;
    }
    Ok(counted.left(&rows, action, now))
}

/// How long attempts with each of these keys have to wait, in their order; `None` where one is allowed. This is for showing
/// it, in one query: nothing is put right.
pub async fn waits(
    db: &Db,
    settings: &Settings,
    action: &LimitedAction,
    limit_keys: &[LimitKey],
    now: Time,
) -> sqlx::Result<Vec<Option<RetryAfter>>> {
    let each: Vec<Rows> = limit_keys.iter().map(|limit_key| Rows::of(action, settings, limit_key)).collect();
    let keys: Vec<&str> = each.iter().flat_map(|counted| &counted.0).map(|(key, _)| &**key).collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut select =
        sqlx::query_as(many::list("select key, whole_at from rate_limits where key in", keys.len(), ""));
    for key in &keys {
        select = select.bind(*key);
    }
    let rows: Vec<(String, i64)> = select.fetch_all(db.reader()).await?;
    Ok(each.iter().map(|counted| counted.left(&rows, action, now).err()).collect())
}

/// The rows in which an attempt was recorded, by their keys: with the latest moment, in microseconds, that a row
/// may hold and still allow another.
pub(in crate::base) fn latest(
    settings: &Settings,
    action: &LimitedAction,
    limit_key: &LimitKey,
    now: Time,
) -> impl Iterator<Item = (String, i64)> {
    let rows = Rows::of(action, settings, limit_key).0.into_iter();
    rows.map(move |(key, rate)| (key, micros(now) + rate.window() - rate.emission_interval()))
}

/// Takes an attempt within the transaction that records it, or returns how long to wait.
pub async fn take(
    tx: &mut Tx,
    settings: &Settings,
    action: &LimitedAction,
    limit_key: &LimitKey,
    now: Time,
) -> sqlx::Result<Result<(), RetryAfter>> {
    let counted = Rows::of(action, settings, limit_key);
    let rows = counted.select().fetch_all(&mut *tx).await?;
    if let Err(wait) = counted.left(&rows, action, now) {
        return Ok(Err(wait));
    }
    count(tx, settings, action, limit_key, now).await.map(Ok)
}

/// Counts an attempt in the transaction that records it: in all its rows, with one statement.
pub async fn count(
    tx: &mut Tx,
    settings: &Settings,
    action: &LimitedAction,
    limit_key: &LimitKey,
    now: Time,
) -> sqlx::Result<()> {
    let (counted, furthest) = (Rows::of(action, settings, limit_key), (action.rate)(settings).window());
    let insert = if let [_] = counted.0[..] { COUNT_ONE } else { COUNT_THREE };
    let mut insert = sqlx::query(insert).bind(micros(now)).bind(micros(now) + furthest);
    for (key, rate) in counted.0 {
        insert = insert.bind(key).bind(micros(now) + rate.emission_interval());
    }
    insert.execute(tx).await.map(drop)
}

/// How long a [mark](forgotten) is kept: longer than anything is counted in memory.
const MARK_KEPT: i64 = 24 * 60 * 60 * MICROSECONDS;

/// Forgets what was recorded, and leaves a mark by which the memory of each instance follows.
pub async fn forget(
    tx: &mut Tx,
    settings: &Settings,
    action: &LimitedAction,
    limit_key: &LimitKey,
    now: Time,
) -> sqlx::Result<()> {
    let counted = Rows::of(action, settings, limit_key);
    let delete = sqlx::query("delete from rate_limits where key in ($1, $2, $3)");
    counted.keys().fold(delete, |delete, key| delete.bind(key)).execute(&mut *tx).await?;
    // Each mark is another number, also within one second.
    let mark = sqlx::query(
        "insert into rate_limits (key, whole_at) values ($1, $2) on conflict (key) do update set whole_at = \
         case when rate_limits.whole_at < excluded.whole_at then excluded.whole_at else rate_limits.whole_at + 1 end",
    );
    mark.bind(mark_key(action, limit_key)).bind(micros(now) + MARK_KEPT).execute(tx).await.map(drop)
}

/// The mark of the last time that what is counted for this key was forgotten on the operator's order. `None` if it was not.
pub async fn forgotten(db: &Db, action: &LimitedAction, limit_key: &LimitKey) -> sqlx::Result<Option<i64>> {
    let select = sqlx::query_scalar("select whole_at from rate_limits where key = $1");
    select.bind(mark_key(action, limit_key)).fetch_optional(db.reader()).await
}

fn mark_key(action: &LimitedAction, limit_key: &LimitKey) -> String {
    LimitKey::Of("forgotten", limit_key.hash(action.code)).hash(action.code)
}

/// Moves each row by its share of its window: from now ($1), or from the moment it holds, which is never further
/// away than a whole window ($2), as in memory.
const COUNT_ONE: &str = "insert into rate_limits (key, whole_at) values ($3, $4) on conflict (key) do update set \
     whole_at = excluded.whole_at - $1 + \
     case when rate_limits.whole_at < $1 then $1 when rate_limits.whole_at > $2 then $2 else rate_limits.whole_at end";
const COUNT_THREE: &str = "insert into rate_limits (key, whole_at) values ($3, $4), ($5, $6), ($7, $8) \
     on conflict (key) do update set whole_at = excluded.whole_at - $1 + \
     case when rate_limits.whole_at < $1 then $1 when rate_limits.whole_at > $2 then $2 else rate_limits.whole_at end";

/// The rows that an attempt counts in, with their rates: three for an IPv6 network, otherwise one.
struct Rows(Vec<(String, Rate)>);

impl Rows {
    fn of(action: &LimitedAction, settings: &Settings, limit_key: &LimitKey) -> Rows {
        let rates = action.rates(settings, limit_key).into_iter();
        Rows(rates.map(|(limit_key, rate)| (limit_key.hash(action.code), rate)).collect())
    }

    /// Three keys for the statement; a single one is repeated.
    fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| &**key).cycle().take(3)
    }

    /// Reads all of them in one query.
    fn select(&self) -> sqlx::query::QueryAs<'_, Any, (String, i64), AnyArguments> {
        let select = sqlx::query_as("select key, whole_at from rate_limits where key in ($1, $2, $3)");
        self.keys().fold(select, |select, key| select.bind(key))
    }

    /// Whether all of them allow an attempt, or the longest of their waits.
    fn left(&self, rows: &[(String, i64)], action: &LimitedAction, now: Time) -> Result<(), RetryAfter> {
        let whole_at =
            |key: &String| rows.iter().find(|(known, _)| known == key).map(|(_, whole_at)| *whole_at);
        let seconds = |(key, rate): &(String, Rate)| rate.seconds_left(whole_at(key)?, micros(now));
        let longest = self.0.iter().filter_map(seconds).max();
        longest.map_or(Ok(()), |seconds| Err(RetryAfter::new(seconds, action.why)))
    }
}

/// Removes rows with their full allowance, and those beyond the limit.
pub async fn sweep(db: &Db, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from rate_limits where whole_at <= $1");
    delete.bind(micros(now)).execute(db.writer()).await?;
    let surplus = sqlx::query(
        "delete from rate_limits where key in (select key from rate_limits order by whole_at desc, key desc limit $2 offset $1)",
    );
    surplus.bind(MAX_ROWS).bind(i64::MAX).execute(db.writer()).await.map(drop)
}

fn micros(now: Time) -> i64 {
    now.unix() * MICROSECONDS
}
