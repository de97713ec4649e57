//! Removes the app of an account. A removed one is kept for a week: if a stranger removed it, its owner can [bring it
//! back](super::restore).

use super::store;
use crate::base::{Site, Time, Tx};
use crate::people::AccountId;

/// How long a removed app is kept, in seconds: a week, like the link in the email that reports it.
pub const REMOVED_KEPT: i64 = 7 * 24 * 3_600;

/// Removes the app of an account; false if it has none. From now on no code of it counts.
pub async fn remove(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<bool> {
    store::remove(tx, account, now).await
}

/// Deletes the apps that were removed a week ago.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    store::delete_removed(&site.db, now.minus(REMOVED_KEPT), now).await
}
