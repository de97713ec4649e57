//! Removes invitations that have long been over.

use super::invitation::Lifetime;
use super::store;
use crate::base::Site;

/// How long an invitation that ended can still be renewed, and its uses be seen, in seconds: 30 days.
pub const OVER_KEPT: i64 = 30 * 24 * 3_600;

/// Removes invitations that ended 30 days ago. One that would last longer than any was made by a clock that was ahead;
/// its time begins now.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    store::shorten(&site.db, now.plus(Lifetime::LONGEST.seconds())).await?;
    store::delete_until(&site.db, now.minus(OVER_KEPT)).await
}
