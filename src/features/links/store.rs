//! The table `links`.

use sqlx::{Any, FromRow, Transaction};

use crate::base::{Db, Time, TokenHash};
use crate::people::AccountId;

/// A link that is good now, of an account that may be signed in to under the address it was made for.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) account_id: AccountId,
    pub(super) email: String,
    pub(super) name: String,
}

/// Adds a link in the place of an older one.
pub(super) async fn put(
    tx: &mut Transaction<'static, Any>,
    token: &TokenHash,
    purpose: &str,
    account: &AccountId,
    email_key: &str,
    ends_at: Time,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into links (token_hash, purpose, account_id, email_key, ends_at) values ($1, $2, $3, $4, $5) \
         on conflict (account_id, purpose) do update \
         set token_hash = excluded.token_hash, email_key = excluded.email_key, ends_at = excluded.ends_at",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(account.as_str())
    .bind(email_key)
    .bind(ends_at.unix())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// The link of a token.
pub(super) async fn find(db: &Db, token: &TokenHash, purpose: &str, now: Time) -> sqlx::Result<Option<Row>> {
    sqlx::query_as(
        "select account_id, email, name from links join accounts on accounts.id = account_id \
         where token_hash = $1 and purpose = $2 and ends_at > $3 \
         and links.email_key = accounts.email_key and disabled_at is null",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(now.unix())
    .fetch_optional(db.reader())
    .await
}

/// Uses the link of a token up. Of many at once one gets it.
pub(super) async fn take(
    tx: &mut Transaction<'static, Any>,
    token: &TokenHash,
    purpose: &str,
    now: Time,
) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar(
        "delete from links where token_hash = $1 and purpose = $2 and ends_at > $3 and exists \
         (select 1 from accounts where accounts.id = links.account_id \
          and accounts.email_key = links.email_key and disabled_at is null) returning account_id",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(now.unix())
    .fetch_optional(&mut **tx)
    .await
}

/// Ends the links of an account.
pub(super) async fn delete_of(tx: &mut Transaction<'static, Any>, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where account_id = $1");
    delete.bind(account.as_str()).execute(&mut **tx).await.map(drop)
}

/// Removes the links whose time is over.
pub(super) async fn delete_until(db: &Db, moment: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where ends_at <= $1");
    delete.bind(moment.unix()).execute(db.writer()).await.map(drop)
}
