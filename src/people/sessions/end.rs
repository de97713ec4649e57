//! Sessions ended. An ended one is a row that is gone: the cookie may be replayed for ever.

use uuid::Uuid;

use super::remember_token::RememberToken;
use super::remembered;
use super::renew::{Renewed, renew};
use super::store::{self, SessionId};
use crate::base::{Site, Token, Tx};
use crate::people::accounts::AccountId;
use crate::people::audit::{Entry, Event};
use crate::web::Visitor;

/// Who ends something, and from where.
#[derive(Clone, Copy, Debug)]
pub struct End<'e> {
    /// The account.
    pub account: &'e AccountId,
    /// The visitor.
    pub visitor: &'e Visitor,
}

/// Ends what a visitor's cookies open: the session, and the remembered device with all of its sessions.
pub async fn end(
    site: &Site,
    session: Option<&Token>,
    remember: Option<&RememberToken>,
    by: End<'_>,
) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[by.account.about()]).await?;
    let mut ended = 0;
    if let Some(token) = session {
        ended += store::delete_by_token(&mut tx, &token.hash()).await?;
    }
    if let Some(remember) = remember {
        ended += remembered::delete_by_token(&mut tx, &remember.id, &remember.token.hash()).await?;
    }
    by.commit(site, tx, Event::LoggedOut, ended).await
}

/// Ends one session of an account, or one remembered device with its sessions. Where there is none, it is ended already.
pub async fn end_one(site: &Site, id: &str, by: End<'_>) -> sqlx::Result<()> {
    // Whatever was sent: a database need not be able to read it.
    let Ok(id) = Uuid::try_parse(id) else { return Ok(()) };
    let mut tx = site.db.begin(&[by.account.about()]).await?;
    let ended = store::delete_one(&mut tx, by.account, &id.to_string()).await?;
    by.commit(site, tx, Event::DeviceEnded, ended).await
}

/// Ends everything of an account but the session that asks for it, with its device. Copies of their cookies are others too:
/// the answer is what the visitor is to hold in their place, where the session has not ended.
pub async fn end_others(
    site: &Site,
    kept: &SessionId,
    shown: Option<&RememberToken>,
    by: End<'_>,
) -> sqlx::Result<Option<Renewed>> {
    let mut tx = site.db.begin(&[by.account.about()]).await?;
    let renewed = renew(&mut tx, site, kept, shown).await?;
    let ended = store::delete_others(&mut tx, by.account, kept).await?;
    by.commit(site, tx, Event::OthersEnded, ended).await?;
    Ok(renewed)
}

impl End<'_> {
    /// Makes an end hold, written down with it if there was anything to end.
    async fn commit(self, site: &Site, mut tx: Tx, event: Event, ended: u64) -> sqlx::Result<()> {
        let entry = Entry { event, account: Some(self.account), visitor: Some(self.visitor) };
        if ended > 0 {
            entry.write(&mut tx, site.clock.now()).await?;
        }
        tx.commit().await?;
        if ended > 0 {
            entry.tell();
        }
        Ok(())
    }
}

/// Ends everything of an account but one session with its device, as part of a change of the password that was just given in
/// it. The session is fresh, and both are under other tokens; `None` if it has ended.
pub async fn end_rest(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    kept: &SessionId,
    shown: Option<&RememberToken>,
) -> sqlx::Result<Option<Renewed>> {
    let renewed = renew(tx, site, kept, shown).await?;
    store::make_fresh(tx, kept, site.clock.now()).await?;
    store::delete_others(tx, account, kept).await?;
    Ok(renewed)
}

/// Ends every session and remembered device of an account, as when its password changes.
pub async fn end_all(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete_of(tx, account).await
}

/// Ends everybody's, as when the key is replaced.
pub async fn end_everything(tx: &mut Tx) -> sqlx::Result<()> {
    store::delete_all(tx).await
}
