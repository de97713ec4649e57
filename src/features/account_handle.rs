//! A handle given to an existing account, or taken from it, by the operator on the command line.

use crate::base::Site;
use crate::features::account_acts;
use crate::people::Actor;
use crate::people::accounts::{AccountId, Handle, HandleSet};

/// Gives an account a handle in place of the one that it has; `None` takes that away. Never by its owner: apps know the
/// person by it.
pub async fn set_handle(
    site: &Site,
    account: &AccountId,
    handle: Option<&Handle>,
    actor: Actor<'_>,
) -> sqlx::Result<HandleSet> {
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let set = account_acts::set_handle_in(&mut tx, site, account, handle, actor).await?;
    if set == HandleSet::Done {
        tx.commit().await?;
    }
    Ok(set)
}
