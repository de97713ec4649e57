//! Since when a second factor is asked for after the password of an account, and whether the site requires one of it.

use super::store;
use crate::base::{Site, Time, Tx};
use crate::people::AccountId;

/// Since when it is, where two-factor authentication is on since `since`. Where the site requires a second factor of it, a
/// passkey that logs in by itself is what the account has, and is asked for even if it is off: those who know the password
/// alone could set up a factor of their own and turn it on, and so keep its owner out. It is asked for while it rests, too:
/// then the password may be that of someone who reads the owner's email. One that a password manager saved without a
/// question is not asked for, since its owner may not know of it.
pub async fn asked_since(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    since: Option<Time>,
) -> sqlx::Result<Option<Time>> {
    if since.is_some() || !may_be_required(site) {
        return Ok(since);
    }
    let row = store::find(&mut *tx, account, &site.settings).await?;
    let asked = row.filter(|row| row.is_required(&site.settings) && row.verified > 0);
    Ok(asked.map(|_| site.clock.now()))
}

/// Whether the site requires a second factor of an account: of everyone, or of a group that it is in.
pub async fn is_required(tx: &mut Tx, site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    if site.settings.second_factor.is_required() || !may_be_required(site) {
        return Ok(site.settings.second_factor.is_required());
    }
    let row = store::find(&mut *tx, account, &site.settings).await?;
    Ok(row.is_some_and(|row| row.is_required(&site.settings)))
}

/// Whether there are accounts of which it requires one: otherwise no query is needed.
fn may_be_required(site: &Site) -> bool {
    site.settings.second_factor.is_required() || !site.settings.second_factor_for.is_empty()
}

/// Whether an account has a factor that the site can ask for: not one that is stopped, or of another domain.
pub async fn can_be_asked(tx: &mut Tx, site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    let row = store::find(&mut *tx, account, &site.settings).await?;
    Ok(row.is_some_and(|row| row.can_be_asked()))
}
