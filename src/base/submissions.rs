//! Results of submitted forms, kept for a while: where the answer led and its notice, and nothing that grants
//! access. The transaction that does what the form asked for writes the row. So there is a row if it was
//! done, and none if not. A row about an account is removed by the next thing that is done to that account:
//! its answer may no longer be true, so the form is done again.

use std::fmt;

use super::clock::Time;
use super::db::{Db, Tx};

/// How long a form that is sent again gets the answer of the first time, in seconds: longer than anyone waits
/// for a page before pressing the button again.
pub const SECONDS: i64 = 10 * 60;

/// Most rows that are kept, some twenty megabytes. Beyond that the oldest are removed.
const MAX_ROWS: i64 = 100_000;

/// The result of a form.
#[derive(Debug, sqlx::FromRow)]
pub struct FormResult {
    /// Where the answer led.
    pub location: String,
    /// The code of its notice.
    pub notice: Option<String>,
}

/// The result of a form that was sent before, if it is still kept. Not of a login: that is worth nothing
/// without its cookie.
pub async fn find(db: &Db, key: &str, now: Time) -> sqlx::Result<Option<FormResult>> {
    let select = sqlx::query_as(
        "select location, notice from submissions where key = $1 and ends_at > $2 and session_id is null",
    );
    select.bind(key).bind(now.unix()).fetch_optional(db.reader()).await
}

/// What is recorded about a form.
#[derive(Clone, Copy, Debug)]
pub struct New<'n> {
    /// The identifier of the submission.
    pub key: &'n str,
    /// Where the answer leads.
    pub location: &'n str,
    /// The code of its notice.
    pub notice: Option<&'n str>,
    /// For how many seconds the answer stays true, if nothing else is done meanwhile.
    pub seconds: i64,
    /// Whether an earlier row is replaced: what it recorded was undone, since it could be done again.
    pub anew: bool,
}

/// Records the result of a form: with the account that it changed, or for a login with the session that it
/// started. False if another transaction, perhaps of another instance, did so before: then nothing of this
/// one may be committed.
pub async fn put(
    tx: &mut Tx,
    new: New<'_>,
    account: Option<&str>,
    session: Option<&str>,
    now: Time,
) -> sqlx::Result<bool> {
    let New { key, location, notice, seconds, anew } = new;
    // An expired row that was not removed yet counts for nothing.
    let insert = sqlx::query(
        "insert into submissions (key, location, notice, created_at, ends_at, account_id, session_id) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (key) do update set location = excluded.location, notice = excluded.notice, \
         created_at = excluded.created_at, ends_at = excluded.ends_at, account_id = excluded.account_id, \
         session_id = excluded.session_id where submissions.ends_at <= $4 or $8 = 1",
    );
    let insert = insert.bind(key).bind(location).bind(notice).bind(now.unix());
    let insert = insert.bind(now.plus(seconds.min(SECONDS)).unix()).bind(account).bind(session);
    let written = insert.bind(i64::from(anew)).execute(tx).await?;
    Ok(written.rows_affected() == 1)
}

/// Removes the results of an account's other forms, because something is done to the account: they may no
/// longer be true. (The name is changed back; a device logs in after all others were logged out.)
pub async fn forget(tx: &mut Tx, account: &str, but: &str) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from submissions where account_id = $1 and key <> $2");
    delete.bind(account).bind(but).execute(tx).await.map(drop)
}

/// Removes expired rows, and those beyond the limit.
pub async fn sweep(db: &Db, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from submissions where ends_at <= $1");
    delete.bind(now.unix()).execute(db.writer()).await?;
    let surplus = sqlx::query(
        "delete from submissions where key in \
         (select key from submissions order by ends_at desc, key limit $2 offset $1)",
    );
    surplus.bind(MAX_ROWS).bind(i64::MAX).execute(db.writer()).await.map(drop)
}

/// The form was sent twice, and another instance was faster.
#[derive(Debug)]
pub struct DoneBefore;

impl fmt::Display for DoneBefore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this form was sent before, and is already done")
    }
}

impl std::error::Error for DoneBefore {}
