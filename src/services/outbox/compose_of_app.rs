//! Writes an email of the app at the moment it is sent: to the address that the account has then, in the language of
//! its owner.

use serde_json::Value;

use super::app_email::{AppEmail, AppEmailData};
use super::look;
use super::store::{self, Row};
use super::templates::Writer;
use crate::base::mailer::Mail;
use crate::base::words::Argument;
use crate::base::{Sentence, Site};
use crate::people::accounts;
use crate::web::{Error, Result};

/// Writes the text of an email of the app. `None` if it is not to be sent.
pub(super) async fn compose_of_app(site: &Site, row: &Row) -> Result<Option<Mail>> {
    let email = AppEmail::of_row(site, &row.kind)
        .ok_or(Error::Broken("an email of another version of the app waits to be sent"))?;
    let Some(id) = &row.account_id else { return Ok(None) };
    let account = accounts::by_id(&site.db, id).await?;
    let able = account.filter(|account| account.disabled_at.is_none() && account.confirmed_at.is_some());
    let Some(account) = able else { return Ok(None) };
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    let details = store::details(&mut tx, &row.id).await?;
    drop(tx);
    let Some(details) = details else { return Ok(None) };
    let AppEmailData { mut values } =
        serde_json::from_str(&details).map_err(|_| Error::Broken("the data of an email cannot be read"))?;
    let mut subject = Sentence::new(format!("email-app-{}-subject", email.code)).or(email.subject);
    for (name, value) in &values {
        if let Some(argument) = argument(value) {
            subject = subject.with(name.clone(), argument);
        }
    }
    // Those of the owner are never the app's.
    values.insert("name".to_owned(), account.name.as_str().into());
    values.insert("email".to_owned(), account.email.shown().into());
    let language = account.language_of_emails(site.clock.now()).unwrap_or(site.settings.language);
    let logo = site.brand.email_logo.as_deref();
    let writer = Writer { words: &site.words, settings: &site.settings, logo, language };
    let written = writer
        .write_in(email.code, one_line(&writer.say(&subject)), Value::Object(values))
        .map_err(|error| {
            log::error!("could not render the email `{}`: {error:?}", email.code);
            Error::Broken("an email could not be rendered")
        })?;
    Ok(Some(Mail {
        id: row.id.as_str().to_owned(),
        to: account.email.as_str().to_owned(),
        reply_to: look::reply_to(&site.settings),
        subject: written.subject,
        text: written.text,
        html: written.html,
        at: site.clock.now(),
    }))
}

/// A value for the sentence of a subject: text, or a whole number.
fn argument(value: &Value) -> Option<Argument> {
    let text = || value.as_str().map(Argument::from);
    value.as_i64().map(Argument::from).or_else(text)
}

/// A subject has one line, whatever the values in it have.
fn one_line(subject: &str) -> String {
    subject.split(char::is_control).collect::<Vec<_>>().join(" ")
}
