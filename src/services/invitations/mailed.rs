//! The link in the email of an invitation. No database has it: like the links in other emails it is derived from the
//! site's key when the email is sent, so one that is sent again has the same link. It works next to the link that was
//! handed over, and takes the same uses.

use super::invitation::{InvitationId, Lifetime};
use super::make::address;
use super::store;
use crate::base::{LockKey, Site, Token, Tx};
use crate::people::Email;
use crate::services::links::LinkId;

/// What the email of an invitation says.
#[derive(Debug)]
pub struct Mailed {
    /// To whom, as it was typed.
    pub email: Email,
    /// Its link, for its reader alone.
    pub address: String,
    /// How much longer the link works, in seconds.
    pub seconds: i64,
}

/// Names the newest email of an invitation, in the transaction that queues it. An older one is not sent any more, and
/// its link is over.
pub async fn mail_as(tx: &mut Tx, id: &InvitationId, mail: &LinkId) -> sqlx::Result<()> {
    store::set_mail(tx, id, mail).await
}

/// Makes the link of an email that is about to be sent. `None` if there is nothing to send: the invitation is over, or
/// has a newer email.
pub async fn mailed(site: &Site, mail: &LinkId) -> sqlx::Result<Option<Mailed>> {
    let (token, now) = (token(site, mail), site.clock.now());
    let mut tx = site.db.begin_locked(&[LockKey::new("invitation", mail.as_str())]).await?;
    let Some(row) = store::set_mailed_hash(&mut tx, mail, &token.hash(), now).await? else {
        return Ok(None);
    };
    tx.commit().await?;
    let seconds = row.ends_at.saturating_sub(now.unix()).min(Lifetime::LONGEST.seconds());
    Ok(Some(Mailed { email: row.email, address: address(site, &token), seconds }))
}

/// Ends the links in all emails when the key is replaced: those who have the old key and a copy of the database can
/// compute them. Links that were handed over are random, and stay.
pub async fn end_mailed(tx: &mut Tx) -> sqlx::Result<()> {
    store::forget_mailed(tx).await
}

/// The secret of the link in an email.
fn token(site: &Site, mail: &LinkId) -> Token {
    Token::made(site.key.derive("invitations in emails").mac(mail.as_str().as_bytes()))
}
