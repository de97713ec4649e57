//! Removes what is over.

use super::{spent, store};
use crate::base::Site;

/// How long a removed passkey can be brought back, in seconds: as long as the link in the email that reports it.
pub const REMOVED_KEPT: i64 = 7 * 24 * 3_600;

/// Forgets challenges that are over, and deletes passkeys that were removed too long ago to be brought back.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    // Each is tried, whatever becomes of the other.
    let forgotten = spent::forget(&site.db, now).await;
    // A clock that was ahead removed those of the future: their time begins now.
    store::removed_now(&site.db, now).await?;
    let moment = now.minus(REMOVED_KEPT);
    for account in store::removed_until(&site.db, moment).await? {
        // What was opened by such a passkey goes with it.
        let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
        store::delete_removed(&mut tx, &account, moment).await?;
        tx.commit().await?;
    }
    forgotten
}
