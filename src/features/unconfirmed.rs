//! Removes accounts whose address was never confirmed. A stranger may have typed it. Its owner would
//! otherwise find an account under a name that is not theirs, however late they come.

use std::time::{Duration, Instant};

use crate::base::Site;
use crate::people::accounts::{self, AccountId};
use crate::people::belongings;
use crate::services::outbox;

/// How long such an account is kept after the last link was sent, in seconds. The link is valid for a day.
/// After a week's holiday, the user can still request another and need not type everything again.
const KEPT: i64 = 7 * 24 * 3_600;

/// How many are read at once.
const BATCH: i64 = 200;

/// How long a run goes on with further batches: half of the minute after which another instance may begin its
/// own. Each account has a transaction of its own, so a login waits for one of them, and not for all.
const LONGEST_RUN: Duration = Duration::from_secs(30);

/// Removes them. The log gets one line with their number: a flood of sign-ups must not become a flood of
/// lines a week later. If email is off, no one can confirm an address, and nothing is removed.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    if !site.mailer.is_on() {
        return Ok(());
    }
    let (begun, now) = (Instant::now(), site.clock.now());
    let mut count = 0;
    loop {
        let batch = accounts::unconfirmed_since(&site.db, now.minus(KEPT), now, BATCH).await?;
        let mut removed = 0;
        for account in &batch {
            removed += u64::from(remove(site, account).await?);
        }
        count += removed;
        let is_full = i64::try_from(batch.len()).is_ok_and(|read| read == BATCH);
        if !is_full || removed == 0 || begun.elapsed() >= LONGEST_RUN {
            break;
        }
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
    belongings::delete_unbegun(&mut tx, account, now).await?;
    tx.commit().await?;
    Ok(true)
}
