//! The table `audit`.

use sqlx::FromRow;
use uuid::Uuid;

use super::event::Event;
use crate::base::{Db, Time, Tx};
use crate::people::accounts::AccountId;

/// So many rows are kept of what happened to one account, some two megabytes: a hundred a day for as long as they are kept by
/// themselves, and more than anybody reads. Who has a session, or guesses, could fill the disk otherwise.
const MOST_OF_ACCOUNT: i64 = 10_000;
/// An account is brought back to that by one in so many of its new rows; and by housekeeping.
const TRIM_EVERY: u8 = 64;

/// A row, as it is shown.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) event: String,
    pub(super) at: i64,
    pub(super) address: Option<String>,
    pub(super) browser: Option<String>,
}

/// Where something was done.
pub(super) struct Place<'p> {
    pub(super) address: Option<String>,
    pub(super) browser: &'p str,
    pub(super) request_id: &'p str,
}

/// Writes down that something happened; without a place, from the command line. An account that was deleted meanwhile is none:
/// what was done to it is no reason to fail.
pub(super) async fn insert(
    tx: &mut Tx,
    event: &str,
    account: Option<&AccountId>,
    place: Option<&Place<'_>>,
    now: Time,
) -> sqlx::Result<()> {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into audit (id, account_id, event, at, address, browser, request_id) \
         values ($1, (select id from accounts where id = $2), $3, $4, $5, $6, $7)",
    )
    .bind(id.to_string())
    .bind(account.map(AccountId::as_str))
    .bind(event)
    .bind(now.unix())
    .bind(place.and_then(|place| place.address.as_deref()))
    .bind(place.map(|place| place.browser))
    .bind(place.map(|place| place.request_id))
    .execute(&mut *tx)
    .await?;
    // The last byte of such an id is random. One time in so many costs a write next to nothing, and is enough: between two
    // rounds of housekeeping an account is over its bound by some hundred rows, however fast they come.
    match account {
        Some(account) if id.as_bytes()[15].is_multiple_of(TRIM_EVERY) => {
            delete_surplus(tx, account, MOST_OF_ACCOUNT).await
        }
        _ => Ok(()),
    }
}

/// Removes what is beyond so many rows of an account: the oldest of what happened most often, so that a flood of one kind (names,
/// log-ins) pushes out its own kind alone, and not the one thing that it was to hide. Nothing goes that its owner is yet to be
/// told of.
async fn delete_surplus(tx: &mut Tx, account: &AccountId, most: i64) -> sqlx::Result<()> {
    // Cheap, and nearly always the answer.
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
    let owed = Event::DeviceReused.words().code;
    let delete = delete.bind(account.as_str()).bind(most).bind(owed).bind(i64::MAX);
    delete.execute(&mut *tx).await.map(drop)
}

/// The same, of every account that has more than it may.
pub(super) async fn delete_surplus_of_all(db: &Db) -> sqlx::Result<()> {
    let select = sqlx::query_scalar(
        "select account_id from audit where account_id is not null group by account_id having count(*) > $1",
    );
    let accounts: Vec<AccountId> = select.bind(MOST_OF_ACCOUNT).fetch_all(db.reader()).await?;
    for account in accounts {
        let mut tx = db.begin(&[]).await?;
        delete_surplus(&mut tx, &account, MOST_OF_ACCOUNT).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What happened to an account, newest first: so many rows.
pub(super) async fn newest(db: &Db, account: &AccountId, most: i64) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, event, at, address, browser from audit where account_id = $1 order by at desc, id desc limit $2",
    );
    select.bind(account.as_str()).bind(most).fetch_all(db.reader()).await
}

/// What happened to it before a row of its own; nothing, where that is none.
pub(super) async fn before(db: &Db, account: &AccountId, id: &str, most: i64) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, event, at, address, browser from audit \
         where account_id = $1 and (at, id) < (select at, id from audit where id = $2 and account_id = $1) \
         order by at desc, id desc limit $3",
    );
    select.bind(account.as_str()).bind(id).bind(most).fetch_all(db.reader()).await
}

/// What happened to it before a moment, and of what happened then before an id: for whoever reads on, also where the row they
/// stopped at is gone by now.
pub(super) async fn before_key(
    db: &Db,
    account: &AccountId,
    (at, id): (i64, &str),
    most: i64,
) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, event, at, address, browser from audit where account_id = $1 and (at, id) < ($2, $3) \
         order by at desc, id desc limit $4",
    );
    select.bind(account.as_str()).bind(at).bind(id).bind(most).fetch_all(db.reader()).await
}

/// When and where one of three things happened to an account last: at most so many.
pub(super) async fn last(
    db: &Db,
    account: &AccountId,
    [one, two, three]: [&str; 3],
    most: i64,
) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(
        "select id, event, at, address, browser from audit where account_id = $1 and event in ($2, $3, $4) \
         order by at desc, id desc limit $5",
    );
    select.bind(account.as_str()).bind(one).bind(two).bind(three).bind(most).fetch_all(db.reader()).await
}

/// Marks what an account is to be told of as told. The answer is whether there was anything.
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

/// Removes the oldest of what happened to no account, beyond so many rows.
pub(super) async fn delete_ownerless_surplus(db: &Db, most: i64) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from audit where id in \
         (select id from audit where account_id is null order by at desc, id desc limit $2 offset $1)",
    );
    delete.bind(most).bind(i64::MAX).execute(db.writer()).await.map(drop)
}

/// Removes what happened at one moment or before; and at another, where it happened to no account.
pub(super) async fn delete_until(db: &Db, moment: Time, ownerless: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from audit where at <= $1 or (account_id is null and at <= $2)");
    delete.bind(moment.unix()).bind(ownerless.unix()).execute(db.writer()).await.map(drop)
}
