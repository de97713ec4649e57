//! Wrong passwords in a row for one account, counted in the database before each is checked, so that neither a restart nor
//! many tries at once make more of them. An address that has no account is counted like one that has.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use super::wait::Wait;
use crate::base::clock::Time;
use crate::base::db::{Db, Tx};

/// A count is forgotten so many seconds after the last wrong password.
const FORGOTTEN_AFTER: i64 = 24 * 3_600;
/// The longest pause between two guesses, in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;
/// So many pauses, and it stops until the count is forgotten or the operator clears it: with the five free guesses that makes
/// a hundred (NIST SP 800-63B-4, 3.2.2).
const MOST_PAUSES: i64 = 95;
/// So many counts are kept, some twelve megabytes: whoever has many addresses to come from can make one for each name they think
/// of. Beyond that the oldest go: to forget one before its time, a stranger has to make as many newer ones.
const MOST_COUNTS: i64 = 100_000;
const WHY: &str = "There were too many wrong passwords for this account.";

/// Whose guesses these are: a hash, so that no address of a stranger is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Guess(String);

impl Guess {
    /// Anybody's, at this address.
    pub fn at(address: &str) -> Guess {
        Guess::of(&["account", address])
    }

    /// Those of one browser that has shown whose it is: by a log-in to the account of this address, or by its mail.
    pub fn by_device(device: &str, address: &str) -> Guess {
        Guess::of(&["device", device, address])
    }

    fn of(parts: &[&str]) -> Guess {
        Guess(key(parts))
    }
}

/// A hash of what something is about: no two are the same, and none says of whom.
pub(super) fn key(parts: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(parts.join("\0")))
}

/// What became of a guess.
#[derive(Debug, PartialEq)]
pub enum Counted {
    /// It is counted, and may be checked. Should it be wrong, a pause begins where `pause` says so.
    Go {
        /// Whether the next one will have to wait.
        pause: bool,
        /// Whether it is the first that makes the next one wait.
        first: bool,
        /// How to take it back.
        back: GiveBack,
    },
    /// It is neither counted nor checked.
    Wait(Wait),
}

/// What a guess made of its count, for taking exactly that back: a pause that is over does not begin anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GiveBack {
    /// When the guess before it was, if there was one.
    before: Option<i64>,
    /// How many there were with it.
    failures: i64,
    /// When it was counted.
    at: i64,
}

#[derive(FromRow)]
struct Row {
    failures: i64,
    last_at: i64,
}

/// Counts a guess before it is checked. After `free` wrong ones a pause of a second begins, which doubles with each more.
pub async fn count(db: &Db, guess: &Guess, free: u32, now: Time) -> sqlx::Result<Counted> {
    loop {
        let select = sqlx::query_as("select failures, last_at from guesses where key = $1");
        let row: Option<Row> = select.bind(&guess.0).fetch_optional(db.reader()).await?;
        if let Some(row) = row.as_ref().filter(|row| row.last_at > now.unix()) {
            put_right(db, guess, row, now).await?;
            continue;
        }
        if let Some(seconds) = row.as_ref().and_then(|row| left(row, free, now)) {
            return Ok(Counted::Wait(Wait::new(seconds, WHY)));
        }
        let before = row.as_ref().map(|row| row.last_at);
        if let Some(failures) = add(db, guess, row, now).await? {
            let (free, pause) = (i64::from(free), failures >= i64::from(free));
            let back = GiveBack { before, failures, at: now.unix() };
            return Ok(Counted::Go { pause, first: failures == free, back });
        }
        // Another counted meanwhile.
    }
}

/// The clock was ahead when the last one was counted, and has been set back: its pause begins now, or it would not end before
/// that time comes.
async fn put_right(db: &Db, guess: &Guess, row: &Row, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update guesses set last_at = $2 where key = $1 and last_at = $3");
    update.bind(&guess.0).bind(now.unix()).bind(row.last_at).execute(db.writer()).await.map(drop)
}

