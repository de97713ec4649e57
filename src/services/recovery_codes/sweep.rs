//! Deletes sets that were removed too long ago to be brought back.

use super::store;
use crate::base::Site;

/// How long a removed set can be brought back, in seconds: a week, like the link in the email that reports it.
pub const REMOVED_KEPT: i64 = 7 * 24 * 3_600;

/// Deletes the sets that were removed a week ago, with their codes.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    store::delete_removed(&site.db, now.minus(REMOVED_KEPT), now).await
}
