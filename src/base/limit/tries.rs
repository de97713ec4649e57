//! Tries that are known to count, for all instances that share the database, and over a restart. [`Limits`]
//! counts in memory before the work, so that many at once get no more of it; what turned out to be a wrong password, or a
//! sign-up, is written down here with what it tells of, and asked for before the next. So a right log-in writes nothing.
//!
//! Each row holds one number, as in memory: the moment at which there will be the whole allowance again.

use super::action::{Action, MICROSECONDS};
use super::buckets::{Limits, Source};
use super::guesses::key;
use super::wait::Wait;
use crate::base::clock::Time;
use crate::base::db::{Db, Tx};
use crate::base::settings::Settings;

/// So many rows are kept, some ten megabytes. Beyond that those go first that have the most of their allowance.
const MOST_ROWS: i64 = 100_000;

/// Whether there is a try left, or how long to wait for one.
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
        // The clock was ahead, and has been set back: kept so far away, nobody would get in before that time comes.
        let update = sqlx::query("update tries set whole_at = $2 where key = $1 and whole_at > $2");
        update.bind(&key).bind(furthest).execute(db.writer()).await?;
    }
    Ok(match whole_at.and_then(|whole_at| rate.seconds_left(whole_at, micros(now))) {
        Some(seconds) => Err(Wait::new(seconds, action.sentence())),
        None => Ok(()),
    })
}

/// Does some work if there is a try left for it: counted in memory before, and asked for among those that are written down. The
/// work writes its own down with [`count`]. What could not be found out, or not be done, is given back; what is dropped in the
/// middle stays counted, or going away would be a try for nothing.
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

/// Takes a try that is left as part of what is written down of it, or says how long to wait for one.
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

/// Counts a try, as part of what is written down of it.
pub async fn count(
    tx: &mut Tx,
    settings: &Settings,
    action: Action,
    source: &Source,
    now: Time,
) -> sqlx::Result<()> {
    let rate = action.rate(settings);
    // Never further away than an allowance lasts, as in memory.
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

/// Removes who has the whole allowance, and the surplus of what is too many.
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

/// A hash, so that no address of a stranger is kept.
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
