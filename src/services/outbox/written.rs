//! What the texts of emails are made of: the language and the look, and when, where and by whom something was done.

use serde_json::Value;

use super::email_kind::EmailKind;
use super::look;
use super::store::Row;
use super::templates::Writer;
use crate::base::mailer::Mail;
use crate::base::{Language, Sentence, Site, Time};
use crate::people::{Email, StoredActor};
use crate::web::{Error, Result, moment};

/// Writes emails in a language, in the look of the site.
pub(super) fn writer(site: &Site, language: Language) -> Writer<'_> {
    let logo = site.brand.email_logo.as_deref();
    Writer { words: &site.words, settings: &site.settings, logo, language }
}

/// The email of a row.
pub(super) fn written(
    site: &Site,
    writer: Writer<'_>,
    kind: EmailKind,
    (row, to): (&Row, &Email),
    context: Value,
) -> Result<Mail> {
    let written = writer.write(kind.code(), context).map_err(|error| {
        log::error!("could not render the email `{}`: {error:?}", kind.code());
        Error::Broken("an email could not be rendered")
    })?;
    Ok(Mail {
        id: row.id.as_str().to_owned(),
        to: to.as_str().to_owned(),
        reply_to: look::reply_to(&site.settings),
        subject: written.subject,
        text: written.text,
        html: written.html,
        at: site.clock.now(),
    })
}

/// When it was, from where, and in which browser, line by line; or who did it, if it was not the owner.
pub(super) fn report(when: Sentence, actor: &StoredActor) -> Vec<Sentence> {
    let client = match actor {
        StoredActor::Owner(client) => client,
        StoredActor::Administrator(_) => return vec![when, Sentence::from("email-by-administrator")],
        StoredActor::CommandLine => return vec![when, Sentence::from("email-by-operator")],
    };
    let ip = client.address.map(|address| Sentence::from("email-where").with("ip", address.to_string()));
    let browser = client.browser.in_sentence(Sentence::from("email-browser"));
    [Some(when), ip, Some(browser)].into_iter().flatten().collect()
}

/// A sentence with a date and a time of day, in the time zone of the site.
pub(super) fn dated(key: &'static str, at: i64, site: &Site) -> Sentence {
    let at = Time::from_unix(at);
    Sentence::from(key).with("date", moment::date(at, site)).with("time", moment::clock(at, site))
}
