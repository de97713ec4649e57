//! Writes the text of an email, with its link, at the moment it is sent. Before that no one could use the
//! link, so none is stored in the database. The link is derived from the email's ID and the site's key, so an
//! email that is sent again is the same one. If what it reports is no longer true, there is nothing to send.

use rocket_dyn_templates::tera::{Context, Tera};
use rust_embed::Embed;
use serde_json::json;

use super::email_kind::{EmailData, EmailKind, Item};
use super::queue::may_go;
use super::store::{self, Row};
use crate::base::log_digest::Cause;
use crate::base::mailer::Mail;
use crate::base::rate_limit::LimitKey;
use crate::base::{Client, Site, Time};
use crate::people::StoredActor;
use crate::people::accounts::{self, Account, Email};
use crate::people::audit::Entry;
use crate::services::links::{self, Carrier, Purpose};
use crate::web::moment::Moment;
use crate::web::paths;
use crate::web::{Error, Result};

#[derive(Embed)]
#[folder = "templates/mail/"]
struct Templates;

/// Writes the text of an email. `None` if it is not to be sent.
pub(super) async fn compose(site: &Site, row: &Row) -> Result<Option<Mail>> {
    let kind = EmailKind::by_code(&row.kind)
        .ok_or(Error::Broken("an email of a newer version of Vestibule waits to be sent"))?;
    let to =
        Email::parse(&row.address).ok_or(Error::Broken("an email waits for an address that is not valid"))?;
    let account = match &row.account_id {
        Some(id) => accounts::by_id(&site.db, id).await?,
        None => accounts::by_email(&site.db, &to).await?,
    };
    // The owner of a disabled account is told nothing, except how to restore the address once it is enabled.
    let may = |account: &Account| account.disabled_at.is_none() || kind == EmailKind::Changed;
    let Some(account) = account.filter(may) else { return Ok(None) };
    // To the address as it is stored, never as a stranger typed it.
    let to = match row.account_id {
        Some(_) => to,
        None => account.email.clone(),
    };
    let Some(kind) = still_due(site, kind, &account, &to).await? else { return Ok(None) };
    // What follows from the owner's own act is always sent; a retry is not counted again.
    let asked = match kind {
        EmailKind::Confirm | EmailKind::Change | EmailKind::Taken | EmailKind::Close => true,
        EmailKind::Reset => row.account_id.is_none(),
        _ => false,
    };
    if asked && row.attempts == 0 && !may_go(site, kind, &to).await? {
        one_too_many(site, kind, row);
        return Ok(None);
    }
    let Some((data, link)) = link(site, kind, row, &account, &to).await? else { return Ok(None) };
    let (subject, text, html) =
        render(kind, context(site, kind, &account, &to, &data, link)).map_err(|error| {
            log::error!("could not render the email `{}`: {error:?}", kind.code());
            Error::Broken("an email could not be rendered")
        })?;
    Ok(Some(Mail {
        id: row.id.as_str().to_owned(),
        to: to.as_str().to_owned(),
        subject,
        text,
        html,
        at: site.clock.now(),
    }))
}

/// Logs that an email is not sent. Strangers can request any number, from everywhere: one line a minute for
/// all.
fn one_too_many(site: &Site, kind: EmailKind, row: &Row) {
    let cause =
        Cause { event: "sys_mail", what: "an email was not sent, since there were too many to its address" };
    if site.digest.is_first(cause, LimitKey::network(None), site.clock.now()) {
        log::info!(event = cause.event, mail = row.id.as_str(), kind = kind.code(); "{}", cause.what);
    }
}

/// What an email reports, and its link, if it has one. `None` if it was taken back in the meantime (for
/// example because it did arrive and its link was used), or if its link has expired.
async fn link(
    site: &Site,
    kind: EmailKind,
    row: &Row,
    account: &Account,
    to: &Email,
) -> Result<Option<(EmailData, Option<String>)>> {
    let mut tx = site.db.begin_locked(&[account.id.lock_key()]).await?;
    let Some(details) = store::details(&mut tx, &row.id).await? else { return Ok(None) };
    let mut data: EmailData =
        serde_json::from_str(&details).map_err(|_| Error::Broken("the data of an email cannot be read"))?;
    if kind == EmailKind::Several && data.items.is_empty() {
        data.items.push(Item::new(&row.kind, data.at, data.actor.clone()));
    }
    let purpose = kind.purpose().filter(|purpose| match purpose {
        // It is only valid for the current address of the account.
        Purpose::LockAccount => is_own(account, to),
        _ => true,
    });
    let Some(purpose) = purpose else { return Ok(Some((data, None))) };
    let link_id = row.id.link();
    let carrier = Carrier { id: &link_id, queued_at: Time::from_unix(row.queued_at) };
    let made = links::mailed(&mut tx, site, &account.id, to, purpose, carrier).await?;
    let Some(made) = made else { return Ok(None) };
    let actor = data.actor.actor();
    let entry = made.event.map(|event| Entry { event, account: Some(&account.id), actor });
    if let Some(entry) = &entry {
        entry.write(&mut tx, site.clock.now()).await?;
    }
    tx.commit().await?;
    if let Some(entry) = entry {
        entry.log();
    }
    Ok(Some((data, Some(made.address))))
}

