//! The table `remembered`: devices that "Remember me" was ticked on.

use sqlx::{Any, Executor, FromRow};
use uuid::Uuid;

use super::lifetimes::Limits;
use super::remember_token::RememberToken;
use super::store::SessionId;
use crate::base::{Db, Time, TokenHash, Tx};
use crate::people::accounts::AccountId;
use crate::web::Visitor;

/// A live remembered device.
#[derive(Debug, FromRow)]
pub(super) struct RememberedRow {
    pub(super) id: String,
    pub(super) account_id: AccountId,
    pub(super) token_hash: String,
    /// The token before this one, and since when it is the one before.
    pub(super) previous_hash: Option<String>,
    pub(super) rotated_at: Option<i64>,
    pub(super) created_at: i64,
}

/// A live remembered device as its owner sees it.
#[derive(Debug, FromRow)]
pub(super) struct ListedRow {
    pub(super) id: String,
    pub(super) browser: String,
    pub(super) address: Option<String>,
    pub(super) created_at: i64,
    pub(super) last_used_at: i64,
}

/// The device of an id: alive, and of an account that may sign in. Whether a token fits it is for the caller to say.
pub(super) async fn find<'e>(
    executor: impl Executor<'e, Database = Any>,
    id: &str,
    limits: Limits,
) -> sqlx::Result<Option<RememberedRow>> {
    sqlx::query_as(
        "select remembered.id, account_id, token_hash, previous_hash, rotated_at, remembered.created_at \
         from remembered join accounts on accounts.id = account_id \
         where remembered.id = $1 and remembered.created_at > $2 and remembered.created_at <= $4 \
         and last_used_at > $3 and disabled_at is null",
    )
    .bind(id.to_owned())
    .bind(limits.created_after.unix())
    .bind(limits.used_after.unix())
    .bind(limits.created_by.unix())
    .fetch_optional(executor)
    .await
}

/// Whether there is a row of an id, alive or not.
pub(super) async fn exists(db: &Db, id: &str) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from remembered where id = $1").bind(id);
    Ok(select.fetch_optional(db.reader()).await?.is_some())
}

/// The live devices of an account.
pub(super) async fn list(db: &Db, account: &AccountId, limits: Limits) -> sqlx::Result<Vec<ListedRow>> {
    sqlx::query_as(
        "select id, browser, address, created_at, last_used_at from remembered \
         where account_id = $1 and created_at > $2 and created_at <= $4 and last_used_at > $3",
    )
    .bind(account.as_str())
    .bind(limits.created_after.unix())
    .bind(limits.used_after.unix())
    .bind(limits.created_by.unix())
    .fetch_all(db.reader())
    .await
}

/// Adds a device. The answer is its id.
pub(super) async fn insert(
    tx: &mut Tx,
    token: &TokenHash,
    account: &AccountId,
    visitor: &Visitor,
    now: Time,
) -> sqlx::Result<String> {
    let id = Uuid::now_v7().to_string();
    sqlx::query(
        "insert into remembered (id, token_hash, account_id, created_at, last_used_at, browser, address) \
         values ($1, $2, $3, $4, $4, $5, $6)",
    )
    .bind(&id)
    .bind(token.as_str())
    .bind(account.as_str())
    .bind(now.unix())
    .bind(&visitor.browser)
    .bind(visitor.address.map(|address| address.to_string()))
    .execute(&mut *tx)
    .await?;
    Ok(id)
}

/// Removes the oldest devices of an account beyond so many.
pub(super) async fn delete_surplus(tx: &mut Tx, account: &AccountId, most: i64) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from remembered where account_id = $1 and id not in \
         (select id from remembered where account_id = $1 order by created_at desc, id desc limit $2)",
    );
    delete.bind(account.as_str()).bind(most).execute(&mut *tx).await.map(drop)
}

/// Puts a device under its next token, and keeps the one before; false if another did so since it was read.
pub(super) async fn rotate(
    tx: &mut Tx,
    row: &RememberedRow,
    next: &TokenHash,
    now: Time,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update remembered set previous_hash = token_hash, token_hash = $3, rotated_at = $4 \
         where id = $1 and token_hash = $2",
    );
    let update = update.bind(&row.id).bind(&row.token_hash).bind(next.as_str()).bind(now.unix());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Puts the device of a session under another token, for whoever shows its present one; that is over at once. The answer is
/// when the device was first remembered.
pub(super) async fn renew(
    tx: &mut Tx,
    session: &SessionId,
    shown: &RememberToken,
    next: &TokenHash,
    now: Time,
) -> sqlx::Result<Option<Time>> {
    let update = sqlx::query_scalar(
        "update remembered set token_hash = $4, previous_hash = null, rotated_at = $5 \
         where id = $1 and token_hash = $2 and id = (select remembered_id from sessions where id = $3) \
         returning created_at",
    );
    let update = update.bind(&shown.id).bind(shown.token.hash().as_str().to_owned());
    let update = update.bind(session.as_str()).bind(next.as_str()).bind(now.unix());
    let began: Option<i64> = update.fetch_optional(&mut *tx).await?;
    Ok(began.map(Time::from_unix))
}

/// Writes down that a device was used, and where.
pub(super) async fn touch(tx: &mut Tx, id: &str, visitor: &Visitor, now: Time) -> sqlx::Result<()> {
    let update =
        sqlx::query("update remembered set last_used_at = $2, browser = $3, address = $4 where id = $1");
    let update = update.bind(id).bind(now.unix()).bind(&visitor.browser);
    update.bind(visitor.address.map(|address| address.to_string())).execute(&mut *tx).await.map(drop)
}

/// Removes a device with its sessions.
pub(super) async fn delete(tx: &mut Tx, id: &str) -> sqlx::Result<()> {
    sqlx::query("delete from remembered where id = $1").bind(id).execute(&mut *tx).await.map(drop)
}

/// Removes the device of an id with its sessions, for whoever shows its token or the one before. The answer is how
/// many rows.
pub(super) async fn delete_by_token(tx: &mut Tx, id: &str, token: &TokenHash) -> sqlx::Result<u64> {
    let delete =
        sqlx::query("delete from remembered where id = $1 and (token_hash = $2 or previous_hash = $2)");
    Ok(delete.bind(id).bind(token.as_str()).execute(&mut *tx).await?.rows_affected())
}

/// Removes the device of an id, if it has ended by itself.
pub(super) async fn delete_ended(db: &Db, id: &str, limits: Limits) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from remembered where id = $1 and (created_at <= $2 or last_used_at <= $3 or created_at > $4)",
    );
    let delete = delete.bind(id).bind(limits.created_after.unix()).bind(limits.used_after.unix());
    delete.bind(limits.created_by.unix()).execute(db.writer()).await.map(drop)
}

/// Removes the devices that have ended by themselves, with their sessions.
pub(super) async fn sweep(tx: &mut Tx, limits: Limits) -> sqlx::Result<()> {
    let delete =
        sqlx::query("delete from remembered where created_at <= $1 or last_used_at <= $2 or created_at > $3");
    let delete = delete.bind(limits.created_after.unix()).bind(limits.used_after.unix());
    delete.bind(limits.created_by.unix()).execute(&mut *tx).await.map(drop)
}
