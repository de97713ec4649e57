//! Writes the email about an account that is gone, to the address that it had.

use serde_json::json;

use super::email_kind::{EmailData, EmailKind};
use super::store::{self, Row};
use super::written::{dated, report, writer, written};
use crate::base::Site;
use crate::base::mailer::Mail;
use crate::people::Email;
use crate::web::{Error, Result};

/// Writes its text. `None` if it was taken back. It is in the language of the site: that of its reader is gone with the
/// account.
pub(super) async fn compose_of_deleted(site: &Site, row: &Row, to: &Email) -> Result<Option<Mail>> {
    let Some(details) = store::details(site.db.reader(), &row.id).await? else { return Ok(None) };
    let data: EmailData =
        serde_json::from_str(&details).map_err(|_| Error::Broken("the data of an email cannot be read"))?;
    let writer = writer(site, site.settings.language);
    let report = report(dated("email-when", data.at, site), &data.actor);
    let report: Vec<String> = report.iter().map(|sentence| writer.say(sentence)).collect();
    let context = json!({ "email": to.shown(), "report": report });
    written(site, writer, EmailKind::Deleted, (row, to), context).map(Some)
}
