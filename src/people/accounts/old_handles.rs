//! The table `old_handles`: handles that an account had. Apps keep what belongs to a person under the handle, so no
//! other account gets it.

use super::handle::Handle;
use crate::base::{Time, Tx};

/// Adds one that an account loses, with the ID of the account if it stays.
pub(super) async fn insert(
    tx: &mut Tx,
    handle: &Handle,
    account: Option<&str>,
    now: Time,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into old_handles (hash, account_id, created_at) values ($1, $2, $3) on conflict (hash) do nothing",
    );
    let insert = insert.bind(handle.hash()).bind(account.map(str::to_owned)).bind(now.unix());
    insert.execute(&mut *tx).await.map(drop)
}

/// Removes one that its account gets back. Returns whether another account had it: then it stays that one's.
pub(super) async fn is_of_another(tx: &mut Tx, handle: &Handle, account: &str) -> sqlx::Result<bool> {
    let delete = sqlx::query("delete from old_handles where hash = $1 and account_id = $2");
    delete.bind(handle.hash()).bind(account.to_owned()).execute(&mut *tx).await?;
    let select = sqlx::query("select 1 from old_handles where hash = $1");
    Ok(select.bind(handle.hash()).fetch_optional(&mut *tx).await?.is_some())
}
