//! Second factors, for an owner who has lost one: a code that gets them in once, or the factor removed.

use std::io::{IsTerminal, stdout};

use serde_json::json;

use super::account_arguments::LostFactor;
use super::lookup::{failed, unread, when};
use super::{last_admin, output};
use crate::base::{Refusal, Site};
use crate::people::{Account, Actor};
use crate::services::passkeys::{self, PasskeyName};
use crate::services::second_factor::{self, Cleared, Lost};
use crate::services::{links::Purpose, recovery_codes};
use crate::web::Submission;

/// Prints a code in the place of the second factor. Two-factor authentication stays on, and nothing else changes.
pub(super) async fn recovery_code(site: &Site, account: &Account, json: bool) -> Result<(), Refusal> {
    let (email, program) = (&account.email, site.settings.program.name);
    if account.disabled_at.is_some() {
        return Err(Refusal::new(format!(
            "The account {email} is disabled. Enable it first: {program} account enable {email}"
        )));
    }
    if !second_factor::summary(site, &account.id).await.map_err(unread)?.is_asked(site) {
        return Err(Refusal::new(format!(
            "Two-factor authentication of {email} is off: its owner needs no code. {program} account show {email} says what \
             keeps them from logging in."
        )));
    }
    let given = recovery_codes::give_out(site, account, Actor::CommandLine).await.map_err(failed)?;
    let code = given.code.reveal();
    if json {
        output::line(json!({ "code": code, "ends_at": when(given.ends_at) }));
        return Ok(());
    }
    output::line(code);
    if stdout().is_terminal() {
        output::line(format!(
            "The code works once, within {}, after the right password. Give it only to the owner of the account.",
            Purpose::Recovery.life()
        ));
    }
    Ok(())
}

/// Removes what was lost.
pub(super) async fn remove(site: &Site, account: &Account, typed: &LostFactor) -> Result<(), Refusal> {
    let (email, lost) = (&account.email, lost(site, account, typed).await?);
    let form = Submission::none();
    let cleared = second_factor::clear(site, account, &lost, Actor::CommandLine, &form).await;
    let cleared = cleared.map_err(failed)?;
    let cleared = cleared.map_err(|last| last_admin::refused(site, last))?;
    if cleared == Cleared::default() {
        let program = site.settings.program.name;
        return Err(Refusal::new(format!(
            "{email} has nothing of that kind, so nothing was removed. {program} account show {email} lists what it has."
        )));
    }
    let what = match &lost {
        Lost::App => "the authenticator app".to_owned(),
        Lost::Passkeys(name) => format!("the passkey {:?}", name.as_str()),
        Lost::Codes => "the recovery codes".to_owned(),
        Lost::All => "all second factors".to_owned(),
    };
    let off = if cleared.turned_off { ", and turned two-factor authentication off" } else { "" };
    output::line(format!("Removed {what} of {email}{off}. All its sessions have ended."));
    if last_admin::is_admin(site, account).await? {
        last_admin::warn(site).await?;
    }
    Ok(())
}

async fn lost(site: &Site, account: &Account, typed: &LostFactor) -> Result<Lost, Refusal> {
    let Some(typed_name) = &typed.passkey else {
        return Ok(match (typed.app, typed.codes) {
            (true, _) => Lost::App,
            (_, true) => Lost::Codes,
            _ => Lost::All,
        });
    };
    let at = passkeys::site(site);
    let all = passkeys::list(&site.db, at.as_ref(), &account.id).await.map_err(unread)?;
    let name = PasskeyName::parse(typed_name).ok();
    if let Some(name) = name.filter(|name| all.iter().any(|passkey| passkey.name == *name)) {
        return Ok(Lost::Passkeys(name));
    }
    let names: Vec<_> = all.iter().map(|passkey| format!("{:?}", passkey.name.as_str())).collect();
    let has = match names.as_slice() {
        [] => "It has none.".to_owned(),
        names => format!("It has {}.", names.join(", ")),
    };
    Err(Refusal::new(format!("{} has no passkey of the name {typed_name:?}. {has}", account.email)))
}
