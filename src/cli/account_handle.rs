//! `account handle`: what apps call an account.

use super::lookup::{failed, unread};
use crate::base::{Refusal, Site};
use crate::features::account_handle;
use crate::people::Actor;
use crate::people::accounts::{self, Account, Handle, HandleSet};

/// Gives an account a handle, or takes it away.
pub(super) async fn change(site: &Site, account: &Account, typed: Option<&str>) -> Result<String, Refusal> {
    let handle = typed.map(|typed| parsed(site, typed)).transpose()?;
    let set = account_handle::set_handle(site, &account.id, handle.as_ref(), Actor::CommandLine)
        .await
        .map_err(failed)?;
    if let Some(handle) = &handle
        && let Some(refused) = refused(handle, set)
    {
        return Err(refused);
    }
    let email = &account.email;
    Ok(match handle {
        Some(handle) => format!("The handle of {email} is {handle}. Apps know it by that."),
        None => format!("{email} has no handle. Apps know it by its ID."),
    })
}

/// The handle that was typed for a new account, which must be free. No password is asked for in vain.
pub(super) async fn free(site: &Site, typed: Option<&str>) -> Result<Option<Handle>, Refusal> {
    let Some(handle) = typed.map(|typed| parsed(site, typed)).transpose()? else { return Ok(None) };
    let judged = accounts::holders_of(&site.db, &handle).await.map_err(unread)?.judge(&handle, None);
    match refused(&handle, judged) {
        Some(refused) => Err(refused),
        None => Ok(Some(handle)),
    }
}

/// Reads a handle that was typed.
pub(super) fn parsed(site: &Site, typed: &str) -> Result<Handle, Refusal> {
    Handle::parse(typed).map_err(|why| {
        let why = site.words.text(site.settings.language, &why.sentence());
        Refusal::new(format!("{typed:?} cannot be used as a handle. {why}"))
    })
}

/// Why a handle cannot be given.
pub(super) fn refused(handle: &Handle, set: HandleSet) -> Option<Refusal> {
    let why = match set {
        HandleSet::Taken => format!("Another account has the handle {handle}. Choose another one."),
        HandleSet::UsedBefore => format!(
            "Another account once had the handle {handle}, and apps may keep things under it. Choose another one."
        ),
        HandleSet::Done | HandleSet::Unchanged => return None,
    };
    Some(Refusal::new(why))
}
