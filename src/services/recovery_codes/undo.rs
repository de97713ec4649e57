//! What happened to the sets of an account lately, and a set that comes back: for an owner who undoes what an
//! attacker did. Whether it may be undone is decided elsewhere.

use sqlx::{Any, Executor};

use super::store;
use crate::base::{Time, Tx};
use crate::people::AccountId;

/// A set that was kept or removed.
#[derive(Debug)]
pub struct ChangedSet {
    /// Its ID.
    pub id: String,
    /// When it was kept.
    pub created_at: Time,
    /// When it was removed, if it was. A newer set removes the one before at the same moment.
    pub removed_at: Option<Time>,
}

/// The sets of an account that were kept or removed after a moment, the oldest first.
pub async fn changed_since<'e>(
    executor: impl Executor<'e, Database = Any>,
    account: &AccountId,
    since: Time,
) -> sqlx::Result<Vec<ChangedSet>> {
    let rows = store::changed_since(executor, account, since).await?;
    Ok(rows
        .into_iter()
        .map(|row| ChangedSet {
            id: row.id,
            created_at: Time::from_unix(row.created_at),
            removed_at: row.removed_at.map(Time::from_unix),
        })
        .collect())
}

/// Takes a removed set of an account into use again, in the place of the one in use; false if it no longer exists, or
/// is in use. Codes of it that were used stay used.
pub async fn bring_back(tx: &mut Tx, account: &AccountId, set: &str, now: Time) -> sqlx::Result<bool> {
    store::bring_back(tx, account, set, now).await
}
