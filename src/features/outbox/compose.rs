//! A mail put into words, with its link, at the moment it is sent: until then nobody could use the link, so none waits in the
//! database. What was true when the mail was asked for may have changed; then there is nothing to send.

use rocket_dyn_templates::tera::{Context, Tera};
use rust_embed::Embed;
use serde_json::json;

use super::letter::{Facts, Letter};
use super::queue::may_go;
use super::store::Row;
use crate::base::mailer::Mail;
use crate::base::{Site, Time};
use crate::features::links::{self, Purpose};
use crate::people::accounts::{self, Account, Email};
use crate::web::moment::Moment;
use crate::web::paths;
use crate::web::{Error, Result, Visitor};

#[derive(Embed)]
#[folder = "templates/mail/"]
struct Words;

/// Puts a mail into words. `None`: it is not to be sent.
pub(super) async fn compose(site: &Site, row: &Row) -> Result<Option<Mail>> {
    let letter =
        Letter::of(&row.letter).ok_or(Error::Broken("a mail of a newer version waits to be sent"))?;
    let facts: Facts =
        serde_json::from_str(&row.facts).map_err(|_| Error::Broken("what a mail tells of cannot be read"))?;
    let to = Email::parse(&row.address).ok_or(Error::Broken("a mail waits for an address that is none"))?;
    let account = match &row.account_id {
        Some(id) => accounts::by_id(&site.db, id).await?,
        None => accounts::by_email(&site.db, &to).await?,
    };
    let Some(account) = account.filter(|account| account.disabled_at.is_none()) else { return Ok(None) };
    // To the address as it is stored, never as a stranger typed it.
    let to = match row.account_id {
        Some(_) => to,
        None => Email::parse(&account.email).ok_or(Error::Broken("a stored address is none"))?,
    };
    let Some(letter) = still_due(site, letter, &account, &to).await? else { return Ok(None) };
    // What is a consequence of the owner's own act is sent in any case; a try that failed is not counted again.
    let own = letter == Letter::Changed || (letter == Letter::Reset && row.account_id.is_some());
    if !own && row.tries == 0 && !may_go(site, letter, &to).await? {
        return Ok(None);
    }
    let link = match letter.purpose() {
        None => None,
        Some(purpose) => {
            // That it was made is written down once, however often it is tried to send it.
            let told = (row.tries == 0).then_some(facts.visitor.as_ref());
            match links::make(site, &account.id, &to, purpose, told).await? {
                Some(link) => Some(link),
                None => return Ok(None),
            }
        }
    };
    // A mail program that has one of this id already may not show the link in the next, which is the one that works.
    let id = if link.is_some() { format!("{}.{}", row.id, row.tries) } else { row.id.clone() };
    let (subject, text, html) =
        render(letter, context(site, letter, &account, &to, &facts, link)).map_err(|error| {
            log::error!("the mail `{}` cannot be put into words: {error:?}", letter.code());
            Error::Broken("a mail cannot be put into words")
        })?;
    Ok(Some(Mail { id, to: to.as_str().to_owned(), subject, text, html, at: site.clock.now() }))
}

/// Which mail is still to be sent, if any.
async fn still_due(site: &Site, letter: Letter, account: &Account, to: &Email) -> Result<Option<Letter>> {
    let own = Email::key_of(&account.email) == to.key();
    Ok(match letter {
        Letter::Confirm => (own && account.confirmed_at.is_none()).then_some(letter),
        Letter::Change if own => None,
        // Whose address it is learns that somebody wanted it.
        Letter::Change => match accounts::by_email(&site.db, to).await? {
            Some(_) => Some(Letter::Taken),
            None => Some(letter),
        },
        // Its link is only good for the address that the account has.
        Letter::Device => own.then_some(letter),
        Letter::Changed => (!own).then_some(letter),
        Letter::Reset | Letter::Taken | Letter::Password | Letter::Name | Letter::Guesses => Some(letter),
    })
}

fn context(
    site: &Site,
    letter: Letter,
    account: &Account,
    to: &Email,
    facts: &Facts,
    link: Option<String>,
) -> serde_json::Value {
    // What somebody calls themselves is not sent to an address that may be another's.
    let theirs = account.confirmed_at.is_some() && Email::key_of(&account.email) == to.key();
    let base = &site.settings.base_url;
    json!({
        "site_name": site.settings.site_name.as_str(),
        "name": theirs.then_some(&account.name),
        "email": to.as_str(),
        "new_email": (letter == Letter::Changed).then_some(&account.email),
        "place": facts.visitor.as_ref().map(Visitor::in_words),
        "at": Moment::from(Time::from_unix(facts.at)).words,
        "link": link,
        "life": letter.purpose().map(Purpose::life),
        "home": base.to_string(),
        "forgot": format!("{base}{}", paths::FORGOT),
    })
}

/// Subject, text and HTML. The subject is the first line of the text.
fn render(
    letter: Letter,
    context: serde_json::Value,
) -> std::result::Result<(String, String, String), Box<dyn std::error::Error>> {
    let context = Context::from_value(context)?;
    let names = [
        "frame.html".to_owned(),
        format!("{}/mail.txt", letter.code()),
        format!("{}/mail.html", letter.code()),
    ];
    let mut words = Tera::default();
    // Tera escapes what is put into a file whose name ends in .html, and only there.
    words.add_raw_templates(
        names
            .iter()
            .map(|name| Ok((name, source(name)?)))
            .collect::<std::result::Result<Vec<_>, Box<dyn std::error::Error>>>()?,
    )?;
    let text = words.render(&names[1], &context)?;
    let (subject, text) =
        text.split_once("\n\n").ok_or("a mail's first line is its subject, followed by an empty one")?;
    Ok((subject.trim().to_owned(), text.trim_start().to_owned(), words.render(&names[2], &context)?))
}

fn source(name: &str) -> std::result::Result<String, Box<dyn std::error::Error>> {
    let file = Words::get(name).ok_or_else(|| format!("there is no template templates/mail/{name}"))?;
    Ok(String::from_utf8(file.data.into_owned())?)
}
