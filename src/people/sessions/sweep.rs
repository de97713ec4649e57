//! What has ended by itself is removed, so that rows do not pile up.

use super::{lifetimes, remembered, store};
use crate::base::Site;

/// Removes the sessions whose time is over.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[]).await?;
    store::sweep(&mut tx, lifetimes::of_sessions(site)).await?;
    tx.commit().await
}

/// Removes the remembered devices whose time is over, with their sessions.
pub async fn sweep_devices(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[]).await?;
    remembered::sweep(&mut tx, lifetimes::of_remembered(site)).await?;
    tx.commit().await
}
