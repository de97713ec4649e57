//! What became of forms, kept for a while: where the answer led and what it said, and nothing that opens anything. A row is
//! written by the transaction that did what the form asked for, so there is one where it was done, and none where it was not.

use std::fmt;

use super::clock::Time;
use super::db::{Db, Tx};

/// How long a form that is sent again is answered as the first time, in seconds: longer than anybody waits for a page before
/// pressing the button once more.
pub const SECONDS: i64 = 10 * 60;

/// So many rows are kept, some twenty megabytes. Beyond that the oldest go.
const MOST_ROWS: i64 = 100_000;

/// What became of a form.
#[derive(Debug, sqlx::FromRow)]
pub struct Remembered {
    /// Where the answer led.
    pub location: String,
    /// The code of what it said.
    pub notice: Option<String>,
}

/// What became of a form that was sent before, if it is known still. Nothing of a log-in: that one is worth nothing without the
/// cookie that it gave.
pub async fn find(db: &Db, key: &str, now: Time) -> sqlx::Result<Option<Remembered>> {
    let select = sqlx::query_as(
        "select location, notice from submissions where key = $1 and ends_at > $2 and session_id is null",
    );
    select.bind(key).bind(now.unix()).fetch_optional(db.reader()).await
}

/// The session that the same log-in started before, if it is there still.
pub async fn session(tx: &mut Tx, key: &str, now: Time) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar(
        "select session_id from submissions where key = $1 and ends_at > $2 and session_id is not null",
    );
    select.bind(key.to_owned()).bind(now.unix()).fetch_optional(tx).await
}

/// Writes down what became of a form; for a log-in, with the session that it started. False where another transaction did so before, which on a server may have been another
/// instance's: then nothing that this one did may hold.
pub async fn put(
    tx: &mut Tx,
    key: &str,
    location: &str,
    notice: Option<&str>,
    session: Option<&str>,
    now: Time,
) -> sqlx::Result<bool> {
    // One whose time is over, and that was not removed yet, counts for nothing.
    let insert = sqlx::query(
        "insert into submissions (key, location, notice, created_at, ends_at, session_id) \
         values ($1, $2, $3, $4, $5, $6) \
         on conflict (key) do update set location = excluded.location, notice = excluded.notice, \
         created_at = excluded.created_at, ends_at = excluded.ends_at, \
         session_id = excluded.session_id where submissions.ends_at <= $4",
    );
    let insert = insert.bind(key).bind(location).bind(notice).bind(now.unix());
    let written = insert.bind(now.plus(SECONDS).unix()).bind(session).execute(tx).await?;
    Ok(written.rows_affected() == 1)
}

/// Removes those whose time is over, and the surplus of what is too many.
pub async fn sweep(db: &Db, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from submissions where ends_at <= $1");
    delete.bind(now.unix()).execute(db.writer()).await?;
    let surplus = sqlx::query(
        "delete from submissions where key in \
         (select key from submissions order by ends_at desc, key limit $2 offset $1)",
    );
    surplus.bind(MOST_ROWS).bind(i64::MAX).execute(db.writer()).await.map(drop)
}

/// The form was sent twice, and another instance was quicker.
#[derive(Debug)]
pub struct DoneBefore;

impl fmt::Display for DoneBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this form was sent before, and what it asks for is done")
    }
}

impl std::error::Error for DoneBefore {}
