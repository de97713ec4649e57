//! The table `remember_tokens`: devices on which "Remember me" was ticked.

use sqlx::{Any, Executor, FromRow};
use uuid::Uuid;

use super::authenticated::{Authenticated, Methods};
use super::generations::Generations;
use super::lifetimes::Lifetimes;
use crate::base::{Browser, Client, Db, Time, TokenHash, Tx};
use crate::people::accounts::AccountId;

/// A live remembered device.
#[derive(Debug, FromRow)]
pub(super) struct RememberTokenRow {
    pub(super) id: String,
    pub(super) account_id: AccountId,
    #[sqlx(flatten)]
    pub(super) generations: Generations,
    pub(super) created_at: i64,
    /// What its owner proved when it was remembered.
    pub(super) methods: Methods,
    /// The passkey that logged them in by itself then, if one did.
    pub(super) passkey_id: Option<String>,
}

/// A live remembered device, for showing to its owner.
#[derive(Debug, FromRow)]
pub(super) struct ListedRow {
    pub(super) id: String,
    pub(super) browser: Browser,
    pub(super) address: Option<String>,
    pub(super) created_at: i64,
    pub(super) last_used_at: i64,
}

/// Finds a live device by ID, whose account may log in. The caller checks the token.
pub(super) async fn find<'e>(
    executor: impl Executor<'e, Database = Any>,
    id: &str,
    limits: Lifetimes,
) -> sqlx::Result<Option<RememberTokenRow>> {
    sqlx::query_as(
        "select remember_tokens.id, account_id, token_hash, previous_hash, before_hash, rotated_at, retired_hashes, retired_at, \
         retired_browser, remember_tokens.created_at, methods, passkey_id from remember_tokens join accounts on accounts.id = account_id \
         where remember_tokens.id = $1 and remember_tokens.created_at > $2 and remember_tokens.created_at <= $4 \
         and last_used_at > $3 and disabled_at is null",
    )
    .bind(id.to_owned())
    .bind(limits.created_after.unix())
    .bind(limits.used_after.unix())
    .bind(limits.created_by.unix())
    .fetch_optional(executor)
    .await
}

/// Whose device has an ID, alive or not.
pub(super) async fn owner(db: &Db, id: &str) -> sqlx::Result<Option<AccountId>> {
    let select = sqlx::query_scalar("select account_id from remember_tokens where id = $1");
    select.bind(id).fetch_optional(db.reader()).await
}

/// The live devices of an account.
pub(super) async fn list(db: &Db, account: &AccountId, limits: Lifetimes) -> sqlx::Result<Vec<ListedRow>> {
    sqlx::query_as(
        "select id, browser, address, created_at, last_used_at from remember_tokens \
         where account_id = $1 and created_at > $2 and created_at <= $4 and last_used_at > $3",
    )
    .bind(account.as_str())
    .bind(limits.created_after.unix())
    .bind(limits.used_after.unix())
    .bind(limits.created_by.unix())
    .fetch_all(db.reader())
    .await
}

/// Adds a device. Returns its ID.
pub(super) async fn insert(
    tx: &mut Tx,
    token: &TokenHash,
    by: &Authenticated,
    client: &Client,
    now: Time,
) -> sqlx::Result<String> {
    let id = Uuid::now_v7().to_string();
    sqlx::query(
        "insert into remember_tokens (id, token_hash, account_id, created_at, last_used_at, browser, address, methods, passkey_id) \
         values ($1, $2, $3, $4, $4, $5, $6, $7, $8)",
    )
    .bind(&id)
    .bind(token.as_str())
    .bind(by.account().as_str())
    .bind(now.unix())
    .bind(client.browser)
    .bind(client.address.map(|address| address.to_string()))
    .bind(by.methods().as_str())
    .bind(by.passkey_id())
    .execute(&mut *tx)
    .await?;
    Ok(id)
}

/// Removes the oldest devices of an account beyond a number.
pub(super) async fn delete_surplus(tx: &mut Tx, account: &AccountId, most: i64) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from remember_tokens where account_id = $1 and id not in \
         (select id from remember_tokens where account_id = $1 order by created_at desc, id desc limit $2)",
    );
    delete.bind(account.as_str()).bind(most).execute(&mut *tx).await.map(drop)
}

/// Gives a device its next token; false if another request did so since it was read.
pub(super) async fn put(tx: &mut Tx, row: &RememberTokenRow, after: &Generations) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update remember_tokens set token_hash = $3, previous_hash = $4, before_hash = $5, rotated_at = $6, \
         retired_hashes = $7, retired_at = $8, retired_browser = $9 where id = $1 and token_hash = $2",
    );
    let update = update.bind(&row.id).bind(&row.generations.current).bind(&after.current);
    let update = update.bind(&after.previous).bind(&after.before).bind(after.rotated_at);
    let update = update.bind(&after.retired).bind(after.retired_at).bind(after.retired_browser);
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Records that a device was used, and where.
pub(super) async fn touch(tx: &mut Tx, id: &str, client: &Client, now: Time) -> sqlx::Result<()> {
    let update =
        sqlx::query("update remember_tokens set last_used_at = $2, browser = $3, address = $4 where id = $1");
    let update = update.bind(id).bind(now.unix()).bind(client.browser);
    update.bind(client.address.map(|address| address.to_string())).execute(&mut *tx).await.map(drop)
}

/// Removes a device with its sessions. Returns the number of devices.
pub(super) async fn delete(tx: &mut Tx, id: &str) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from remember_tokens where id = $1").bind(id);
    Ok(delete.execute(&mut *tx).await?.rows_affected())
}

/// Removes the device with an ID, if it has expired. Its sessions end with it.
pub(super) async fn delete_ended(tx: &mut Tx, id: &str, limits: Lifetimes) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from remember_tokens where id = $1 and (created_at <= $2 or last_used_at <= $3 or created_at > $4)",
    );
    let delete = delete.bind(id).bind(limits.created_after.unix()).bind(limits.used_after.unix());
    delete.bind(limits.created_by.unix()).execute(&mut *tx).await.map(drop)
}

/// Removes expired devices, with their sessions.
pub(super) async fn sweep(tx: &mut Tx, limits: Lifetimes) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from remember_tokens where created_at <= $1 or last_used_at <= $2 or created_at > $3",
    );
    let delete = delete.bind(limits.created_after.unix()).bind(limits.used_after.unix());
    delete.bind(limits.created_by.unix()).execute(&mut *tx).await.map(drop)
}
