//! Ends sessions. The row of an ended session is deleted, so replaying its cookie does nothing.

use uuid::Uuid;

use super::authenticated::Authenticated;
use super::remember_token::RememberToken;
use super::rotate_with_device::{Rotated, rotate_with_device};
use super::store::{self, SessionId};
use super::{ended, lifetimes, pending, remember_me};
use crate::base::{Client, Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;
use crate::people::audit::{Entry, Event};
use crate::web::Submission;

/// Who ends something, and from where.
#[derive(Clone, Copy, Debug)]
pub struct End<'e> {
    /// The account.
    pub account: &'e AccountId,
    /// The client that asks for it.
    pub client: &'e Client,
    /// The form that asked for it.
    pub submission: &'e Submission,
}

/// Ends the current session with its device; and the device of the token in the request, if it is another
/// one.
pub async fn end(
    site: &Site,
    session: &SessionId,
    shown: Option<&RememberToken>,
    by: End<'_>,
) -> sqlx::Result<()> {
    let (now, limits) = (site.clock.now(), lifetimes::of_remember_me(site));
    // The device may be another account's: someone else logged in on it since.
    let owner = match shown {
        Some(shown) => {
            remember_me::find(site.db.reader(), &shown.id, limits).await?.map(|row| row.account_id)
        }
        None => None,
    };
    let owner = owner.as_ref().unwrap_or(by.account);
    let mut tx = site.db.begin_locked(&[by.account.lock_key(), owner.lock_key()]).await?;
    let mut ended = 0;
    if let Some(device) = store::device_of(&mut tx, by.account, session.as_str()).await? {
        ended += end_device(&mut tx, &device, by.actor(), now).await?;
    }
    if let Some(shown) = shown
        && let Some(row) = remember_me::find(&mut tx, &shown.id, limits).await?
        && row.account_id == *owner
        && row.generations.may_go_on(&shown.token.hash())
    {
        ended += end_device(&mut tx, &row.id, by.actor(), now).await?;
        if owner != by.account {
            let entry = Entry { event: Event::LoggedOut, account: Some(owner), actor: by.actor() };
            entry.write(&mut tx, now).await?;
        }
    }
    ended += store::delete_one(&mut tx, by.account, session.as_str()).await?;
    by.commit(site, tx, Event::LoggedOut, ended).await
}

/// Ends the remembered device of a token that came without a session; false if the token is invalid.
pub async fn end_shown(
    site: &Site,
    shown: &RememberToken,
    client: &Client,
    submission: &Submission,
) -> sqlx::Result<bool> {
    let limits = lifetimes::of_remember_me(site);
    let Some(found) = remember_me::find(site.db.reader(), &shown.id, limits).await? else {
        return Ok(false);
    };
    let by = End { account: &found.account_id, client, submission };
    let mut tx = site.db.begin_locked(&[by.account.lock_key()]).await?;
    match remember_me::find(&mut tx, &shown.id, limits).await? {
        Some(row) if row.generations.may_go_on(&shown.token.hash()) => {
            let ended = end_device(&mut tx, &row.id, by.actor(), site.clock.now()).await?;
            by.commit(site, tx, Event::LoggedOut, ended).await?;
            Ok(ended > 0)
        }
        _ => Ok(false),
    }
}

/// Ends one session of an account, or one remembered device with its sessions. A session of a device ends
/// with the device. If there is none, it has already ended.
pub async fn end_one(site: &Site, id: &str, by: End<'_>) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[by.account.lock_key()]).await?;
    let ended = end_place(&mut tx, by.account, id, by.actor(), site.clock.now()).await?;
    by.commit(site, tx, Event::DeviceEnded, ended).await
}

/// The same as part of a change, by anyone who may. Returns how much has ended.
pub async fn end_place(
    tx: &mut Tx,
    account: &AccountId,
    id: &str,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<u64> {
    // The text may be anything: the database is only given a valid ID.
    let Ok(id) = Uuid::try_parse(id) else { return Ok(0) };
    let (id, mut ended) = (id.to_string(), 0);
    if let Some(device) = store::device_of(tx, account, &id).await? {
        ended += end_device(tx, &device, actor, now).await?;
    }
    Ok(ended + store::delete_one(tx, account, &id).await?)
}

/// Removes a device with its sessions, and records for its cookie that it was logged out. Returns the number
/// of devices.
pub(super) async fn end_device(tx: &mut Tx, id: &str, actor: Actor<'_>, now: Time) -> sqlx::Result<u64> {
    ended::note(tx, id, actor, now).await?;
    remember_me::delete(tx, id).await
}

/// Ends all sessions of an account except the one that asks for it, with its device. Copies of its cookies
/// count as others. Returns the new tokens for the visitor, unless the session has ended.
pub async fn end_others(
    site: &Site,
    kept: &SessionId,
    shown: Option<&RememberToken>,
    by: End<'_>,
) -> sqlx::Result<Option<Rotated>> {
    let mut tx = site.db.begin_locked(&[by.account.lock_key()]).await?;
    let rotated = rotate_with_device(&mut tx, site, kept, shown, by.client).await?;
    ended::note_all(&mut tx, by.account, Some(kept), by.actor(), site.clock.now()).await?;
    let ended = store::delete_others(&mut tx, by.account, kept).await?;
    by.commit(site, tx, Event::OthersEnded, ended).await?;
    Ok(rotated)
}

impl<'e> End<'e> {
    /// Who ends it: the owner.
    fn actor(&self) -> Actor<'e> {
        Actor::Owner(self.client)
    }

    /// Commits an end, and records it if there was anything to end.
    async fn commit(self, site: &Site, mut tx: Tx, event: Event, ended: u64) -> sqlx::Result<()> {
        let entry = Entry { event, account: Some(self.account), actor: self.actor() };
        self.submission.succeed(&mut tx, site, Some(self.account.as_str())).await?;
        if ended > 0 {
            entry.write(&mut tx, site.clock.now()).await?;
        }
        tx.commit().await?;
        if ended > 0 {
            entry.log();
        }
        Ok(())
    }
}

/// Ends all sessions of an account except one with its device, and its pending logins, as part of a change, such as of
/// the password, by someone who has just proved again in it who they are. The session is fresh, and both get new
/// tokens; `None` if it has ended.
pub async fn end_rest(
    tx: &mut Tx,
    site: &Site,
    (kept, authenticated): (&SessionId, &Authenticated),
    shown: Option<&RememberToken>,
    by: End<'_>,
) -> sqlx::Result<Option<Rotated>> {
    let now = site.clock.now();
    let rotated = rotate_with_device(tx, site, kept, shown, by.client).await?;
    store::make_fresh(tx, kept, authenticated).await?;
    ended::note_all(tx, by.account, Some(kept), by.actor(), now).await?;
    store::delete_others(tx, by.account, kept).await?;
    pending::end_pending(tx, by.account).await?;
    Ok(rotated)
}

/// Ends every session, remembered device and pending login of an account, for example when its password is reset.
pub async fn end_all(tx: &mut Tx, site: &Site, account: &AccountId, actor: Actor<'_>) -> sqlx::Result<()> {
    ended::note_all(tx, account, None, actor, site.clock.now()).await?;
    store::delete_of(tx, account).await?;
    pending::end_pending(tx, account).await
}

/// Ends the sessions and pending logins of all users, for example when the key is replaced.
pub async fn end_everything(tx: &mut Tx) -> sqlx::Result<()> {
    store::delete_all(tx).await?;
    pending::end_all_pending(tx).await
}
