//! Removes expired rows, so that they do not pile up.

use super::{ended, lifetimes, pending, remember_me, store};
use crate::base::Site;

/// Removes expired sessions.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[]).await?;
    store::sweep(&mut tx, lifetimes::of_sessions(site)).await?;
    tx.commit().await
}

/// Removes expired remembered devices, with their sessions; and the records of those that were logged out
/// long ago.
pub async fn sweep_devices(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[]).await?;
    remember_me::sweep(&mut tx, lifetimes::of_remember_me(site)).await?;
    ended::sweep(&mut tx, site.clock.now()).await?;
    tx.commit().await
}

/// Removes pending logins that are over, once their owners need not be told about them.
pub async fn sweep_pending(site: &Site) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[]).await?;
    pending::sweep(&mut tx, site.clock.now()).await?;
    tx.commit().await
}
