//! The email that invites someone: queued with its invitation, and written when it is sent. Its reader may have no
//! account, so it goes to the address of the invitation, as it was typed there.

use serde_json::json;

use super::email_kind::EmailKind;
use super::queue;
use super::store::Row;
use super::written::{writer, written};
use crate::base::mailer::Mail;
use crate::base::{Sentence, Site, Tx};
use crate::people::{Actor, accounts};
use crate::services::invitations::{self, Invitation};
use crate::web::Result;

/// Queues the email of an invitation, in the transaction that makes or renews it: it is sent if that commits, and an
/// older one is not. No limit of emails that strangers request holds for it. False if none is queued: the invitation is
/// for no address, or the site sends no emails.
pub async fn invite(
    tx: &mut Tx,
    site: &Site,
    invitation: &Invitation,
    actor: Actor<'_>,
) -> sqlx::Result<bool> {
    let Some(email) = &invitation.email else { return Ok(false) };
    let queued = queue::write(tx, site, EmailKind::Invitation, None, email, actor).await?;
    let Some(mail) = queued else { return Ok(false) };
    invitations::mail_as(tx, &invitation.id, &mail.link()).await?;
    Ok(true)
}

/// Writes the text of such an email. `None` if it is not to be sent: the invitation is over, or has a newer email.
pub(super) async fn compose_invitation(site: &Site, row: &Row) -> Result<Option<Mail>> {
    let Some(mailed) = invitations::mailed(site, &row.id.link()).await? else { return Ok(None) };
    // Who has an account reads it in their own language.
    let account = accounts::by_email(&site.db, &mailed.email).await?;
    let own = account.and_then(|account| account.language_of_emails(site.clock.now()));
    let writer = writer(site, own.unwrap_or(site.settings.language));
    let life = writer.say(&Sentence::from("email-life").lasting(mailed.seconds));
    let context = json!({ "name": null, "link": mailed.address, "life": life });
    written(site, writer, EmailKind::Invitation, (row, &mailed.email), context).map(Some)
}
