//! The table `passwords`.

use crate::base::{Db, Time, Tx};
use crate::people::AccountId;

/// The stored hash of an account.
pub(super) async fn hash_of(db: &Db, account: &AccountId) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select hash from passwords where account_id = $1");
    select.bind(account.as_str()).fetch_optional(db.reader()).await
}

/// An account at which a password is tried.
pub(super) struct Found {
    pub(super) account: AccountId,
    pub(super) confirmed_at: Option<i64>,
    pub(super) disabled_at: Option<i64>,
    /// When its password was last changed, if it has one.
    pub(super) changed_at: Option<Time>,
}

/// The account with an address, in the form that is compared.
pub(super) async fn at_address(db: &Db, address: &str) -> sqlx::Result<Option<Found>> {
    let select = sqlx::query_as(
        "select accounts.id, confirmed_at, disabled_at, changed_at \
         from accounts left join passwords on account_id = accounts.id where email_key = $1",
    );
    let row: Option<(AccountId, Option<i64>, Option<i64>, Option<i64>)> =
        select.bind(address).fetch_optional(db.reader()).await?;
    Ok(row.map(|(account, confirmed_at, disabled_at, changed_at)| Found {
        account,
        confirmed_at,
        disabled_at,
        changed_at: changed_at.map(Time::from_unix),
    }))
}

/// When the password of an account was last changed.
pub(super) async fn changed_at(db: &Db, account: &AccountId) -> sqlx::Result<Option<Time>> {
    let select = sqlx::query_scalar("select changed_at from passwords where account_id = $1");
    let changed_at: Option<i64> = select.bind(account.as_str()).fetch_optional(db.reader()).await?;
    Ok(changed_at.map(Time::from_unix))
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
