//! What has ended by itself is removed, so that rows do not pile up.

use super::{lifetimes, remembered, store};
use crate::base::Site;

/// Removes the sessions whose time is over.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    store::sweep(&site.db, lifetimes::of_sessions(site)).await
}

/// Removes the remembered devices whose time is over.
pub async fn sweep_devices(site: &Site) -> sqlx::Result<()> {
    remembered::sweep(&site.db, lifetimes::of_remembered(site)).await
}
