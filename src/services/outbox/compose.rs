//! Writes the text of an email, with its link, at the moment it is sent. Before that no one could use the
//! link, so none is stored in the database. The link is derived from the email's ID and the site's key, so an
//! email that is sent again is the same one. If what it reports is no longer true, there is nothing to send.

use serde_json::{Value, json};

use super::app_email::is_of_app;
use super::compose_of_app::compose_of_app;
use super::compose_of_deleted::compose_of_deleted;
use super::email_kind::{EmailData, EmailKind, Item};
use super::invitation_email::compose_invitation;
use super::queue::may_go;
use super::store::{self, Row};
use super::templates::Writer;
use super::written::{dated, report, writer, written};
use crate::base::log_digest::Cause;
use crate::base::mailer::Mail;
use crate::base::rate_limit::LimitKey;
use crate::base::{Language, Sentence, Site, Time};
use crate::people::accounts::{self, Account, Email};
use crate::people::audit::Entry;
use crate::services::links::{self, Carrier, Purpose};
use crate::web::{Error, Result};

/// Writes the text of an email. `None` if it is not to be sent.
pub(super) async fn compose(site: &Site, row: &Row) -> Result<Option<Mail>> {
    if is_of_app(&row.kind) {
        return compose_of_app(site, row).await;
    }
    if row.kind == EmailKind::Invitation.code() {
        return compose_invitation(site, row).await;
    }
    let kind = EmailKind::by_code(&row.kind)
        .ok_or(Error::Broken("an email of a newer version of Vestibule waits to be sent"))?;
    let to =
        Email::parse(&row.address).ok_or(Error::Broken("an email waits for an address that is not valid"))?;
    if kind == EmailKind::Deleted {
        return compose_of_deleted(site, row, &to).await;
    }
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
    let asked_for = kind;
    let Some(kind) = still_due(site, kind, &account, &to).await? else { return Ok(None) };
    // What follows from the owner's own act is always sent; a retry is not counted again.
    let asked = match kind {
        EmailKind::Confirm | EmailKind::Change | EmailKind::Taken | EmailKind::Close => true,
        EmailKind::Reset => row.account_id.is_none(),
        _ => false,
    };
    // Counted as what was asked for: which emails an address got before must not show whether it has an account.
    if asked && row.attempts == 0 && !may_go(site, asked_for, &to).await? {
        one_too_many(site, kind, row);
        return Ok(None);
    }
    let Some((data, link)) = link(site, kind, row, &account, &to).await? else { return Ok(None) };
    let writer = writer(site, language(site, kind, &account, &to).await?);
    let context = context(site, writer, kind, &account, &to, &data, link);
    written(site, writer, kind, (row, &to), context).map(Some)
}

/// The language of the reader: the one that the account is set to, or for a week after a change the one before.
/// Otherwise the one of the site.
async fn language(site: &Site, kind: EmailKind, account: &Account, to: &Email) -> Result<Language> {
    let reader = match kind {
        // The account is that of a person who asked for the address of another one.
        EmailKind::Taken if !is_own(account, to) => accounts::by_email(&site.db, to).await?,
        _ => None,
    };
    let language = reader.as_ref().unwrap_or(account).language_of_emails(site.clock.now());
    Ok(language.unwrap_or(site.settings.language))
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
    // Whether another account has the address that this one asked for must not be seen in its settings: its link
    // is made all the same, and no one gets it.
    let unseen = kind == EmailKind::Taken && row.kind == EmailKind::Change.code();
    let purpose = if unseen { Some(Purpose::Change) } else { kind.purpose() };
    let purpose = purpose.filter(|purpose| match purpose {
        // It is only valid for the current address of the account.
        Purpose::LockAccount => is_own(account, to),
        _ => true,
    });
    let Some(purpose) = purpose else { return Ok(Some((data, None))) };
    let link_id = row.id.link();
    // These undo what was changed since then.
    let undoes = matches!(purpose, Purpose::LockAccount | Purpose::RevertEmail);
    let since = undoes.then(|| Time::from_unix(data.at));
    let carrier = Carrier { id: &link_id, queued_at: Time::from_unix(row.queued_at), since };
    let made = links::mailed(&mut tx, site, &account.id, to, purpose, carrier).await?;
    let Some(made) = made else { return Ok(unseen.then_some((data, None))) };
    let actor = data.actor.actor();
    let entry = made.event.map(|event| Entry { event, account: Some(&account.id), actor });
    if let Some(entry) = &entry {
        entry.write(&mut tx, site.clock.now()).await?;
    }
    tx.commit().await?;
    if let Some(entry) = entry {
        entry.log();
    }
    Ok(Some((data, (!unseen).then_some(made.address))))
}

