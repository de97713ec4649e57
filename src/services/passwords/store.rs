//! The table `passwords`.

use sqlx::FromRow;

use crate::base::{Db, Time, Tx};
use crate::people::AccountId;

/// The stored hash of an account. Without an account, the same query is made.
pub(super) async fn hash_of(db: &Db, account: Option<&AccountId>) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select hash from passwords where account_id = $1");
    select.bind(account.map_or("", AccountId::as_str)).fetch_optional(db.reader()).await
}

/// An account at which a password is tried, with what is stored of its password, if it has one.
#[derive(FromRow)]
pub(super) struct Found {
    pub(super) account: AccountId,
    pub(super) confirmed_at: Option<i64>,
    pub(super) disabled_at: Option<i64>,
    pub(super) changed_at: Option<i64>,
    pub(super) hash: Option<String>,
}

/// The account with an address, in the form that is compared.
pub(super) async fn at_address(db: &Db, address: &str) -> sqlx::Result<Option<Found>> {
    let select = sqlx::query_as(
        "select accounts.id as account, confirmed_at, disabled_at, changed_at, hash \
         from accounts left join passwords on account_id = accounts.id where email_key = $1",
    );
    select.bind(address).fetch_optional(db.reader()).await
}

/// The account with an ID.
pub(super) async fn at_account(db: &Db, account: &AccountId) -> sqlx::Result<Option<Found>> {
    let select = sqlx::query_as(
        "select accounts.id as account, confirmed_at, disabled_at, changed_at, hash \
         from accounts left join passwords on account_id = accounts.id where accounts.id = $1",
    );
    select.bind(account.as_str()).fetch_optional(db.reader()).await
}

/// What a login finds in its transaction, in one read. Each of these is rarely there, and then takes a statement
/// of its own.
#[derive(FromRow)]
pub(super) struct LoginRow {
    /// The session that the same form started before.
    pub(super) session_before: Option<String>,
    /// Results of the account's forms.
    pub(super) results: i64,
    /// Events of one kind that the owner was not told yet.
    pub(super) untold: i64,
}

/// What a login finds, if this is the hash of an account that may log in.
pub(super) async fn login(
    tx: &mut Tx,
    (account, hash): (&AccountId, &str),
    form: &str,
    untold: &str,
    now: Time,
) -> sqlx::Result<Option<LoginRow>> {
    let select = sqlx::query_as(
        "select \
         (select session_id from submissions where key = $3 and ends_at > $4 and session_id is not null) as session_before, \
         (select count(*) from submissions where account_id = $1) as results, \
         (select count(*) from audit where account_id = $1 and event = $5 and told_at is null) as untold \
         from accounts join passwords on account_id = accounts.id \
         where accounts.id = $1 and hash = $2 and disabled_at is null",
    );
    let select = select.bind(account.as_str()).bind(hash).bind(form).bind(now.unix()).bind(untold);
    select.fetch_optional(&mut *tx).await
}

/// Whether this is the hash of an account that may log in.
pub(super) async fn is_current(tx: &mut Tx, account: &AccountId, hash: &str) -> sqlx::Result<bool> {
    let found: Option<i64> = sqlx::query_scalar(
        "select 1 from passwords join accounts on accounts.id = account_id \
         where account_id = $1 and hash = $2 and disabled_at is null",
    )
    .bind(account.as_str())
    .bind(hash)
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found.is_some())
}

/// Sets the hash of an account.
pub(super) async fn put(tx: &mut Tx, account: &AccountId, hash: &str, now: Time) -> sqlx::Result<()> {
    sqlx::query(
        "insert into passwords (account_id, hash, changed_at) values ($1, $2, $3) \
         on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
    )
    .bind(account.as_str())
    .bind(hash)
    .bind(now.unix())
    .execute(&mut *tx)
    .await
    .map(drop)
}

/// Replaces the hash of a password with a new one of the same password; false if it was changed in the
/// meantime.
pub(super) async fn rehash(db: &Db, account: &AccountId, old: &str, new: &str) -> sqlx::Result<bool> {
    let update = sqlx::query("update passwords set hash = $3 where account_id = $1 and hash = $2");
    let updated = update.bind(account.as_str()).bind(old).bind(new).execute(db.writer()).await?;
    Ok(updated.rows_affected() == 1)
}

/// Removes the hash of an account.
pub(super) async fn delete(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from passwords where account_id = $1");
    delete.bind(account.as_str()).execute(&mut *tx).await.map(drop)
}
