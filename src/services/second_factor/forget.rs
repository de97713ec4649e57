//! Factors that are forgotten, since a stranger set them up: nothing brings them back.

use crate::base::{Time, Tx};
use crate::people::{AccountId, accounts};

/// Forgets all second factors of an account, those that were removed too, and turns two-factor authentication
/// off: for an owner whose account a stranger began. Its sessions and pending logins must end in the same
/// transaction.
pub async fn forget_all(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    for delete in [
        "delete from totp_apps where account_id = $1",
        "delete from passkeys where account_id = $1",
        "delete from recovery_sets where account_id = $1",
    ] {
        sqlx::query(delete).bind(account.as_str()).execute(&mut *tx).await?;
    }
    accounts::forget_two_factor(tx, account).await
}

/// Lets what came after a moment, and is no longer there, never have been: an undoing goes back to that
/// moment, and the next one must not go back to a moment in between.
pub(super) async fn forget_after(tx: &mut Tx, account: &AccountId, moment: Time) -> sqlx::Result<()> {
    for update in [
        "update totp_apps set removed_at = created_at \
         where account_id = $1 and created_at > $2 and removed_at is not null",
        "update passkeys set removed_at = created_at \
         where account_id = $1 and created_at > $2 and removed_at is not null",
        "update recovery_sets set removed_at = created_at \
         where account_id = $1 and created_at > $2 and removed_at is not null",
    ] {
        sqlx::query(update).bind(account.as_str()).bind(moment.unix()).execute(&mut *tx).await?;
    }
    Ok(())
}
