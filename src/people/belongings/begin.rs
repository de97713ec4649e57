//! Accounts that begin. Where emails are sent, the creation of an account is not its beginning: someone may have typed
//! the address of another person, and the time that a sign-up takes must not show whether the address was new.

use super::{handles, hooks};
use crate::base::{Site, Time, Tx};
use crate::people::accounts::{self, AccountId, Email};
use crate::people::actor::Actor;
use crate::people::groups;
use crate::web;

/// Tells the app that an account begins, in the transaction that creates it. To be called at its end, so that the app
/// finds everything.
pub async fn made(tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
    hooks::in_time("what the app does when an account begins", tell(tx, site, account)).await
}

/// The same for an account that came by the sign-up page, which joins the groups of the setting `signup_groups` first.
pub async fn made_at_sign_up(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> web::Result<()> {
    groups::join_at_sign_up(tx, site, account, actor).await?;
    made(tx, site, account).await
}

async fn tell(tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
    for belongings in hooks::all(site) {
        belongings.made(tx, site, account).await?;
    }
    Ok(())
}

/// Records that the address of an account is confirmed; the first time is kept. It may be the beginning of the account.
pub async fn confirm(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
    now: Time,
) -> web::Result<()> {
    let begins = accounts::is_unbegun(tx, account).await?;
    accounts::confirm(tx, account, now).await?;
    if begins { begin(tx, site, account, actor).await } else { Ok(()) }
}

/// Changes the address of an account to a confirmed one. False if another account has it. It may be the beginning of
/// the account.
pub async fn set_email(
    tx: &mut Tx,
    site: &Site,
    (account, email): (&AccountId, &Email),
    actor: Actor<'_>,
    now: Time,
) -> web::Result<bool> {
    let begins = accounts::is_unbegun(tx, account).await?;
    if !accounts::set_email(tx, account, email, now).await? {
        return Ok(false);
    }
    if begins {
        begin(tx, site, account, actor).await?;
    }
    Ok(true)
}

/// The owner of an account logs in for the first time. It is the beginning of the account if its address was not
/// confirmed before: the settings may allow that, or email may have been turned off.
pub async fn log_in_first(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> web::Result<()> {
    if accounts::is_unbegun(tx, account).await? { begin(tx, site, account, actor).await } else { Ok(()) }
}

/// An account begins that waited for it. If it came by an invitation, it gets the handle of that. If it did not, it came by
/// the sign-up page: all other accounts wait for nothing.
async fn begin(tx: &mut Tx, site: &Site, account: &AccountId, actor: Actor<'_>) -> web::Result<()> {
    handles::give_promised(tx, site, account, actor).await?;
    if site.settings.signup_groups.is_empty() || accounts::is_invited(tx, account).await? {
        return made(tx, site, account).await;
    }
    made_at_sign_up(tx, site, account, actor).await
}