fn is_own(account: &Account, to: &Email) -> bool {
    account.email.key() == to.key()
}

/// The email that is still to be sent, if any.
async fn still_due(site: &Site, kind: EmailKind, account: &Account, to: &Email) -> Result<Option<EmailKind>> {
    let own = is_own(account, to);
    Ok(match kind {
        EmailKind::Confirm => (own && account.confirmed_at.is_none()).then_some(kind),
        EmailKind::Change if own => None,
        // The owner of the address learns that it was requested.
        EmailKind::Change => match accounts::by_email(&site.db, to).await? {
            Some(_) => Some(EmailKind::Taken),
            None => Some(kind),
        },
        // Its link is only valid for the current address of the account. Its owner is notified all the same.
        EmailKind::Device if !own => Some(EmailKind::Several),
        EmailKind::Changed | EmailKind::Moved => (!own).then_some(kind),
        EmailKind::Reset | EmailKind::Taken | EmailKind::Password | EmailKind::Name | EmailKind::Guesses => {
            Some(kind)
        }
        EmailKind::Device | EmailKind::Several | EmailKind::Close => Some(kind),
    })
}

fn context(
    site: &Site,
    kind: EmailKind,
    account: &Account,
    to: &Email,
    data: &EmailData,
    link: Option<String>,
) -> serde_json::Value {
    // The name that a stranger chose is not sent to an address that may be another person's.
    let own = is_own(account, to);
    let theirs = account.confirmed_at.is_some() && own;
    let base = &site.settings.base_url;
    let at = |at: i64| Moment::from(Time::from_unix(at)).words;
    let place = |actor: &StoredActor| actor.actor().client().map(Client::in_words);
    let items: Vec<_> = data
        .items
        .iter()
        .map(|item| {
            let what = EmailKind::by_code(&item.kind).and_then(EmailKind::item);
            json!({
                "what": what.unwrap_or("Something happened"),
                "times": item.times,
                "at": at(item.at),
                "actor": item.actor.actor().kind().code(),
                "place": place(&item.actor),
                "elsewhere": item.elsewhere,
            })
        })
        .collect();
    json!({
        "site_name": site.settings.site_name.as_str(),
        "name": theirs.then_some(&account.name),
        "email": to.as_str(),
        "own": own,
        "new_email": (kind == EmailKind::Changed).then_some(&account.email),
        "actor": data.actor.actor().kind().code(),
        "place": place(&data.actor),
        "at": at(data.at),
        "items": items,
        "link": link,
        "life": kind.purpose().map(Purpose::life),
        "home": base.to_string(),
        "forgot": format!("{base}{}", paths::FORGOT),
    })
}

/// Subject, text and HTML. The subject is the first line of the text.
fn render(
    kind: EmailKind,
    context: serde_json::Value,
) -> std::result::Result<(String, String, String), Box<dyn std::error::Error>> {
    let context = Context::from_value(context)?;
    let names =
        ["frame.html".to_owned(), format!("{}/mail.txt", kind.code()), format!("{}/mail.html", kind.code())];
    let mut tera = Tera::default();
    // Tera escapes values only in templates whose name ends in .html.
    tera.add_raw_templates(
        names
            .iter()
            .map(|name| Ok((name, template(name)?)))
            .collect::<std::result::Result<Vec<_>, Box<dyn std::error::Error>>>()?,
    )?;
    let text = tera.render(&names[1], &context)?;
    let (subject, text) = text
        .split_once("\n\n")
        .ok_or("the first line of an email is its subject, followed by an empty one")?;
    Ok((subject.trim().to_owned(), text.trim_start().to_owned(), tera.render(&names[2], &context)?))
}

fn template(name: &str) -> std::result::Result<String, Box<dyn std::error::Error>> {
    let file = Templates::get(name).ok_or_else(|| format!("there is no template templates/mail/{name}"))?;
    Ok(String::from_utf8(file.data.into_owned())?)
}
