//! Removes tickets that no one redeemed, so that they do not pile up.

use super::hand_over::ends_by;
use super::store;
use crate::base::Site;

/// Removes them. What is removed opens nothing any more, so no cache needs to know.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[]).await?;
    let now = site.clock.now();
    store::sweep(&mut tx, now, ends_by(now)).await?;
    tx.commit().await
}
