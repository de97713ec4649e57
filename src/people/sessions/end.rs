//! Sessions ended. An ended one is a row that is gone: the cookie may be replayed for ever.

use uuid::Uuid;

use super::remember_token::RememberToken;
use super::renew::{Renewed, renew};
use super::store::{self, SessionId};
use super::{ended, lifetimes, remembered};
use crate::base::{Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::audit::{Entry, Event};
use crate::web::{Submission, Visitor};

/// Who ends something, and from where.
#[derive(Clone, Copy, Debug)]
pub struct End<'e> {
    /// The account.
    pub account: &'e AccountId,
    /// The visitor.
    pub visitor: &'e Visitor,
    /// The form that asks for it.
    pub submission: &'e Submission,
}

/// Ends the session that somebody is in, with its device; and the device whose token they show, where that is another.
pub async fn end(
    site: &Site,
    session: &SessionId,
    shown: Option<&RememberToken>,
    by: End<'_>,
) -> sqlx::Result<()> {
    let now = site.clock.now();
    let mut tx = site.db.begin(&[by.account.about()]).await?;
    let mut ended = 0;
    if let Some(device) = store::device_of(&mut tx, by.account, session.as_str()).await? {
        ended += end_device(&mut tx, &device, Some(by.visitor), now).await?;
    }
    if let Some(shown) = shown
        && let Some(row) = remembered::find(&mut tx, &shown.id, lifetimes::of_remembered(site)).await?
        && row.generations.may_go_on(&shown.token.hash())
    {
        ended += end_device(&mut tx, &row.id, Some(by.visitor), now).await?;
    }
    ended += store::delete_one(&mut tx, by.account, session.as_str()).await?;
    by.commit(site, tx, Event::LoggedOut, ended).await
}

/// Ends the remembered device whose token somebody shows who is in no session; false where the token is not of one.
pub async fn end_shown(
    site: &Site,
    shown: &RememberToken,
    visitor: &Visitor,
    submission: &Submission,
) -> sqlx::Result<bool> {
    let limits = lifetimes::of_remembered(site);
    let Some(found) = remembered::find(site.db.reader(), &shown.id, limits).await? else {
        return Ok(false);
    };
    let by = End { account: &found.account_id, visitor, submission };
    let mut tx = site.db.begin(&[by.account.about()]).await?;
    match remembered::find(&mut tx, &shown.id, limits).await? {
        Some(row) if row.generations.may_go_on(&shown.token.hash()) => {
            let ended = end_device(&mut tx, &row.id, Some(visitor), site.clock.now()).await?;
            by.commit(site, tx, Event::LoggedOut, ended).await?;
            Ok(ended > 0)
        }
        _ => Ok(false),
    }
}

/// Ends one session of an account, or one remembered device with its sessions; a session of a device ends with it. Where there
/// is none, it is ended already.
pub async fn end_one(site: &Site, id: &str, by: End<'_>) -> sqlx::Result<()> {
    // Whatever was sent: a database need not be able to read it.
    let Ok(id) = Uuid::try_parse(id) else { return Ok(()) };
    let (id, now) = (id.to_string(), site.clock.now());
    let mut tx = site.db.begin(&[by.account.about()]).await?;
    let mut ended = 0;
    if let Some(device) = store::device_of(&mut tx, by.account, &id).await? {
        ended += end_device(&mut tx, &device, Some(by.visitor), now).await?;
    }
    ended += store::delete_one(&mut tx, by.account, &id).await?;
    by.commit(site, tx, Event::DeviceEnded, ended).await
}

/// Removes a device with its sessions, and notes for its cookie that it was logged out. The answer is how many devices.
async fn end_device(tx: &mut Tx, id: &str, by: Option<&Visitor>, now: Time) -> sqlx::Result<u64> {
    ended::note(tx, id, by, now).await?;
    remembered::delete(tx, id).await
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
    let renewed = renew(&mut tx, site, kept, shown, by.visitor).await?;
    ended::note_all(&mut tx, by.account, Some(kept), Some(by.visitor), site.clock.now()).await?;
    let ended = store::delete_others(&mut tx, by.account, kept).await?;
    by.commit(site, tx, Event::OthersEnded, ended).await?;
    Ok(renewed)
}

impl End<'_> {
    /// Makes an end hold, written down with it if there was anything to end.
    async fn commit(self, site: &Site, mut tx: Tx, event: Event, ended: u64) -> sqlx::Result<()> {
        let entry = Entry { event, account: Some(self.account), visitor: Some(self.visitor) };
        self.submission.succeed(&mut tx, site).await?;
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
    kept: &SessionId,
    shown: Option<&RememberToken>,
    by: End<'_>,
) -> sqlx::Result<Option<Renewed>> {
    let now = site.clock.now();
    let renewed = renew(tx, site, kept, shown, by.visitor).await?;
    store::make_fresh(tx, kept, now).await?;
    ended::note_all(tx, by.account, Some(kept), Some(by.visitor), now).await?;
    store::delete_others(tx, by.account, kept).await?;
    Ok(renewed)
}

/// Ends every session and remembered device of an account, as when its password changes; from a visitor's browser, or by the
/// operator.
pub async fn end_all(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    by: Option<&Visitor>,
) -> sqlx::Result<()> {
    ended::note_all(tx, account, None, by, site.clock.now()).await?;
    store::delete_of(tx, account).await
}

/// Ends everybody's, as when the key is replaced.
pub async fn end_everything(tx: &mut Tx) -> sqlx::Result<()> {
    store::delete_all(tx).await
}
