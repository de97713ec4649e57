//! Emails that wait or were given up, for those who administer the site: listed by key, tried again, dropped.

use sqlx::FromRow;

use super::deliver::{LEASE, RENEW_EVERY};
use super::email_id::EmailId;
use super::waiting::Waiting;
use crate::base::{LockKey, Site, Time};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::{AccountId, Actor};
use crate::web::Submission;

/// Up to `most` emails that wait or were given up, newest first: those that are older than the given one, or else the
/// newest. Their IDs are in the order of queueing.
pub async fn older(site: &Site, than: Option<&EmailId>, most: i64) -> sqlx::Result<Vec<Waiting>> {
    let select = sqlx::query_as(
        "select id, kind, address, queued_at, due_at, attempts, last_error, given_up_at from outbox \
         where id < $1 order by id desc limit $2",
    );
    select.bind(than.map_or(BEYOND, EmailId::as_str)).bind(most).fetch_all(site.db.reader()).await
}

/// Comes after every ID: those have digits, the letters `a` to `f`, and hyphens.
const BEYOND: &str = "g";

/// Up to `most` emails that are newer than the given one, newest first: the page before one of [`older`].
pub async fn newer(site: &Site, than: &EmailId, most: i64) -> sqlx::Result<Vec<Waiting>> {
    let select = sqlx::query_as(
        "select id, kind, address, queued_at, due_at, attempts, last_error, given_up_at from outbox \
         where id > $1 order by id limit $2",
    );
    let mut rows: Vec<Waiting> = select.bind(than.as_str()).bind(most).fetch_all(site.db.reader()).await?;
    rows.reverse();
    Ok(rows)
}

/// How many emails there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Queue {
    /// Those that wait to be sent.
    pub waiting: i64,
    /// Those that were given up.
    pub given_up: i64,
    /// When the oldest of those that wait was queued, in seconds since 1970.
    pub oldest: Option<i64>,
}

/// How many emails wait or were given up. The table has only these.
pub async fn count(site: &Site) -> sqlx::Result<Queue> {
    sqlx::query_as(
        "select count(*) - count(given_up_at) as waiting, count(given_up_at) as given_up, \
         min(case when given_up_at is null then queued_at end) as oldest from outbox",
    )
    .fetch_one(site.db.reader())
    .await
}

/// The result of trying an email again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retried {
    /// It is due now.
    Done,
    /// It may be on its way at this moment, and would arrive twice. In five minutes that is known.
    Underway,
    /// It was given up, and what it would have said is erased.
    GivenUp,
    /// There is no such email, or none any more: it was sent.
    NotFound,
}

/// An email, as far as it matters here.
#[derive(FromRow)]
struct Row {
    kind: String,
    account_id: Option<AccountId>,
    due_at: i64,
    attempts: i64,
    given_up_at: Option<i64>,
}

/// Makes an email that could not be sent due now.
pub async fn retry(
    site: &Site,
    id: &EmailId,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Retried> {
    let Some(row) = find(site, id).await? else { return Ok(Retried::NotFound) };
    let now = site.clock.now();
    if row.given_up_at.is_some() {
        return Ok(Retried::GivenUp);
    }
    if is_underway(&row, now) {
        return Ok(Retried::Underway);
    }
    let mut tx = site.db.begin_locked(&lock_keys(id, &row)).await?;
    // A worker may have taken it since it was read.
    let update = sqlx::query(
        "update outbox set due_at = $2 where id = $1 and due_at = $3 and attempts = $4 and given_up_at is null",
    );
    let update = update.bind(id.as_str()).bind(now.unix()).bind(row.due_at).bind(row.attempts);
    if update.execute(&mut tx).await?.rows_affected() == 0 {
        return Ok(Retried::Underway);
    }
    let entry = Entry { event: Event::EmailRetried, account: row.account_id.as_ref(), actor };
    entry.record_in(&mut tx, Some(Detail::names("", &*row.kind)), now).await?;
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await?;
    Ok(Retried::Done)
}

/// Drops an email; false if there is none any more. One that is on its way at this moment may still arrive. True as well if
/// this very form has dropped it a moment ago, at another instance.
///
/// If it was for the owner of an account, they read in their activity that one was dropped: what the administrators of a
/// site do to an account is not hidden from its owner by dropping the email about it.
pub async fn discard_one(
    site: &Site,
    id: &EmailId,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<bool> {
    let Some(row) = find(site, id).await? else { return submission.is_done(site).await };
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&lock_keys(id, &row)).await?;
    let delete = sqlx::query("delete from outbox where id = $1").bind(id.as_str());
    if delete.execute(&mut tx).await?.rows_affected() == 0 {
        drop(tx);
        return submission.is_done(site).await;
    }
    let entry = Entry { event: Event::EmailDropped, account: row.account_id.as_ref(), actor };
    entry.record_in(&mut tx, Some(Detail::names(&*row.kind, "")), now).await?;
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await?;
    Ok(true)
}

async fn find(site: &Site, id: &EmailId) -> sqlx::Result<Option<Row>> {
    let select =
        sqlx::query_as("select kind, account_id, due_at, attempts, given_up_at from outbox where id = $1");
    select.bind(id.as_str()).fetch_optional(site.db.reader()).await
}

/// Whether a worker may have it in hand: then it has taken it, or renewed its lease, within the last minutes. An email
/// that waits for a pause of that length is taken for one too, for as long.
fn is_underway(row: &Row, now: Time) -> bool {
    let renewed = i64::try_from(RENEW_EVERY.as_secs()).unwrap_or(LEASE);
    let (shortest, longest) = (LEASE - renewed - SLOW, LEASE + SLOW);
    row.attempts > 0 && (shortest..=longest).contains(&row.due_at.saturating_sub(now.unix()))
}

/// How late a worker may renew a lease, and how much the clocks of two instances may differ, in seconds.
const SLOW: i64 = 60;

fn lock_keys(id: &EmailId, row: &Row) -> Vec<LockKey> {
    let account = row.account_id.as_ref().map(AccountId::lock_key);
    [LockKey::new("email", id.as_str())].into_iter().chain(account).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_that_a_worker_has_in_hand_is_left_to_it() {
        let now = Time::from_unix(1_000_000);
        let underway = |attempts, seconds| {
            let row = Row {
                kind: String::new(),
                account_id: None,
                due_at: now.unix() + seconds,
                attempts,
                given_up_at: None,
            };
            is_underway(&row, now)
        };
        // Taken just now, renewed just now, to be renewed any moment.
        for seconds in [LEASE, LEASE - 1, LEASE - 300] {
            assert!(underway(1, seconds), "{seconds}");
        }
        // Due, in the first pauses, in the long ones; or its worker has died.
        for seconds in [-60, 0, 60, 480, 3_600, LEASE - 400] {
            assert!(!underway(1, seconds), "{seconds}");
        }
        assert!(!underway(0, LEASE), "it was never taken");
    }
}
