//! The table `links`.

use sqlx::FromRow;

use crate::base::{Db, Time, TokenHash, Tx};
use crate::people::{AccountId, Email};

/// A link that is good now.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) account_id: AccountId,
    pub(super) email: String,
    pub(super) name: String,
}

/// Adds a link in the place of an older one about the same address.
pub(super) async fn put(
    tx: &mut Tx,
    token: &TokenHash,
    purpose: &str,
    account: &AccountId,
    email: &Email,
    ends_at: Time,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into links (token_hash, purpose, account_id, email, email_key, ends_at) \
         values ($1, $2, $3, $4, $5, $6) on conflict (account_id, purpose, email_key) do update \
         set token_hash = excluded.token_hash, email = excluded.email, ends_at = excluded.ends_at",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(account.as_str())
    .bind(email.as_str())
    .bind(email.key())
    .bind(ends_at.unix())
    .execute(&mut *tx)
    .await
    .map(drop)
}

/// The link of a token: of an account that may be signed in to and, unless it is about an address that the account is to have
/// or had, still has the address that the link was made for.
pub(super) async fn find(db: &Db, token: &TokenHash, purpose: &str, now: Time) -> sqlx::Result<Option<Row>> {
    sqlx::query_as(
        "select account_id, links.email, name from links join accounts on accounts.id = account_id \
         where token_hash = $1 and purpose = $2 and ends_at > $3 and disabled_at is null \
         and (purpose in ('change', 'undo') or links.email_key = accounts.email_key)",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(now.unix())
    .fetch_optional(db.reader())
    .await
}

/// Uses the link of a token up. Of many at once one gets it. The answer is whose it was, and the address it is about.
pub(super) async fn take(
    tx: &mut Tx,
    token: &TokenHash,
    purpose: &str,
    now: Time,
) -> sqlx::Result<Option<(AccountId, String)>> {
    sqlx::query_as(
        "delete from links where token_hash = $1 and purpose = $2 and ends_at > $3 and exists \
         (select 1 from accounts where accounts.id = links.account_id and disabled_at is null \
          and (links.purpose in ('change', 'undo') or accounts.email_key = links.email_key)) \
         returning account_id, email",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(now.unix())
    .fetch_optional(&mut *tx)
    .await
}

/// The links of an account that are good now: what each is for, the address it is about, when it ends.
pub(super) async fn of(db: &Db, account: &AccountId, now: Time) -> sqlx::Result<Vec<(String, String, i64)>> {
    let select = sqlx::query_as(
        "select purpose, email, ends_at from links where account_id = $1 and ends_at > $2 order by ends_at, email",
    );
    select.bind(account.as_str()).bind(now.unix()).fetch_all(db.reader()).await
}

/// Gives a link that there is another secret; false where there is none.
pub(super) async fn refresh(
    tx: &mut Tx,
    token: &TokenHash,
    purpose: &str,
    account: &AccountId,
    email: &Email,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update links set token_hash = $1 where purpose = $2 and account_id = $3 and email_key = $4",
    );
    let update = update.bind(token.as_str()).bind(purpose).bind(account.as_str()).bind(email.key());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Whether an address may still be given back to another account than this one.
pub(super) async fn is_reserved(
    tx: &mut Tx,
    email: &Email,
    account: Option<&AccountId>,
    now: Time,
) -> sqlx::Result<bool> {
    let found: Option<i64> = sqlx::query_scalar(
        "select 1 from links where email_key = $1 and purpose = 'undo' and ends_at > $2 and account_id <> $3 limit 1",
    )
    .bind(email.key())
    .bind(now.unix())
    .bind(account.map_or("", AccountId::as_str))
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found.is_some())
}

/// Ends the links of one purpose that an account has.
pub(super) async fn delete_purpose(tx: &mut Tx, account: &AccountId, purpose: &str) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where account_id = $1 and purpose = $2");
    delete.bind(account.as_str()).bind(purpose).execute(&mut *tx).await.map(drop)
}

/// Ends the links of an account, but not those by which its owner gets it back from somebody else.
pub(super) async fn delete_of(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where account_id = $1 and purpose not in ('undo', 'secure')");
    delete.bind(account.as_str()).execute(&mut *tx).await.map(drop)
}

/// Removes the links whose time is over.
pub(super) async fn delete_until(db: &Db, moment: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where ends_at <= $1");
    delete.bind(moment.unix()).execute(db.writer()).await.map(drop)
}

/// Ends all links of an account.
pub(super) async fn delete_all_of(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where account_id = $1");
    delete.bind(account.as_str()).execute(&mut *tx).await.map(drop)
}
