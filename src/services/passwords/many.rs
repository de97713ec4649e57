//! Passwords of many accounts at once: which accounts have one, and those of new accounts.

use std::collections::BTreeSet;

use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Time, Tx};
use crate::people::AccountId;

/// The IDs of those of these accounts that have a password.
pub async fn set_among(tx: &mut Tx, accounts: &[&AccountId]) -> sqlx::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for some in accounts.chunks(ROWS_AT_ONCE) {
        let sql = many::list("select account_id from passwords where account_id in", some.len(), "");
        let mut select = sqlx::query_scalar(sql);
        for account in some {
            select = select.bind(account.as_str());
        }
        let rows: Vec<String> = select.fetch_all(&mut *tx).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Stores the hashes of accounts that have no password. False if one of them has one by now: the transaction
/// is then to be dropped.
pub async fn insert_many(tx: &mut Tx, hashes: &[(&AccountId, &str)], now: Time) -> sqlx::Result<bool> {
    for some in hashes.chunks(ROWS_AT_ONCE) {
        let before = "insert into passwords (account_id, hash, changed_at) values";
        let sql = many::rows(before, (some.len(), 3), "on conflict (account_id) do nothing");
        let mut insert = sqlx::query(sql);
        for (account, hash) in some {
            insert = insert.bind(account.as_str()).bind(*hash).bind(now.unix());
        }
        if insert.execute(&mut *tx).await?.rows_affected() != some.len() as u64 {
            return Ok(false);
        }
    }
    Ok(true)
}
