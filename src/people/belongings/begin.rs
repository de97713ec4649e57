//! Accounts that begin. Where emails are sent, the creation of an account is not its beginning: someone may have typed
//! the address of another person, and the time that a sign-up takes must not show whether the address was new.

use super::hooks;
use crate::base::{Site, Time, Tx};
use crate::people::accounts::{self, AccountId, Email};
use crate::web;

/// Tells the app that an account begins, in the transaction that creates it. To be called at its end, so that the app
/// finds everything.
pub async fn made(tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
    hooks::in_time("what the app does when an account begins", tell(tx, site, account)).await
}

async fn tell(tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
    for belongings in hooks::all(site) {
        belongings.made(tx, site, account).await?;
    }
    Ok(())
}

/// Records that the address of an account is confirmed; the first time is kept. It may be the beginning of the account.
pub async fn confirm(tx: &mut Tx, site: &Site, account: &AccountId, now: Time) -> web::Result<()> {
    let begins = begins(tx, site, account).await?;
    accounts::confirm(tx, account, now).await?;
    if begins { made(tx, site, account).await } else { Ok(()) }
}

/// Changes the address of an account to a confirmed one. False if another account has it. It may be the beginning of
/// the account.
pub async fn set_email(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    email: &Email,
    now: Time,
) -> web::Result<bool> {
    let begins = begins(tx, site, account).await?;
    if !accounts::set_email(tx, account, email, now).await? {
        return Ok(false);
    }
    if begins {
        made(tx, site, account).await?;
    }
    Ok(true)
}

/// The owner of an account logs in for the first time. It is the beginning of the account if its address was not
/// confirmed before: the settings may allow that, or email may have been turned off.
pub async fn log_in_first(tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
    if begins(tx, site, account).await? { made(tx, site, account).await } else { Ok(()) }
}

/// Whether an account has not begun, and the app is to be told when it does.
async fn begins(tx: &mut Tx, site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    Ok(!hooks::all(site).is_empty() && accounts::is_unbegun(tx, account).await?)
}
