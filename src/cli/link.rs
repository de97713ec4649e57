//! A one-time link for the owner of an account, handed over by the operator: for sites without email, and for
//! lost emails.

use std::io::{Write, stderr};

use serde_json::json;

use super::account_arguments::{LinkArguments, LinkPurpose};
use super::handed_over;
use super::lookup::{failed, find, taken, typed_new_email, when};
use super::output;
use crate::base::{Refusal, Site};
use crate::features::email_links;
use crate::people::{Account, Actor};
use crate::services::links::{HandedOver, Purpose};
use crate::services::passwords;

/// Creates a link and prints it; on a terminal also as a QR code.
/// `only_here`: other machines cannot open it.
pub(super) async fn link(site: &Site, only_here: bool, typed: &LinkArguments) -> Result<(), Refusal> {
    let account = find(site, &typed.email).await?;
    if account.disabled_at.is_some() {
        return Err(Refusal::new(format!(
            "The account {0} is disabled. Enable it first: {1} account enable {0}",
            account.email, site.settings.program.name
        )));
    }
    let (purpose, link) = made(site, &account, &typed.purpose).await?;
    if site.mailer.is_on() && account.confirmed_at.is_none() && purpose == Purpose::Reset {
        // Another address asks for the password.
        let has_password = passwords::is_set(site, &account).await.map_err(failed)?;
        let instead =
            if has_password { "use --new-email instead" } else { "delete the account and add it again" };
        let _ = writeln!(
            stderr(),
            "Warning: using the link also confirms {}. Those who read its email can then take the account, with its groups. \
             If it is mistyped, {instead}.",
            account.email
        );
    }
    let HandedOver { address: link, ends_at } = link;
    if typed.json {
        handed_over::warn(site, only_here);
        output::line(json!({ "link": link, "ends_at": when(ends_at) }));
        return Ok(());
    }
    let life = purpose.life();
    let words = format!("The link works once, within {life}. Give it only to the owner of the account.");
    handed_over::link(site, only_here, &link, &words);
    Ok(())
}

async fn made(site: &Site, account: &Account, typed: &LinkPurpose) -> Result<(Purpose, HandedOver), Refusal> {
    if let Some(new) = &typed.new_email {
        let new = typed_new_email(new)?;
        if new.key() == account.email.key() {
            return Err(Refusal::new(format!("{new} is already the address of this account.")));
        }
        // The link asks for it.
        if !passwords::is_set(site, account).await.map_err(failed)? {
            return Err(Refusal::new(format!(
                "The link for another address asks for the password, and {0} has none. First hand over a link with which its \
                 owner chooses one: {1} account link {0} --reset",
                account.email, site.settings.program.name
            )));
        }
        let link = email_links::link(site, account, &new, Actor::CommandLine).await.map_err(failed)?;
        return link.map(|link| (Purpose::Change, link)).ok_or_else(|| taken(&new));
    }
    let purpose = if typed.confirm { Purpose::Confirm } else { Purpose::Reset };
    if purpose == Purpose::Confirm && account.confirmed_at.is_some() {
        return Err(Refusal::new(format!("The address {} is already confirmed.", account.email)));
    }
    let link = email_links::link_to_hand_over(site, account, &account.email, purpose, Actor::CommandLine)
        .await
        .map_err(failed)?;
    Ok((purpose, link))
}
