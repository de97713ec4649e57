//! Counts wrong codes. Rate limits make guessing slow; this makes it end.

use super::store;
use crate::base::{Time, Tx};
use crate::people::AccountId;

/// After this many wrong codes, the app is stopped (NIST SP 800-63B-4, 3.2.2). A right code forgives fewer than ten of
/// them, and never more. Each is right by chance with a probability of three in a million.
pub const MAX_MISSES: i64 = 100;

/// Counts a wrong code of an account's app, and stops the app at the hundredth. Only the app: the other factors of the
/// account go on. Returns how many count. Exactly one caller gets [`MAX_MISSES`]: the one that stopped
/// it. Without an app, or with one that is stopped, it is 0.
pub async fn miss(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<i64> {
    let failed_codes = store::miss(tx, account, MAX_MISSES, now).await?;
    Ok(failed_codes.unwrap_or_default())
}
