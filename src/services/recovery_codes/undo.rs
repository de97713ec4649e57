//! A set that comes back: for an owner who undoes what an attacker did. Whether it may is decided elsewhere.

use super::store;
use crate::base::{Time, Tx};
use crate::people::AccountId;

/// Takes a removed set of an account into use again, in the place of the one in use; false if it no longer exists, or
/// is in use. Codes of it that were used stay used.
pub async fn bring_back(tx: &mut Tx, account: &AccountId, set: &str, now: Time) -> sqlx::Result<bool> {
    store::bring_back(tx, account, set, now).await
}
