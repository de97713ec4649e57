//! A one-time link for the owner of an account, handed over by the operator: for sites without email, and for
//! lost emails.

use std::io::{IsTerminal, Write, stderr, stdout};

use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;
use serde_json::json;

use super::arguments::{LinkArguments, LinkPurpose};
use super::lookup::{failed, find, taken, typed_new_email, when};
use super::output;
use crate::base::{Refusal, Site};
use crate::features::email_links;
use crate::people::{Account, Actor};
use crate::services::links::{HandedOver, Purpose};

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
    // Before the link: someone who copies the last line that is printed has read it.
    if only_here {
        let _ = writeln!(
            stderr(),
            "Warning: the link begins with {}, which only this machine can open. Set base_url (or --base-url) to the \
             address that visitors type, then print another link.",
            site.settings.base_url
        );
    }
    let HandedOver { address: link, ends_at } = link;
    if typed.json {
        output::line(json!({ "link": link, "ends_at": when(ends_at) }));
        return Ok(());
    }
    output::line(&link);
    if stdout().is_terminal() {
        if let Ok(code) = QrCode::new(&link) {
            // Terminals are usually dark, and some cameras cannot read a light code on a dark background.
            let mut picture = code.render();
            picture.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark);
            output::line(picture.build());
        }
        output::line(format!(
            "The link works once, within {}. Give it only to the owner of the account.",
            purpose.life()
        ));
    }
    Ok(())
}

async fn made(site: &Site, account: &Account, typed: &LinkPurpose) -> Result<(Purpose, HandedOver), Refusal> {
    if let Some(new) = &typed.new_email {
        let new = typed_new_email(new)?;
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
