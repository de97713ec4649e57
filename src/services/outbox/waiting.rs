//! Emails that wait or were given up, for showing; and how long the latter are kept.

use sqlx::FromRow;

use super::email_id::EmailId;
use super::email_kind::EmailKind;
use crate::base::Site;
use crate::people::{AccountId, Email};

/// How long emails that were given up are shown, in seconds: a week, so that an operator sees them.
const GIVEN_UP_KEPT: i64 = 7 * 24 * 3_600;
/// The most of them, some three megabytes: sign-ups with addresses that are refused could otherwise fill the
/// disk.
const MAX_GIVEN_UP: i64 = 10_000;

/// An email that waits or was given up, for the operator.
#[derive(Debug, FromRow)]
pub struct Waiting {
    /// Its id.
    pub id: EmailId,
    /// Its kind.
    pub kind: String,
    /// Its address, as stored: the operator also sees one that is not valid.
    pub address: String,
    /// When it was queued, in seconds since 1970.
    pub queued_at: i64,
    /// When it is tried next, in the same unit.
    pub due_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// Since when it is given up.
    pub given_up_at: Option<i64>,
}

/// All emails that wait or were given up, oldest first.
pub async fn waiting(site: &Site) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as(
        "select id, kind, address, queued_at, due_at, attempts, last_error, given_up_at from outbox order by queued_at, id",
    )
    .fetch_all(site.db.reader())
    .await
}

/// The emails that wait for an account, oldest first, with IDs after the given one.
pub async fn waiting_for(
    site: &Site,
    account: &AccountId,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<Waiting>> {
    // The IDs are UUIDv7, so their order is the order of queueing.
    let select = sqlx::query_as(
        "select id, kind, address, queued_at, due_at, attempts, last_error, given_up_at from outbox \
         where account_id = $1 and id > $2 order by id limit $3",
    );
    select.bind(account.as_str()).bind(after).bind(most).fetch_all(site.db.reader()).await
}

/// The address that an account asked to have, if the email with the link for it still waits.
pub async fn change_asked(site: &Site, account: &AccountId) -> sqlx::Result<Option<Email>> {
    let select = sqlx::query_scalar(
        "select address from outbox where account_id = $1 and kind = $2 and given_up_at is null \
         order by id desc limit 1",
    );
    let select = select.bind(account.as_str()).bind(EmailKind::Change.code());
    select.fetch_optional(site.db.reader()).await
}

/// The emails that wait for an account or were given up, newest first.
pub async fn newest_for(site: &Site, account: &AccountId, most: i64) -> sqlx::Result<Vec<Waiting>> {
    let select = sqlx::query_as(
        "select id, kind, address, queued_at, due_at, attempts, last_error, given_up_at from outbox \
         where account_id = $1 order by id desc limit $2",
    );
    select.bind(account.as_str()).bind(most).fetch_all(site.db.reader()).await
}

/// Removes old emails that were given up, and the oldest beyond the limit. One with a time in the future
/// counts as given up now.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    let update = sqlx::query("update outbox set given_up_at = $1 where given_up_at > $1");
    update.bind(now.unix()).execute(site.db.writer()).await?;
    let delete = sqlx::query("delete from outbox where given_up_at <= $1");
    let oldest = now.minus(GIVEN_UP_KEPT);
    delete.bind(oldest.unix()).execute(site.db.writer()).await?;
    let surplus = sqlx::query(
        "delete from outbox where id in (select id from outbox where given_up_at is not null \
         order by given_up_at desc, id desc limit $2 offset $1)",
    );
    surplus.bind(MAX_GIVEN_UP).bind(i64::MAX).execute(site.db.writer()).await.map(drop)
}
