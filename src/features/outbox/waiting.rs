//! What waits or was given up, as it is shown, and for how long the latter is.

use sqlx::FromRow;

use crate::base::Site;
use crate::people::AccountId;

/// What was given up is shown for a week, in seconds, so that an operator sees it.
const GIVEN_UP_KEPT: i64 = 7 * 24 * 3_600;
/// And never more than so many, some three megabytes: whoever signs up at addresses that are refused could fill the disk.
const MOST_GIVEN_UP: i64 = 10_000;

/// An email that waits or was given up, as an operator sees it.
#[derive(Debug, FromRow)]
pub struct Waiting {
    /// Its id.
    pub id: String,
    /// Which of the emails it is.
    pub letter: String,
    /// Where it goes.
    pub address: String,
    /// When it was written down, in seconds since 1970.
    pub queued_at: i64,
    /// When it is tried next, likewise.
    pub due_at: i64,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub trouble: Option<String>,
    /// Since when it is not tried any more.
    pub given_up_at: Option<i64>,
}

/// All emails that wait or were given up, the oldest first.
pub async fn waiting(site: &Site) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as(
        "select id, letter, address, queued_at, due_at, tries, trouble, given_up_at from outbox order by queued_at, id",
    )
    .fetch_all(site.db.reader())
    .await
}

/// The emails that wait for an account, the oldest first: at most so many of those that come after an id.
pub async fn waiting_for(
    site: &Site,
    account: &AccountId,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<Waiting>> {
    // The ids are UUIDv7: in their order the emails were written down.
    let select = sqlx::query_as(
        "select id, letter, address, queued_at, due_at, tries, trouble, given_up_at from outbox \
         where account_id = $1 and id > $2 order by id limit $3",
    );
    select.bind(account.as_str()).bind(after).bind(most).fetch_all(site.db.reader()).await
}

/// The emails that wait for an account or were given up, the newest first: at most so many.
pub async fn newest_for(site: &Site, account: &AccountId, most: i64) -> sqlx::Result<Vec<Waiting>> {
    let select = sqlx::query_as(
        "select id, letter, address, queued_at, due_at, tries, trouble, given_up_at from outbox \
         where account_id = $1 order by id desc limit $2",
    );
    select.bind(account.as_str()).bind(most).fetch_all(site.db.reader()).await
}

/// Removes what was given up long ago, and the oldest of what is too much. What was given up in a time that has not come was given up now.
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
    surplus.bind(MOST_GIVEN_UP).bind(i64::MAX).execute(site.db.writer()).await.map(drop)
}