/// Writes one more down, if nothing has changed since the row was read. The answer is how many there are now.
async fn add(db: &Db, guess: &Guess, row: Option<Row>, now: Time) -> sqlx::Result<Option<i64>> {
    let (update, failures) = match row {
        None => {
            let sql = "insert into guesses (key, failures, last_at) values ($1, 1, $2) on conflict (key) do nothing";
            (sqlx::query(sql).bind(&guess.0).bind(now.unix()), 1)
        }
        Some(row) => {
            let over = now.unix() - row.last_at >= FORGOTTEN_AFTER;
            let failures = if over { 1 } else { row.failures + 1 };
            let sql = "update guesses set failures = $3, last_at = $2 \
                       where key = $1 and failures = $4 and last_at = $5";
            let update = sqlx::query(sql).bind(&guess.0).bind(now.unix()).bind(failures);
            (update.bind(row.failures).bind(row.last_at), failures)
        }
    };
    let written = update.execute(db.writer()).await?.rows_affected() == 1;
    Ok(written.then_some(failures))
}

/// How many seconds are left of the pause, if any.
fn left(row: &Row, free: u32, now: Time) -> Option<i64> {
    // A clock that was set back must not make a pause longer than it is.
    let passed = (now.unix() - row.last_at).max(0);
    let pause = match row.failures - i64::from(free) {
        ..0 => 0,
        more @ 0..MOST_PAUSES => LONGEST_PAUSE.min(1 << more.min(10)),
        MOST_PAUSES.. => FORGOTTEN_AFTER,
    };
    (passed < pause).then_some(pause - passed)
}

/// The end of the pause that whoever guesses next has to wait for, if there is one.
pub async fn paused_until(db: &Db, guess: &Guess, free: u32, now: Time) -> sqlx::Result<Option<Time>> {
    let select = sqlx::query_as("select failures, last_at from guesses where key = $1");
    let row: Option<Row> = select.bind(&guess.0).fetch_optional(db.reader()).await?;
    Ok(row.and_then(|row| left(&row, free, now)).map(|seconds| now.plus(seconds)))
}

/// Forgets the guesses: those of a browser that gave the right password, or any at the word of the operator. Nothing else may
/// lower what is counted for everybody: a pause that ends before its time tells a stranger that there is an account.
pub async fn clear(tx: &mut Tx, guess: &Guess) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from guesses where key = $1");
    delete.bind(&guess.0).execute(&mut *tx).await.map(drop)
}

/// What a right password does: takes its own count back, exactly that, and forgets what was counted for its browser alone.
pub async fn settle(tx: &mut Tx, own: &Guess, counted: &Guess, back: GiveBack) -> sqlx::Result<()> {
    if own == counted {
        return clear(tx, own).await;
    }
    if back.before.is_some() {
        clear(tx, own).await?;
        return give_back(tx, counted, back).await;
    }
    // The usual log-in, in one statement: nobody has guessed, before it or since.
    let delete = sqlx::query_scalar(
        "delete from guesses where key = $1 or (key = $2 and failures = 1 and last_at = $3) returning key",
    );
    let gone: Vec<String> = delete.bind(&own.0).bind(&counted.0).bind(back.at).fetch_all(&mut *tx).await?;
    if gone.contains(&counted.0) { Ok(()) } else { give_back(tx, counted, back).await }
}

/// Takes one back that was right, or could not be checked. Where nobody has counted since, the last guess is again the one
/// before it.
pub async fn give_back(tx: &mut Tx, guess: &Guess, back: GiveBack) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update guesses set failures = failures - 1, \
         last_at = case when failures = $2 and last_at = $3 then $4 else last_at end where key = $1 and failures > 0",
    );
    let before = back.before.unwrap_or(back.at);
    let update = update.bind(&guess.0).bind(back.failures).bind(back.at).bind(before);
    update.execute(&mut *tx).await.map(drop)
}

/// Removes what is forgotten, and the oldest of what is too many.
pub async fn sweep(db: &Db, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from guesses where last_at <= $1");
    delete.bind(now.minus(FORGOTTEN_AFTER).unix()).execute(db.writer()).await?;
    let surplus = sqlx::query(
        "delete from guesses where key in (select key from guesses order by last_at desc, key desc limit $2 offset $1)",
    );
    surplus.bind(MOST_COUNTS).bind(i64::MAX).execute(db.writer()).await.map(drop)
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

    #[test]
    fn keys_are_apart() {
        let keys = [
            Guess::at("ada@x.test"),
            Guess::at("bob@x.test"),
            Guess::by_device("1", "ada@x.test"),
            Guess::by_device("2", "ada@x.test"),
            Guess::by_device("", "ada@x.test"),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(at));
            assert!(!key.0.contains("ada"));
        }
    }
}
