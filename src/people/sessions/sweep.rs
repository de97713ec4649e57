//! What has ended by itself is removed, so that rows do not pile up.

use super::{ended, lifetimes, remembered, store};
use crate::base::Site;

/// Removes the sessions whose time is over.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[]).await?;
    store::sweep(&mut tx, lifetimes::of_sessions(site)).await?;
    tx.commit().await
}

/// Removes the remembered devices whose time is over, with their sessions; and what is known of those that were logged out long
/// ago.
pub async fn sweep_devices(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[]).await?;
    remembered::sweep(&mut tx, lifetimes::of_remembered(site)).await?;
    ended::sweep(&mut tx, site.clock.now()).await?;
    tx.commit().await
}
