//! Undoes what was changed about an account's app, as long as removed ones are kept.

use super::store;
use crate::base::{Time, Tx};
use crate::people::AccountId;

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
