//! The table `totp_apps`. An account has at most one row without `removed_at`: that is its app.

use sqlx::{Any, Executor, FromRow};

use crate::base::{Db, Time, Tx};
use crate::people::{AccountId, ActorKind};

/// How many wrong codes a right one forgives. More stay: otherwise a thief who guesses while its owner logs in every day
/// could go on for ever.
const FORGIVEN: i64 = 9;
/// How many removed apps of an account are kept.
const REMOVED: i64 = 20;

/// The app of an account.
#[derive(FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) last_step: i64,
    pub(super) created_at: i64,
    pub(super) last_used_at: Option<i64>,
    pub(super) stopped_at: Option<i64>,
}

/// The app of an account, if it has one.
pub(super) async fn find(db: &Db, account: &AccountId) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(
        "select id, secret, last_step, created_at, last_used_at, stopped_at from totp_apps \
         where account_id = $1 and removed_at is null",
    );
    select.bind(account.as_str()).fetch_optional(db.reader()).await
}

/// An app to add.
pub(super) struct New<'n> {
    pub(super) id: &'n str,
    pub(super) account: &'n AccountId,
    pub(super) secret: &'n str,
    pub(super) step: i64,
    pub(super) created_by: ActorKind,
}

/// Adds the app of an account that has none.
pub(super) async fn insert(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<()> {
    sqlx::query(
        "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by) \
         values ($1, $2, $3, $4, 0, $5, $6)",
    )
    .bind(new.id)
    .bind(new.account.as_str())
    .bind(new.secret)
    .bind(new.step)
    .bind(now.unix())
    .bind(new.created_by)
    .execute(&mut *tx)
    .await
    .map(drop)
}

/// Removes the app of an account; false if it has none. The row stays for a while.
pub(super) async fn remove(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<bool> {
    let update =
        sqlx::query("update totp_apps set removed_at = $2 where account_id = $1 and removed_at is null");
    let updated = update.bind(account.as_str()).bind(now.unix()).execute(&mut *tx).await?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    // Those that lived longest: a stranger who adds and removes one after another pushes none of its owner out.
    let surplus = sqlx::query(
        "delete from totp_apps where account_id = $1 and removed_at is not null and id not in \
         (select id from totp_apps where account_id = $1 and removed_at is not null \
         order by removed_at - created_at desc, id limit $2)",
    );
    surplus.bind(account.as_str()).bind(REMOVED).execute(&mut *tx).await?;
    Ok(true)
}

/// Uses a step up, with all before it. False if that was done, or if the app was stopped or removed.
pub(super) async fn consume(
    tx: &mut Tx,
    (id, account): (&str, &AccountId),
    step: i64,
    now: Time,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update totp_apps set last_step = $3, last_used_at = $4, \
         failed_codes = case when failed_codes <= $5 then 0 else failed_codes end \
         where id = $1 and account_id = $2 and last_step < $3 and stopped_at is null and removed_at is null",
    );
    let update = update.bind(id).bind(account.as_str()).bind(step).bind(now.unix()).bind(FORGIVEN);
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Counts a wrong code, and stops the app at the limit. Returns how many count; `None` without an app, or if it is
/// stopped.
pub(super) async fn miss(
    tx: &mut Tx,
    account: &AccountId,
    most: i64,
    now: Time,
) -> sqlx::Result<Option<i64>> {
    let update = sqlx::query_scalar(
        "update totp_apps set failed_codes = failed_codes + 1, stopped_at = case when failed_codes + 1 >= $2 then $3 end \
         where account_id = $1 and stopped_at is null and removed_at is null returning failed_codes",
    );
    update.bind(account.as_str()).bind(most).bind(now.unix()).fetch_optional(&mut *tx).await
}

/// The app that an account had at a moment.
pub(super) async fn had(tx: &mut Tx, account: &AccountId, moment: Time) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar(
        "select id from totp_apps where account_id = $1 and created_at <= $2 \
         and (removed_at is null or removed_at > $2) order by id desc limit 1",
    );
    select.bind(account.as_str()).bind(moment.unix()).fetch_optional(&mut *tx).await
}

/// Removes the app of an account unless it is the one with an ID; whether it did.
pub(super) async fn remove_other(
    tx: &mut Tx,
    account: &AccountId,
    id: &str,
    now: Time,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update totp_apps set removed_at = $3 where account_id = $1 and id <> $2 and removed_at is null",
    );
    let updated = update.bind(account.as_str()).bind(id).bind(now.unix()).execute(&mut *tx).await?;
    Ok(updated.rows_affected() == 1)
}

/// Brings a removed app back to an account that has none; false if it was not removed.
pub(super) async fn bring_back(tx: &mut Tx, account: &AccountId, id: &str) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update totp_apps set removed_at = null where id = $1 and account_id = $2 and removed_at is not null",
    );
    let updated = update.bind(id).bind(account.as_str()).execute(&mut *tx).await?;
    Ok(updated.rows_affected() == 1)
}

/// Deletes the apps that were removed until a moment. A clock that was ahead removed those of the future: their time
/// begins now.
pub(super) async fn delete_removed(db: &Db, oldest: Time, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update totp_apps set removed_at = $1 where removed_at > $1");
    update.bind(now.unix()).execute(db.writer()).await?;
    let delete = sqlx::query("delete from totp_apps where removed_at <= $1");
    delete.bind(oldest.unix()).execute(db.writer()).await.map(drop)
}

/// A secret that is sealed.
#[derive(FromRow)]
pub(super) struct Sealed {
    pub(super) id: String,
    pub(super) account_id: AccountId,
    pub(super) secret: String,
    pub(super) removed_at: Option<i64>,
}

/// Sealed secrets after an ID, in the order of their IDs, up to a limit; also those of removed apps.
pub(super) async fn sealed_after<'e>(
    executor: impl Executor<'e, Database = Any>,
    id: &str,
    most: i64,
) -> sqlx::Result<Vec<Sealed>> {
    let select = sqlx::query_as(
        "select id, account_id, secret, removed_at from totp_apps where id > $1 and secret <> '' order by id limit $2",
    );
    select.bind(id.to_owned()).bind(most).fetch_all(executor).await
}

/// Gives an app its secret, sealed anew.
pub(super) async fn set_secret(tx: &mut Tx, id: &str, secret: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update totp_apps set secret = $2 where id = $1");
    update.bind(id).bind(secret).execute(&mut *tx).await.map(drop)
}

/// How many apps lost their secret: [`clear_secrets`] took it.
pub(super) async fn count_cleared(db: &Db) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from totp_apps where secret = '' and removed_at is null")
        .fetch_one(db.reader())
        .await
}

/// How many accounts have an app with a sealed secret.
pub(super) async fn count_sealed(tx: &mut Tx) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from totp_apps where secret <> '' and removed_at is null")
        .fetch_one(&mut *tx)
        .await
}

/// Takes the secrets of all apps away, also of removed ones.
pub(super) async fn clear_secrets(tx: &mut Tx) -> sqlx::Result<()> {
    sqlx::query("update totp_apps set secret = '' where secret <> ''").execute(&mut *tx).await.map(drop)
}
