//! The tables `sessions` and `remembered`.

use sqlx::{Any, FromRow, Transaction};
use uuid::Uuid;

use super::lifetimes::Limits;
use crate::base::{Db, Time, TokenHash};
use crate::people::accounts::AccountId;

/// A live session with its account.
#[derive(Debug, FromRow)]
pub(super) struct SessionRow {
    pub(super) id: String,
    pub(super) account_id: AccountId,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) last_used_at: i64,
}

/// A live remembered device.
#[derive(Debug, FromRow)]
pub(super) struct RememberedRow {
    pub(super) id: String,
    pub(super) account_id: AccountId,
}

/// The session of a token: alive, and of an account that may sign in. One look-up for each request.
pub(super) async fn session(db: &Db, token: &TokenHash, limits: Limits) -> sqlx::Result<Option<SessionRow>> {
    sqlx::query_as(
        "select sessions.id, account_id, email, name, last_used_at \
         from sessions join accounts on accounts.id = account_id \
         where token_hash = $1 and sessions.created_at > $2 and last_used_at > $3 and disabled_at is null",
    )
    .bind(token.as_str())
    .bind(limits.created_after.unix())
    .bind(limits.used_after.unix())
    .fetch_optional(db.reader())
    .await
}

/// The remembered device of a token: alive, and of an account that may sign in.
pub(super) async fn remembered(
    db: &Db,
    token: &TokenHash,
    limits: Limits,
) -> sqlx::Result<Option<RememberedRow>> {
    sqlx::query_as(
        "select remembered.id, account_id \
         from remembered join accounts on accounts.id = account_id \
         where token_hash = $1 and remembered.created_at > $2 and last_used_at > $3 and disabled_at is null",
    )
    .bind(token.as_str())
    .bind(limits.created_after.unix())
    .bind(limits.used_after.unix())
    .fetch_optional(db.reader())
    .await
}

/// Writes down that a session was used.
pub(super) async fn touch_session(db: &Db, id: &str, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update sessions set last_used_at = $2 where id = $1 and last_used_at < $2");
    update.bind(id).bind(now.unix()).execute(db.writer()).await.map(drop)
}

/// Writes down that a remembered device was used; false if it has ended meanwhile.
pub(super) async fn touch_remembered(
    tx: &mut Transaction<'static, Any>,
    id: &str,
    now: Time,
) -> sqlx::Result<bool> {
    let update = sqlx::query("update remembered set last_used_at = $2 where id = $1");
    Ok(update.bind(id).bind(now.unix()).execute(&mut **tx).await?.rows_affected() == 1)
}

/// Adds a session.
pub(super) async fn insert_session(
    tx: &mut Transaction<'static, Any>,
    token: &TokenHash,
    account: &AccountId,
    remembered: Option<&str>,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into sessions (id, token_hash, account_id, remembered_id, created_at, last_used_at) \
         values ($1, $2, $3, $4, $5, $5)",
    )
    .bind(Uuid::now_v7().to_string())
    .bind(token.as_str())
    .bind(account.as_str())
    .bind(remembered)
    .bind(now.unix())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Adds a remembered device. The answer is its id.
pub(super) async fn insert_remembered(
    tx: &mut Transaction<'static, Any>,
    token: &TokenHash,
    account: &AccountId,
    now: Time,
) -> sqlx::Result<String> {
    let id = Uuid::now_v7().to_string();
    sqlx::query(
        "insert into remembered (id, token_hash, account_id, created_at, last_used_at) values ($1, $2, $3, $4, $4)",
    )
    .bind(&id)
    .bind(token.as_str())
    .bind(account.as_str())
    .bind(now.unix())
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Removes what has ended by itself among an account's sessions and devices, so that rows do not pile up.
pub(super) async fn sweep(
    tx: &mut Transaction<'static, Any>,
    account: &AccountId,
    sessions: Limits,
    remembered: Limits,
) -> sqlx::Result<()> {
    let statements = [
        ("delete from sessions where account_id = $1 and (created_at <= $2 or last_used_at <= $3)", sessions),
        (
            "delete from remembered where account_id = $1 and (created_at <= $2 or last_used_at <= $3)",
            remembered,
        ),
    ];
    for (statement, limits) in statements {
        sqlx::query(statement)
            .bind(account.as_str())
            .bind(limits.created_after.unix())
            .bind(limits.used_after.unix())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// Removes the session of a token, and the remembered device it belongs to with all of that device's sessions.
pub(super) async fn delete_session(
    tx: &mut Transaction<'static, Any>,
    token: &TokenHash,
) -> sqlx::Result<()> {
    sqlx::query(
        "delete from remembered where id = (select remembered_id from sessions where token_hash = $1)",
    )
    .bind(token.as_str())
    .execute(&mut **tx)
    .await?;
    let rest = sqlx::query("delete from sessions where token_hash = $1");
    rest.bind(token.as_str()).execute(&mut **tx).await.map(drop)
}

/// Removes the remembered device of a token, with its sessions.
pub(super) async fn delete_remembered(
    tx: &mut Transaction<'static, Any>,
    token: &TokenHash,
) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from remembered where token_hash = $1");
    delete.bind(token.as_str()).execute(&mut **tx).await.map(drop)
}

/// Removes every session and remembered device of an account.
pub(super) async fn delete_of(tx: &mut Transaction<'static, Any>, account: &AccountId) -> sqlx::Result<()> {
    for statement in
        ["delete from sessions where account_id = $1", "delete from remembered where account_id = $1"]
    {
        sqlx::query(statement).bind(account.as_str()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Removes all rows of everybody.
pub(super) async fn delete_all(tx: &mut Transaction<'static, Any>) -> sqlx::Result<()> {
    for statement in ["delete from sessions", "delete from remembered"] {
        sqlx::query(statement).execute(&mut **tx).await?;
    }
    Ok(())
}
