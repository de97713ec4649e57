//! What has ended by itself is removed, so that rows do not pile up.

use super::{lifetimes, remembered, store};
use crate::base::Site;

/// Removes the sessions and remembered devices whose time is over.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin().await?;
    store::sweep(&mut tx, lifetimes::of_sessions(site)).await?;
    remembered::sweep(&mut tx, lifetimes::of_remembered(site)).await?;
    tx.commit().await
}
