//! Undoes what was changed about an account's app, as long as removed ones are kept.

use super::store;
use crate::base::{Db, Time, Tx};
use crate::people::AccountId;

/// An app that was added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppChange {
    /// When it was added.
    pub created_at: Time,
    /// When it was removed, if it was.
    pub removed_at: Option<Time>,
}

/// The apps of an account that were added or removed at a moment or since, the oldest first.
pub async fn changes_since(db: &Db, account: &AccountId, moment: Time) -> sqlx::Result<Vec<AppChange>> {
    let rows = store::changed_since(db, account, moment).await?;
    let changes = rows.into_iter().map(|(created_at, removed_at)| AppChange {
        created_at: Time::from_unix(created_at),
        removed_at: removed_at.map(Time::from_unix),
    });
    Ok(changes.collect())
}

/// Gives an account back the app that it had at a moment, or none if it had none. Returns whether this changes
/// anything. Codes that were used stay used, and an app that was stopped stays stopped.
pub async fn restore(tx: &mut Tx, account: &AccountId, moment: Time, now: Time) -> sqlx::Result<bool> {
    let Some(id) = store::had(tx, account, moment).await? else {
        return store::remove(tx, account, now).await;
    };
    // In this order: an account has one app at most.
    let removed = store::remove_other(tx, account, &id, now).await?;
    let brought_back = store::bring_back(tx, account, &id).await?;
    Ok(removed || brought_back)
}
