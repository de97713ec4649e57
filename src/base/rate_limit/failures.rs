//! Failures in a row at one secret, such as a password. Each attempt is counted in the database before it is
//! checked, so neither a restart nor parallel attempts allow more of them. The table is `failed_logins`.

use sqlx::{Any, Executor, FromRow};

use super::limit_key;
use crate::base::clock::Time;
use crate::base::db::{Db, Tx};

/// A count is reset this many seconds after the last failure.
const FORGOTTEN_AFTER: i64 = 24 * 3_600;
/// The longest pause between two attempts, in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;
/// After this many pauses, attempts stop until the count expires or the operator clears it. With the five
/// free attempts that makes a hundred (NIST SP 800-63B-4, 3.2.2).
const MAX_PAUSES: i64 = 95;
/// Most counts that are kept, some twelve megabytes: an attacker with many IP addresses can create one for
/// every name. Beyond that the oldest are removed: to make one expire early, a stranger has to create as many
/// newer ones.
const MAX_COUNTS: i64 = 100_000;

/// What the failures are about: a hash, so that no stranger's address is stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FailuresKey(String);

impl FailuresKey {
    /// One thing, told from all others by these parts. What a floor above counts has a constructor there.
    pub fn of(parts: &[&str]) -> FailuresKey {
        FailuresKey(limit_key::hash(parts))
    }

    /// The hash.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The result of counting an attempt.
#[derive(Debug, PartialEq)]
pub enum Counted {
    /// It is counted, and may be checked.
    Go {
        /// The pause that begins if it is wrong.
        pause: Option<Pause>,
        /// How to take it back.
        back: GiveBack,
    },
    /// It is neither counted nor checked: this many seconds are left of the pause.
    Wait(i64),
}

/// A pause that a failure begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pause {
    /// The first.
    First,
    /// One of those that follow, each twice as long.
    Longer,
}

/// What an attempt changed in its count, for undoing exactly that: a pause that is over does not begin again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GiveBack {
    /// Time of the attempt before, if there was one.
    before: Option<i64>,
    /// How many there were, including this one.
    failures: i64,
    /// When it was counted.
    at: i64,
}

#[derive(FromRow)]
struct Row {
    failures: i64,
    last_at: i64,
}

/// The most rows of limits that [`count_first`] asks: three of a network, and one of a session.
const MAX_LATEST: usize = 4;

/// Counts an attempt before it is checked, if nothing stands against it: no failure before, and none of the
/// limits that are recorded in the database (`shared::latest`). The usual login, in one statement. `None` if
/// something does: then nothing is counted, and the answer takes a closer look.
pub async fn count_first(
    db: &Db,
    failures_key: &FailuresKey,
    free: u32,
    latest: &[(String, i64)],
    now: Time,
) -> sqlx::Result<Option<Counted>> {
    if latest.len() > MAX_LATEST {
        return Ok(None);
    }
    let mut insert = sqlx::query(
        "insert into failed_logins (key, failures, last_at) select $1, 1, $2 where not exists \
         (select 1 from rate_limits where (key = $3 and whole_at > $4) or (key = $5 and whole_at > $6) \
         or (key = $7 and whole_at > $8) or (key = $9 and whole_at > $10)) on conflict (key) do nothing",
    )
    .bind(&failures_key.0)
    .bind(now.unix());
    let none = (String::new(), i64::MAX);
    for (key, latest) in latest.iter().chain(std::iter::repeat(&none)).take(MAX_LATEST) {
        insert = insert.bind(key).bind(*latest);
    }
    let counted = insert.execute(db.writer()).await?.rows_affected() == 1;
    let back = GiveBack { before: None, failures: 1, at: now.unix() };
    Ok(counted.then(|| Counted::Go { pause: pause(1, free), back }))
}

/// Counts an attempt before it is checked. After `free` failures in a row a pause of one second begins; each
/// further one doubles it.
pub async fn count(db: &Db, failures_key: &FailuresKey, free: u32, now: Time) -> sqlx::Result<Counted> {
    loop {
        let select = sqlx::query_as("select failures, last_at from failed_logins where key = $1");
        let row: Option<Row> = select.bind(&failures_key.0).fetch_optional(db.reader()).await?;
        if let Some(row) = row.as_ref().filter(|row| row.last_at > now.unix()) {
            put_right(db, failures_key, row, now).await?;
            continue;
        }
        if let Some(seconds) = row.as_ref().and_then(|row| left(row, free, now)) {
            return Ok(Counted::Wait(seconds));
        }
        let before = row.as_ref().map(|row| row.last_at);
        if let Some(failures) = add(db, failures_key, row, now).await? {
            let back = GiveBack { before, failures, at: now.unix() };
            return Ok(Counted::Go { pause: pause(failures, free), back });
        }
        // Another request counted in the meantime.
    }
}

/// The pause that begins with this many failures in a row, if any.
fn pause(failures: i64, free: u32) -> Option<Pause> {
    match failures - i64::from(free) {
        ..0 => None,
        0 => Some(Pause::First),
        1.. => Some(Pause::Longer),
    }
}

/// The clock was ahead at the last attempt and has been set back. Its pause begins now; otherwise it would
/// last until the clock reaches that time.
async fn put_right(db: &Db, failures_key: &FailuresKey, row: &Row, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update failed_logins set last_at = $2 where key = $1 and last_at = $3");
    update.bind(&failures_key.0).bind(now.unix()).bind(row.last_at).execute(db.writer()).await.map(drop)
}

