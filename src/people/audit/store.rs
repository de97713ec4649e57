//! The table `audit`.

use sqlx::FromRow;
use uuid::Uuid;

use super::detail::Detail;
use super::event::Event;
use crate::base::{Browser, Db, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;

/// Most rows kept for one account, some two megabytes: a hundred a day for the default time, and more than
/// anyone reads. Without a limit, anyone with a session or with wrong passwords could fill the disk.
const MAX_OF_ACCOUNT: i64 = 10_000;
/// One in this many new rows trims its account to that limit; so does housekeeping.
const TRIM_EVERY: u8 = 64;

/// A row for showing.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) event: String,
    pub(super) at: i64,
    /// The code of who did it, maybe one of a newer version.
    pub(super) actor: String,
    /// The account of who did it, if it was not the owner's own.
    pub(super) actor_id: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) address: Option<String>,
    pub(super) browser: Option<Browser>,
}

/// The columns of a [`Row`], of the events for which the rest of the statement holds.
macro_rules! select {
    ($rest:literal) => {
        concat!("select id, event, at, actor, actor_id, detail, address, browser from audit ", $rest)
    };
}

/// Writes an event. If the account was deleted in the meantime, the row has none: that is no reason to fail.
pub(super) async fn insert(
    tx: &mut Tx,
    event: &str,
    account: Option<&AccountId>,
    (actor, detail): (Actor<'_>, Option<&Detail>),
    now: Time,
) -> sqlx::Result<()> {
    let (id, client) = (Uuid::now_v7(), actor.client());
    sqlx::query(
        "insert into audit (id, account_id, event, at, actor, address, browser, request_id, actor_id, detail) \
         values ($1, (select id from accounts where id = $2), $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id.to_string())
    .bind(account.map(AccountId::as_str))
    .bind(event)
    .bind(now.unix())
    .bind(actor.kind())
    .bind(client.and_then(|client| client.address).map(|address| address.to_string()))
    .bind(client.map(|client| client.browser))
    .bind(client.map(|client| &*client.request_id))
    .bind(actor.account().map(AccountId::as_str))
    .bind(detail.map(Detail::written))
    .execute(&mut *tx)
    .await?;
    // The last byte of a UUIDv7 is random. One time in 64 costs nearly nothing, and is enough: between two
    // rounds of housekeeping an account exceeds its limit by some hundred rows, however fast they come.
    match account {
        Some(account) if id.as_bytes()[15].is_multiple_of(TRIM_EVERY) => {
            delete_surplus(tx, account, MAX_OF_ACCOUNT).await
        }
        _ => Ok(()),
    }
}

/// Removes the rows of an account beyond a number: the oldest of the most frequent event. So a flood of one
/// kind (names, logins) displaces only its own kind, and not the one event that it was meant to hide. Keeps
/// what the owner has not been told yet.
async fn delete_surplus(tx: &mut Tx, account: &AccountId, most: i64) -> sqlx::Result<()> {
    // Cheap, and nearly always sufficient.
    let select = sqlx::query_scalar("select 1 from audit where account_id = $1 limit 1 offset $2");
    let beyond: Option<i64> = select.bind(account.as_str()).bind(most).fetch_optional(&mut *tx).await?;
    if beyond.is_none() {
        return Ok(());
    }
    let delete = sqlx::query(
        "delete from audit where id in (select id from \
         (select id, event, told_at, row_number() over (partition by event order by at desc, id desc) as nth \
          from audit where account_id = $1) as numbered \
         where not (event = $3 and told_at is null) order by nth, id desc limit $4 offset $2)",
    );
    let owed = Event::DeviceReused.code();
    let delete = delete.bind(account.as_str()).bind(most).bind(owed).bind(i64::MAX);
    delete.execute(&mut *tx).await.map(drop)
}

/// The same for every account above its limit.
pub(super) async fn delete_surplus_of_all(db: &Db) -> sqlx::Result<()> {
    let select = sqlx::query_scalar(
        "select account_id from audit where account_id is not null group by account_id having count(*) > $1",
    );
    let accounts: Vec<AccountId> = select.bind(MAX_OF_ACCOUNT).fetch_all(db.reader()).await?;
    for account in accounts {
        let mut tx = db.begin_locked(&[account.lock_key()]).await?;
        delete_surplus(&mut tx, &account, MAX_OF_ACCOUNT).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The newest events of an account, newest first.
pub(super) async fn newest(db: &Db, account: &AccountId, most: i64) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(select!("where account_id = $1 order by at desc, id desc limit $2"));
    select.bind(account.as_str()).bind(most).fetch_all(db.reader()).await
}

/// The events of an account before one of its rows; empty if there is no such row.
pub(super) async fn before(db: &Db, account: &AccountId, id: &str, most: i64) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(select!(
        "where account_id = $1 and (at, id) < (select at, id from audit where id = $2 and account_id = $1) \
         order by at desc, id desc limit $3"
    ));
    select.bind(account.as_str()).bind(id).bind(most).fetch_all(db.reader()).await
}

/// The events of an account before a moment, and those at that moment before an ID. For reading on, even if
/// the last row that was read no longer exists.
pub(super) async fn before_key(
    db: &Db,
    account: &AccountId,
    (at, id): (i64, &str),
    most: i64,
) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(select!(
        "where account_id = $1 and (at, id) < ($2, $3) order by at desc, id desc limit $4"
    ));
    select.bind(account.as_str()).bind(at).bind(id).bind(most).fetch_all(db.reader()).await
}

/// The last times and places of one of four events of an account.
pub(super) async fn last(
    db: &Db,
    account: &AccountId,
    [one, two, three, four]: [&str; 4],
    most: i64,
) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(select!(
        "where account_id = $1 and event in ($2, $3, $4, $5) order by at desc, id desc limit $6"
    ));
    let select = select.bind(account.as_str()).bind(one).bind(two).bind(three).bind(four).bind(most);
    select.fetch_all(db.reader()).await
}

/// Marks an event as told to the owner. Returns whether there was one to tell.
pub(super) async fn mark_told(
    tx: &mut Tx,
    account: &AccountId,
    event: &str,
    now: Time,
) -> sqlx::Result<bool> {
    let update =
        sqlx::query("update audit set told_at = $3 where account_id = $1 and event = $2 and told_at is null");
    let updated = update.bind(account.as_str()).bind(event).bind(now.unix()).execute(&mut *tx).await?;
    Ok(updated.rows_affected() > 0)
}

/// Removes the oldest events without an account that strangers caused, beyond a number of rows.
pub(super) async fn delete_ownerless_surplus(db: &Db, most: i64) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from audit where id in \
         (select id from audit where account_id is null and actor = 'owner' \
         order by at desc, id desc limit $2 offset $1)",
    );
    delete.bind(most).bind(i64::MAX).execute(db.writer()).await.map(drop)
}

/// Removes events up to one moment; those without an account that strangers caused up to another. Of the first, those
/// that turned two-factor authentication on or off only up to a third one.
pub(super) async fn delete_until(db: &Db, moment: Time, ownerless: Time, turns: Time) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from audit where (at <= $1 and (at <= $3 or event not in ($4, $5))) \
         or (account_id is null and actor = 'owner' and at <= $2)",
    );
    let delete = delete.bind(moment.unix()).bind(ownerless.unix()).bind(turns.unix());
    let delete = delete.bind(Event::TwoFactorOn.code()).bind(Event::TwoFactorOff.code());
    delete.execute(db.writer()).await.map(drop)
}
