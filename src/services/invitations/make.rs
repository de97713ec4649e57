//! An invitation is made, with the one link to it.

use super::invitation::{Invitation, InvitationId, MAX_OPEN, NewInvitation, Uses};
use super::shown::{self, Row};
use super::store::{self, New};
use crate::base::{LockKey, Site, Time, Token, Tx};
use crate::people::accounts::{self, HandleSet};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::groups::{self, GroupName};
use crate::people::{AccountId, Actor, Handle};
use crate::web::paths;

/// An invitation with its link, which is known only now.
#[derive(Debug)]
pub struct Made {
    /// The invitation.
    pub invitation: Invitation,
    /// The secret of its link.
    pub token: Token,
}

impl Made {
    /// Its link, for the invited alone.
    pub fn address(&self, site: &Site) -> String {
        address(site, &self.token)
    }
}

/// Why no invitation was made. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CannotInvite {
    /// It is for one address, so only one account can use it.
    OnlyOnce,
    /// It brings a handle, which only one account can have.
    HandleOnce,
    /// The handle that it would bring is not free.
    Handle(Handle, NotFree),
    /// There is no such group.
    NoGroup(GroupName),
    /// There are as many open ones as there may be.
    TooMany,
}

/// Why an invitation cannot bring a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFree {
    /// An account has it.
    Taken,
    /// An account had it once.
    UsedBefore,
    /// Another invitation promises it.
    Promised,
}

/// The locks of a transaction that makes an invitation into these groups.
pub fn lock_keys(groups: &[GroupName]) -> Vec<LockKey> {
    groups.iter().map(groups::lock_of).chain([all_lock_key()]).collect()
}

/// The lock of a transaction that makes the number of open invitations higher.
pub(super) fn all_lock_key() -> LockKey {
    LockKey::new("invitations", "")
}

/// Makes an invitation, in a transaction that holds the [`lock_keys`]. After a refusal it must not be committed.
pub async fn make_in(
    tx: &mut Tx,
    site: &Site,
    new: &NewInvitation,
    actor: Actor<'_>,
) -> sqlx::Result<Result<Made, CannotInvite>> {
    if new.email.is_some() && new.uses != Uses::ONCE {
        return Ok(Err(CannotInvite::OnlyOnce));
    }
    if new.handle.is_some() && new.uses != Uses::ONCE {
        return Ok(Err(CannotInvite::HandleOnce));
    }
    let (id, token, now) = (InvitationId::new(), Token::generate(), site.clock.now());
    if store::count_open(&mut *tx, "", now).await? >= MAX_OPEN {
        return Ok(Err(CannotInvite::TooMany));
    }
    if let Some(handle) = &new.handle
        && let Some(why) = not_free(tx, handle, "", now).await?
    {
        return Ok(Err(CannotInvite::Handle(handle.clone(), why)));
    }
    let row = New {
        id: &id,
        token: &token.hash(),
        note: &new.note,
        email: new.email.as_ref(),
        handle: new.handle.as_ref(),
        uses: new.uses.get(),
        ends_at: now.plus(new.lifetime.seconds()),
        created_by: actor.kind(),
        created_by_account: new.created_by_account.as_ref(),
    };
    store::insert(tx, &row, now).await?;
    for group in &new.groups {
        if !groups::ensure(tx, group, actor, now).await? {
            return Ok(Err(CannotInvite::NoGroup(group.clone())));
        }
        store::insert_group(tx, &id, group).await?;
    }
    record(tx, (Event::InvitationMade, &id), new.created_by_account.as_ref(), actor, now).await?;
    Ok(match read(tx, &id).await? {
        Some(invitation) => Ok(Made { invitation, token }),
        None => return Err(sqlx::Error::RowNotFound), // it was added in this transaction
    })
}

/// Why an invitation cannot bring a handle, if it cannot, in a transaction that holds the lock of all invitations. An
/// account may be given it later all the same: so it is looked at again when the invitation is used.
pub(super) async fn not_free(
    tx: &mut Tx,
    handle: &Handle,
    without: &str,
    now: Time,
) -> sqlx::Result<Option<NotFree>> {
    let why = match accounts::holders(tx, &[handle]).await?.judge(handle, None) {
        HandleSet::Taken => Some(NotFree::Taken),
        HandleSet::UsedBefore => Some(NotFree::UsedBefore),
        HandleSet::Done | HandleSet::Unchanged => None,
    };
    if why.is_some() {
        return Ok(why);
    }
    let promised = store::promised_among(tx, &[handle], without, now).await?;
    Ok((!promised.is_empty()).then_some(NotFree::Promised))
}

/// Those of some handles that invitations promise.
pub async fn promised_among(tx: &mut Tx, site: &Site, handles: &[&Handle]) -> sqlx::Result<Vec<Handle>> {
    store::promised_among(tx, handles, "", site.clock.now()).await
}

/// The link of an invitation, built only from `base_url`.
pub fn address(site: &Site, token: &Token) -> String {
    format!("{}{}?token={}", site.settings.base_url, paths::INVITED, token.reveal())
}

/// Writes an event of an invitation to the trail of the account that caused it, and to the log once it is committed.
pub(super) async fn record(
    tx: &mut Tx,
    (event, id): (Event, &InvitationId),
    account: Option<&AccountId>,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<()> {
    // What an administrator did is of no account: it must not go with theirs. The actor says who it was.
    let account = account.filter(|_| actor.account().is_none());
    Entry { event, account, actor }.record_in(tx, Some(Detail::names("", id.as_str())), now).await
}

/// The invitation with an ID, in the transaction that changes it.
pub(super) async fn read(tx: &mut Tx, id: &InvitationId) -> sqlx::Result<Option<Invitation>> {
    let Some(row) = shown::by_id(&mut *tx, id).await? else { return Ok(None) };
    let mut groups = store::group_names(tx, id).await?;
    groups.sort_unstable();
    Ok(Some(of_row(row, groups)))
}

/// An invitation of its row and its groups.
pub(super) fn of_row(row: Row, groups: Vec<GroupName>) -> Invitation {
    let Row { id, note, email, handle, uses_left, used, ends_at, created_at, .. } = row;
    Invitation {
        id,
        note,
        email,
        groups,
        handle,
        uses_left,
        used,
        ends_at: Time::from_unix(ends_at),
        created_at: Time::from_unix(created_at),
        created_by: row.created_by,
        created_by_account: row.created_by_account,
        is_backed: row.is_backed != 0,
    }
}