/// Adds one to the count, if the row has not changed since it was read. Returns the new count.
async fn add(db: &Db, failures_key: &FailuresKey, row: Option<Row>, now: Time) -> sqlx::Result<Option<i64>> {
    let (update, failures) = match row {
        None => {
            let sql = "insert into failed_logins (key, failures, last_at) values ($1, 1, $2) on conflict (key) do nothing";
            (sqlx::query(sql).bind(&failures_key.0).bind(now.unix()), 1)
        }
        Some(row) => {
            let over = now.unix() - row.last_at >= FORGOTTEN_AFTER;
            let failures = if over { 1 } else { row.failures + 1 };
            let sql = "update failed_logins set failures = $3, last_at = $2 \
                       where key = $1 and failures = $4 and last_at = $5";
            let update = sqlx::query(sql).bind(&failures_key.0).bind(now.unix()).bind(failures);
            (update.bind(row.failures).bind(row.last_at), failures)
        }
    };
    let written = update.execute(db.writer()).await?.rows_affected() == 1;
    Ok(written.then_some(failures))
}

/// Seconds left of the pause, if any.
fn left(row: &Row, free: u32, now: Time) -> Option<i64> {
    // A clock that was set back must not make a pause longer.
    let passed = (now.unix() - row.last_at).max(0);
    let pause = match row.failures - i64::from(free) {
        ..0 => 0,
        more @ 0..MAX_PAUSES => LONGEST_PAUSE.min(1 << more.min(10)),
        MAX_PAUSES.. => FORGOTTEN_AFTER,
    };
    (passed < pause).then_some(pause - passed)
}

/// The end of the pause before the next attempt, if there is one.
pub async fn paused_until(
    db: &Db,
    failures_key: &FailuresKey,
    free: u32,
    now: Time,
) -> sqlx::Result<Option<Time>> {
    let select = sqlx::query_as("select failures, last_at from failed_logins where key = $1");
    let row: Option<Row> = select.bind(&failures_key.0).fetch_optional(db.reader()).await?;
    Ok(row.and_then(|row| left(&row, free, now)).map(|seconds| now.plus(seconds)))
}

/// Clears a count: that of one browser after a right attempt, or any count on the operator's order. Nothing
/// else may lower a shared count: a pause that ends early tells a stranger that the account exists.
pub async fn clear(tx: &mut Tx, failures_key: &FailuresKey) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from failed_logins where key = $1");
    delete.bind(&failures_key.0).execute(&mut *tx).await.map(drop)
}

/// After a right attempt: takes back exactly its own count, and clears the count of its browser.
pub async fn settle(
    tx: &mut Tx,
    own: &FailuresKey,
    counted: &FailuresKey,
    back: GiveBack,
) -> sqlx::Result<()> {
    if own == counted {
        return clear(tx, own).await;
    }
    if back.before.is_some() {
        clear(tx, own).await?;
        return give_back(tx, counted, back).await;
    }
    // The usual login, in one statement: no failures before it or since.
    let delete = sqlx::query_scalar(
        "delete from failed_logins where key = $1 or (key = $2 and failures = 1 and last_at = $3) returning key",
    );
    let gone: Vec<String> = delete.bind(&own.0).bind(&counted.0).bind(back.at).fetch_all(&mut *tx).await?;
    if gone.contains(&counted.0) { Ok(()) } else { give_back(tx, counted, back).await }
}

/// Takes back an attempt that was right or could not be checked. If nothing was counted since, the time of
/// the attempt before it is restored.
pub async fn give_back<'e>(
    executor: impl Executor<'e, Database = Any>,
    failures_key: &FailuresKey,
    back: GiveBack,
) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update failed_logins set failures = failures - 1, \
         last_at = case when failures = $2 and last_at = $3 then $4 else last_at end where key = $1 and failures > 0",
    );
    let before = back.before.unwrap_or(back.at);
    let update = update.bind(&failures_key.0).bind(back.failures).bind(back.at).bind(before);
    update.execute(executor).await.map(drop)
}

/// Removes expired counts, and the oldest beyond the limit.
pub async fn sweep(db: &Db, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from failed_logins where last_at <= $1");
    delete.bind(now.minus(FORGOTTEN_AFTER).unix()).execute(db.writer()).await?;
    let surplus = sqlx::query(
        "delete from failed_logins where key in (select key from failed_logins order by last_at desc, key desc limit $2 offset $1)",
    );
    surplus.bind(MAX_COUNTS).bind(i64::MAX).execute(db.writer()).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(failures: i64, passed: i64) -> Option<i64> {
        left(&Row { failures, last_at: 1_000_000 }, 5, Time::from_unix(1_000_000 + passed))
    }

    #[test]
    fn pauses_double_from_a_second_to_a_quarter_of_an_hour() {
        assert_eq!(waits(4, 0), None);
        let pauses: Vec<_> = (5..18).map(|failures| waits(failures, 0).unwrap()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!((waits(8, 7), waits(8, 8)), (Some(1), None));
        assert_eq!(waits(99, 900), None);
    }

    #[test]
    fn after_a_hundred_it_is_over_for_a_day() {
        assert_eq!((waits(100, 900), waits(5_000, 86_399)), (Some(85_500), Some(1)));
        assert_eq!(waits(100, 86_400), None);
    }

    #[test]
    fn a_clock_set_back_makes_no_pause_longer() {
        assert_eq!(waits(8, -1_000_000), Some(8));
    }
}
