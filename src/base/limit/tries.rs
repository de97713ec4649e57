//! Attempts that count for certain, shared by all instances on the database, and kept over a restart.
//! [`Limits`] counts in memory before the work, so parallel attempts get no more of it. What turned out to be
//! a wrong password or a sign-up is recorded here, in the same transaction, and checked before the next
//! attempt. So a correct login writes nothing.
//!
//! Each row holds one number, as in memory: the moment at which the full allowance is available again.

use super::action::{Action, MICROSECONDS};
use super::buckets::{Limits, Source};
use super::guesses::key;
use super::wait::Wait;
use crate::base::clock::Time;
use crate::base::db::{Db, Tx};
use crate::base::settings::Settings;

/// Most rows that are kept, some ten megabytes. Beyond that, those with the most allowance left are removed
/// first.
const MOST_ROWS: i64 = 100_000;

/// Checks whether an attempt is allowed, or returns how long to wait.
pub async fn look(
    db: &Db,
    settings: &Settings,
    action: Action,
    source: &Source,
    now: Time,
) -> sqlx::Result<Result<(), Wait>> {
    let rate = action.rate(settings);
    let select = sqlx::query_scalar("select whole_at from tries where key = $1");
    let key = named(action, source);
    let whole_at: Option<i64> = select.bind(&key).fetch_optional(db.reader()).await?;
    let furthest = micros(now) + rate.window();
    if whole_at.is_some_and(|whole_at| whole_at > furthest) {
        // The clock was ahead and has been set back: without this, all would be locked out until the clock
        // reaches that time.
        let update = sqlx::query("update tries set whole_at = $2 where key = $1 and whole_at > $2");
        update.bind(&key).bind(furthest).execute(db.writer()).await?;
    }
    Ok(match whole_at.and_then(|whole_at| rate.seconds_left(whole_at, micros(now))) {
        Some(seconds) => Err(Wait::new(seconds, action.sentence())),
        None => Ok(()),
    })
}

/// Does some work if an attempt is allowed: counted in memory first, then checked against the recorded ones.
/// The work records its own attempt with [`count`]. If the check or the work fails, the attempt is given
/// back. If the request is dropped in between, the attempt stays counted; otherwise disconnecting would give
/// a free attempt.
pub async fn within<T, E: From<sqlx::Error>>(
    (limits, db): (&Limits, &Db),
    action: Action,
    source: &Source,
    now: Time,
    work: impl Future<Output = Result<T, E>>,
) -> Result<Result<T, Wait>, E> {
    if let Err(wait) = limits.take(action, source, now) {
        return Ok(Err(wait));
    }
    let done = match look(db, limits.settings(), action, source, now).await {
        Ok(Ok(())) => work.await.map(Ok),
        Ok(Err(wait)) => Ok(Err(wait)),
        Err(error) => Err(error.into()),
    };
    if !matches!(done, Ok(Ok(_))) {
        limits.give_back(action, source);
    }
    done
}

/// Takes an attempt within the transaction that records it, or returns how long to wait.
pub async fn take(
    tx: &mut Tx,
    settings: &Settings,
    action: Action,
    source: &Source,
    now: Time,
) -> sqlx::Result<Result<(), Wait>> {
    let select = sqlx::query_scalar("select whole_at from tries where key = $1");
    let whole_at: Option<i64> = select.bind(named(action, source)).fetch_optional(&mut *tx).await?;
    let seconds = whole_at.and_then(|whole_at| action.rate(settings).seconds_left(whole_at, micros(now)));
    if let Some(seconds) = seconds {
        return Ok(Err(Wait::new(seconds, action.sentence())));
    }
    count(tx, settings, action, source, now).await.map(Ok)
}

/// Counts an attempt, within the transaction that records it.
pub async fn count(
    tx: &mut Tx,
    settings: &Settings,
    action: Action,
    source: &Source,
    now: Time,
) -> sqlx::Result<()> {
    let rate = action.rate(settings);
    // Never further away than a whole window, as in memory.
    sqlx::query(
        "insert into tries (key, whole_at) values ($1, $2 + $3) on conflict (key) do update set whole_at = $3 + \
         case when tries.whole_at < $2 then $2 when tries.whole_at > $4 then $4 else tries.whole_at end",
    )
    .bind(named(action, source))
    .bind(micros(now))
    .bind(rate.each())
    .bind(micros(now) + rate.window())
    .execute(tx)
    .await
    .map(drop)
}

/// Removes rows with their full allowance, and those beyond the limit.
pub async fn sweep(db: &Db, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from tries where whole_at <= $1");
    delete.bind(micros(now)).execute(db.writer()).await?;
    let surplus = sqlx::query(
        "delete from tries where key in (select key from tries order by whole_at desc, key desc limit $2 offset $1)",
    );
    surplus.bind(MOST_ROWS).bind(i64::MAX).execute(db.writer()).await.map(drop)
}

fn micros(now: Time) -> i64 {
    now.unix() * MICROSECONDS
}

/// A hash, so that no stranger's address is stored.
fn named(action: Action, source: &Source) -> String {
    let (kind, name) = match source {
        Source::Network(address) => ("network", address.map(|ip| ip.to_string()).unwrap_or_default()),
        Source::Device(id) => ("device", id.clone()),
        Source::Session(id) => ("session", id.clone()),
        Source::Account(id) => ("account", id.clone()),
        Source::Address(address) => ("address", address.clone()),
    };
    key(&["tries", action.code(), kind, &name])
}
