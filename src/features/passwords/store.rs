//! The table `passwords`.

use sqlx::{Any, Transaction};

use crate::base::{Db, Time};
use crate::people::AccountId;

/// The stored hash of an account.
pub(super) async fn hash_of(db: &Db, account: &AccountId) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select hash from passwords where account_id = $1");
    select.bind(account.as_str()).fetch_optional(db.reader()).await
}

/// Sets the hash of an account.
pub(super) async fn put(
    tx: &mut Transaction<'static, Any>,
    account: &AccountId,
    hash: &str,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into passwords (account_id, hash, changed_at) values ($1, $2, $3) \
         on conflict (account_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
    )
    .bind(account.as_str())
    .bind(hash)
    .bind(now.unix())
    .execute(&mut **tx)
    .await
    .map(drop)
}

/// Puts a new hash of the same password in the place of the old one, unless the password was changed meanwhile.
pub(super) async fn refresh(db: &Db, account: &AccountId, old: &str, new: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update passwords set hash = $3 where account_id = $1 and hash = $2");
    update.bind(account.as_str()).bind(old).bind(new).execute(db.writer()).await.map(drop)
}