fn is_own(account: &Account, to: &Email) -> bool {
    account.email.key() == to.key()
}

/// The email that is still to be sent, if any.
async fn still_due(site: &Site, kind: EmailKind, account: &Account, to: &Email) -> Result<Option<EmailKind>> {
    let own = is_own(account, to);
    Ok(match kind {
        EmailKind::Confirm => (own && account.confirmed_at.is_none()).then_some(kind),
        EmailKind::AccountMade => own.then_some(kind),
        EmailKind::Change if own => None,
        // The owner of the address learns that it was requested.
        EmailKind::Change => match accounts::by_email(&site.db, to).await? {
            Some(_) => Some(EmailKind::Taken),
            None => Some(kind),
        },
        // Its link is only valid for the current address of the account. Its owner is notified all the same.
        EmailKind::Device
        | EmailKind::FactorAdded
        | EmailKind::FactorRemoved
        | EmailKind::TwoFactorOn
        | EmailKind::TwoFactorOff
        | EmailKind::CodesKept
        | EmailKind::CodeUsed
        | EmailKind::AppStopped
        | EmailKind::PasskeyCopied
        | EmailKind::Unfinished
            if !own =>
        {
            Some(EmailKind::Several)
        }
        EmailKind::Changed | EmailKind::Moved => (!own).then_some(kind),
        EmailKind::Reset
        | EmailKind::Taken
        | EmailKind::Password
        | EmailKind::Name
        | EmailKind::Guesses
        | EmailKind::LinkMade => Some(kind),
        // It has no account, and was written before one was looked for.
        EmailKind::Deleted => None,
        EmailKind::Device
        | EmailKind::FactorAdded
        | EmailKind::FactorRemoved
        | EmailKind::TwoFactorOn
        | EmailKind::TwoFactorOff
        | EmailKind::CodesKept
        | EmailKind::CodeUsed
        | EmailKind::AppStopped
        | EmailKind::PasskeyCopied
        | EmailKind::Unfinished
        | EmailKind::Several
        | EmailKind::Close
        // Written by compose_invitation.
        | EmailKind::Invitation => Some(kind),
    })
}

/// The values that the templates of an email need.
fn context(
    site: &Site,
    writer: Writer<'_>,
    kind: EmailKind,
    account: &Account,
    to: &Email,
    data: &EmailData,
    link: Option<String>,
) -> Value {
    let all = |sentences: &[Sentence]| -> Vec<String> {
        sentences.iter().map(|sentence| writer.say(sentence)).collect()
    };
    // The name that a stranger chose is not sent to an address that may be another person's.
    let own = is_own(account, to);
    let theirs = account.confirmed_at.is_some() && own;
    let items: Vec<_> = data
        .items
        .iter()
        .map(|item| json!({ "what": writer.say(&what(item)), "report": all(&report_of(site, item)) }))
        .collect();
    json!({
        "name": theirs.then_some(&account.name),
        "email": to.shown(),
        "own": own,
        "new_email": (kind == EmailKind::Changed).then(|| account.email.shown()),
        "actor": data.actor.actor().kind().code(),
        "report": all(&report(dated("email-when", data.at, site), &data.actor)),
        "items": items,
        "link": link,
        "life": kind.purpose().map(|purpose| writer.say(&life(purpose))),
    })
}

/// How long a link works.
fn life(purpose: Purpose) -> Sentence {
    let sentence = match purpose {
        // It begins with the change, and the email may come later.
        Purpose::RevertEmail => Sentence::from("email-changed-life"),
        _ => Sentence::from("email-life"),
    };
    sentence.lasting(purpose.seconds())
}

/// One of several events, in a sentence.
fn what(item: &Item) -> Sentence {
    let key = EmailKind::by_code(&item.kind).and_then(EmailKind::item).unwrap_or("email-several-unknown");
    Sentence::from(key).with("actor", item.actor.actor().kind().code())
}

/// When and where one of several events happened, line by line.
fn report_of(site: &Site, item: &Item) -> Vec<Sentence> {
    let when = dated("email-several-when", item.at, site).with("times", item.times);
    if item.elsewhere {
        return vec![when, Sentence::from("email-several-elsewhere")];
    }
    report(when, &item.actor)
}
