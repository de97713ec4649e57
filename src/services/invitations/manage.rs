//! An invitation gets a new link, or is taken back. Everything else about it stays as it was made.

use super::invitation::{InvitationId, Lifetime, MAX_OPEN};
use super::make::{Made, NotFree, all_lock_key, not_free, read, record};
use super::store;
use crate::base::{LockKey, Site, Token, Tx};
use crate::people::audit::Event;
use crate::people::{AccountId, Actor, Handle};
use crate::web::Submission;

/// The result of giving an invitation a new link.
#[derive(Debug)]
pub enum Renewed {
    /// Here it is. The links before are over.
    Done(Box<Made>),
    /// As many accounts have used it as could.
    UsedUp,
    /// There are as many open ones as there may be.
    TooMany,
    /// The handle that it brings is not free any more.
    NoHandle(Handle, NotFree),
    /// There is no such invitation, or none any more.
    NotFound,
}

/// The locks of a transaction that gives an invitation a new link.
pub fn renew_lock_keys(id: &InvitationId) -> [LockKey; 2] {
    [all_lock_key(), lock_key(id)]
}

fn lock_key(id: &InvitationId) -> LockKey {
    LockKey::new("invitation", id.as_str())
}

/// Gives an invitation a new link that lasts this long from now on, in a transaction that holds the [`renew_lock_keys`]. One
/// that ended or was revoked is open again. `account` is that of the administrator who does it: an invitation into `admins`
/// is as good as they are from then on. Unless it is done, the transaction changes nothing.
pub async fn renew_in(
    tx: &mut Tx,
    site: &Site,
    id: &InvitationId,
    lifetime: Lifetime,
    account: Option<&AccountId>,
    actor: Actor<'_>,
) -> sqlx::Result<Renewed> {
    let (token, now) = (Token::generate(), site.clock.now());
    let Some(before) = read(tx, id).await? else { return Ok(Renewed::NotFound) };
    if before.uses_left <= 0 {
        return Ok(Renewed::UsedUp);
    }
    if store::count_open(&mut *tx, id.as_str(), now).await? >= MAX_OPEN {
        return Ok(Renewed::TooMany);
    }
    if let Some(handle) = &before.handle
        && let Some(why) = not_free(tx, handle, id.as_str(), now).await?
    {
        return Ok(Renewed::NoHandle(handle.clone(), why));
    }
    // The last use may have been taken since it was read.
    if !store::rotate(tx, id, (&token.hash(), now.plus(lifetime.seconds())), (actor.kind(), account)).await? {
        return Ok(Renewed::UsedUp);
    }
    record(tx, (Event::InvitationRenewed, id), account, actor, now).await?;
    Ok(match read(tx, id).await? {
        Some(invitation) => Renewed::Done(Box::new(Made { invitation, token })),
        None => Renewed::NotFound,
    })
}

/// The result of taking an invitation back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// Its links are over. Accounts that used it stay.
    Done,
    /// It had ended, was revoked or used up already.
    Over,
    /// There is no such invitation, or none any more.
    NotFound,
}

/// Takes an invitation back. `account` is that of the administrator who does it.
pub async fn revoke(
    site: &Site,
    id: &InvitationId,
    account: Option<&AccountId>,
    actor: Actor<'_>,
) -> sqlx::Result<Revoked> {
    revoke_by_form(site, id, account, actor, &Submission::none()).await
}

/// The same by a form. Done as well if this very form has taken it back a moment ago, at another instance.
pub async fn revoke_by_form(
    site: &Site,
    id: &InvitationId,
    account: Option<&AccountId>,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Revoked> {
    let by = actor.account().map(AccountId::lock_key);
    let locks: Vec<LockKey> = [lock_key(id)].into_iter().chain(by).collect();
    let mut tx = site.db.begin_locked(&locks).await?;
    let revoked = revoke_in(&mut tx, site, id, account, actor).await?;
    if revoked == Revoked::Done {
        submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
        tx.commit().await?;
        return Ok(Revoked::Done);
    }
    drop(tx);
    Ok(if submission.is_done(site).await? { Revoked::Done } else { revoked })
}

/// The same in a transaction that holds the lock of the invitation, which is among its [`renew_lock_keys`]. Unless it is
/// done, the transaction changes nothing.
pub async fn revoke_in(
    tx: &mut Tx,
    site: &Site,
    id: &InvitationId,
    account: Option<&AccountId>,
    actor: Actor<'_>,
) -> sqlx::Result<Revoked> {
    if read(tx, id).await?.is_none() {
        return Ok(Revoked::NotFound);
    }
    if !store::end(tx, id, &Token::generate().hash(), site.clock.now()).await? {
        return Ok(Revoked::Over);
    }
    record(tx, (Event::InvitationRevoked, id), account, actor, site.clock.now()).await?;
    Ok(Revoked::Done)
}
