//! Removes accounts whose address was never confirmed. A stranger may have typed it. Its owner would
//! otherwise find an account under a name that is not theirs, however late they come.

use crate::base::Site;
use crate::people::accounts::{self, AccountId};
use crate::services::outbox;

/// How long such an account is kept after the last link was sent, in seconds. The link is valid for a day.
/// After a week's holiday, the user can still request another and need not type everything again.
const KEPT: i64 = 7 * 24 * 3_600;

/// How many are removed in one run. Each has a transaction of its own, so a login waits for one of them, a
/// few milliseconds, and not for all. With a run every ten minutes that is 28,800 a day, as many as 120
/// networks can sign up at `limit_signups` (240 a day each). More of them take longer to remove.
const MOST_AT_ONCE: i64 = 200;

/// Removes them. The log gets one line with their number: a flood of sign-ups must not become a flood of
/// lines a week later. If email is off, no one can confirm an address, and nothing is removed.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    if !site.mailer.is_on() {
        return Ok(());
    }
    let now = site.clock.now();
    let mut count = 0;
    for account in accounts::unconfirmed_since(&site.db, now.minus(KEPT), now, MOST_AT_ONCE).await? {
        count += u64::from(remove(site, &account).await?);
    }
    if count > 0 {
        log::info!(
            event = "user_deleted", count;
            "removed accounts whose address was not confirmed within {} days", KEPT / (24 * 3_600)
        );
        site.db.checkpoint().await;
    }
    Ok(())
}

async fn remove(site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let address = accounts::still_unconfirmed(&mut tx, account, now.minus(KEPT), now).await?;
    let Some(address) = address else { return Ok(false) };
    outbox::discard_all(&mut tx, account, &address).await?;
    accounts::delete(&mut tx, account).await?;
    tx.commit().await?;
    Ok(true)
}
