//! The tables `recovery_sets` and `recovery_codes`. A set that was removed stays for a while, so that the removal can
//! be undone; a code that was used has no row any more.

use sqlx::{Any, Executor, FromRow};

use crate::base::recovery_code::CodeHash;
use crate::base::{Db, Time, Tx};
use crate::people::{AccountId, ActorKind};

/// How many removed sets of an account are kept.
const REMOVED: i64 = 20;

/// The set in use of an account.
#[derive(FromRow)]
pub(super) struct InUse {
    pub(super) id: String,
    pub(super) hash_parameters: String,
}

/// Finds the set in use of an account.
pub(super) async fn in_use(db: &Db, account: &AccountId) -> sqlx::Result<Option<InUse>> {
    let select = sqlx::query_as(
        "select id, hash_parameters from recovery_sets where account_id = $1 and removed_at is null \
         order by created_at desc, id desc limit 1",
    );
    select.bind(account.as_str()).fetch_optional(db.reader()).await
}

/// Whether a set in use has a code with this hash. Without a set, the same query is made.
pub(super) async fn has(db: &Db, set: &str, hash: &str) -> sqlx::Result<bool> {
    let select = sqlx::query_scalar(
        "select 1 from recovery_codes join recovery_sets on recovery_sets.id = set_id \
         where set_id = $1 and hash = $2 and removed_at is null",
    );
    let found: Option<i64> = select.bind(set).bind(hash).fetch_optional(db.reader()).await?;
    Ok(found.is_some())
}

/// How many codes the set in use of an account has.
pub(super) async fn left<'e>(
    executor: impl Executor<'e, Database = Any>,
    account: &AccountId,
) -> sqlx::Result<Option<i64>> {
    let select = sqlx::query_scalar(
        "select (select count(*) from recovery_codes where set_id = recovery_sets.id) as codes \
         from recovery_sets where account_id = $1 and removed_at is null \
         order by created_at desc, id desc limit 1",
    );
    select.bind(account.as_str().to_owned()).fetch_optional(executor).await
}

/// Whether there is a set with an ID, in use or removed.
pub(super) async fn exists(tx: &mut Tx, id: &str) -> sqlx::Result<bool> {
    let select = sqlx::query_scalar("select 1 from recovery_sets where id = $1");
    let found: Option<i64> = select.bind(id).fetch_optional(&mut *tx).await?;
    Ok(found.is_some())
}

/// A set to add.
pub(super) struct New<'n> {
    pub(super) id: &'n str,
    pub(super) hash_parameters: &'n str,
    pub(super) hashes: &'n [CodeHash],
}

/// Adds a set.
pub(super) async fn put(
    tx: &mut Tx,
    account: &AccountId,
    new: &New<'_>,
    now: Time,
    created_by: ActorKind,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into recovery_sets (id, account_id, hash_parameters, created_at, created_by) values ($1, $2, $3, $4, $5)",
    )
    .bind(new.id)
    .bind(account.as_str())
    .bind(new.hash_parameters)
    .bind(now.unix())
    .bind(created_by)
    .execute(&mut *tx)
    .await?;
    for hash in new.hashes {
        let insert = sqlx::query("insert into recovery_codes (set_id, hash) values ($1, $2)");
        insert.bind(new.id).bind(hash.as_str()).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Removes the set in use of an account; false if there is none.
pub(super) async fn remove(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<bool> {
    let update =
        sqlx::query("update recovery_sets set removed_at = $2 where account_id = $1 and removed_at is null");
    let updated = update.bind(account.as_str()).bind(now.unix()).execute(&mut *tx).await?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    // Those that lived longest: a stranger who makes one after another pushes none of its owner out.
    let surplus = sqlx::query(
        "delete from recovery_sets where account_id = $1 and removed_at is not null and id not in \
         (select id from recovery_sets where account_id = $1 and removed_at is not null \
         order by removed_at - created_at desc, id limit $2)",
    );
    surplus.bind(account.as_str()).bind(REMOVED).execute(&mut *tx).await?;
    Ok(true)
}

/// Deletes a code of the set in use. Of several simultaneous requests, one gets `true`.
pub(super) async fn consume(
    tx: &mut Tx,
    account: &AccountId,
    set: &str,
    hash: &CodeHash,
) -> sqlx::Result<bool> {
    let delete = sqlx::query(
        "delete from recovery_codes where set_id = $1 and hash = $2 and exists \
         (select 1 from recovery_sets where recovery_sets.id = recovery_codes.set_id \
          and account_id = $3 and removed_at is null)",
    );
    let deleted = delete.bind(set).bind(hash.as_str()).bind(account.as_str()).execute(&mut *tx).await?;
    Ok(deleted.rows_affected() == 1)
}

/// Takes a removed set of an account into use again, in the place of the one in use; false if it no longer exists, or
/// is in use.
pub(super) async fn bring_back(tx: &mut Tx, account: &AccountId, set: &str, now: Time) -> sqlx::Result<bool> {
    // In this order: an account has one in use at most.
    let update = sqlx::query(
        "update recovery_sets set removed_at = $3 where account_id = $2 and removed_at is null and exists \
         (select 1 from recovery_sets as back \
         where back.id = $1 and back.account_id = $2 and back.removed_at is not null)",
    );
    update.bind(set).bind(account.as_str()).bind(now.unix()).execute(&mut *tx).await?;
    let update = sqlx::query(
        "update recovery_sets set removed_at = null where id = $1 and account_id = $2 and removed_at is not null",
    );
    let updated = update.bind(set).bind(account.as_str()).execute(&mut *tx).await?;
    Ok(updated.rows_affected() == 1)
}

/// Deletes the sets that were removed until a moment, with their codes. A clock that was ahead removed those of the
/// future: their time begins now.
pub(super) async fn delete_removed(db: &Db, oldest: Time, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update recovery_sets set removed_at = $1 where removed_at > $1");
    update.bind(now.unix()).execute(db.writer()).await?;
    let delete = sqlx::query("delete from recovery_sets where removed_at <= $1");
    delete.bind(oldest.unix()).execute(db.writer()).await.map(drop)
}
