//! The decision: may this factor go? The last one turns two-factor authentication off, unless the site requires it.

use super::finish::record;
use crate::base::admission::Attempt;
use crate::base::rate_limit::RetryAfter;
use crate::base::{Admission, Client, Decision, Site, Token, Tx, admit};
use crate::people::audit::Event;
use crate::people::sessions::{self, Authenticated};
use crate::people::{AccountId, Actor, User};
use crate::services::outbox::{self, EmailKind};
use crate::services::{second_factor, totp_app};
use crate::web::{self, Submission};

/// What follows from the removal of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterRemoval {
    /// Others are left, or two-factor authentication was off before.
    Removed,
    /// It was the last one: two-factor authentication is off now.
    TurnedOff,
    /// It was the last one, and the site requires one: the transaction must not be committed.
    Required,
}

/// Decides it in the transaction that has just removed a factor of an account, and is locked for it. Writes what
/// happened, and tells the owner.
pub(super) async fn after_removal(
    tx: &mut Tx,
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<AfterRemoval> {
    if second_factor::is_required(tx, site, account).await?
        && !second_factor::can_be_asked(tx, site, account).await?
    {
        return Ok(AfterRemoval::Required);
    }
    record(tx, site, Event::FactorRemoved, account, actor).await?;
    outbox::notify(tx, site, EmailKind::FactorRemoved, account, actor).await?;
    if !second_factor::off_if_none_left(tx, site, account, actor).await? {
        return Ok(AfterRemoval::Removed);
    }
    outbox::notify(tx, site, EmailKind::TwoFactorOff, account, actor).await?;
    Ok(AfterRemoval::TurnedOff)
}

/// What is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removal {
    /// The authenticator app.
    App,
    /// Two-factor authentication; the factors stay.
    TwoFactor,
}

/// Whose it is, and who asks for it.
#[derive(Clone, Copy)]
pub(super) struct RemovalBy<'r> {
    /// The user.
    pub(super) user: &'r User,
    /// What they have proved in the session.
    pub(super) proved: &'r Authenticated,
    /// The client.
    pub(super) client: &'r Client,
    /// The form.
    pub(super) submission: &'r Submission,
}

/// The result.
#[derive(Debug)]
pub(super) enum Removed {
    /// It is gone, and the session goes on with this token.
    Done(Token),
    /// It was gone before.
    Before,
    /// The site requires it.
    Required,
    /// There were too many changes.
    Wait(RetryAfter),
    /// The session ended in the meantime.
    Ended,
}

/// Removes the app, or turns two-factor authentication off.
pub(super) async fn remove(site: &Site, removal: Removal, by: RemovalBy<'_>) -> web::Result<Removed> {
    let account = &by.user.id;
    if removal == Removal::TwoFactor && by.user.needs_second_factor(site) {
        return Ok(Removed::Required);
    }
    let attempt = Attempt::one(&second_factor::CHANGE, account.limit_key());
    let admission = match admit(site, by.client, account.as_str(), attempt).await? {
        Decision::Admitted(admission) => admission,
        Decision::RetryAfter(wait) => return Ok(Removed::Wait(wait)),
    };
    admission.during(site, take_away(site, removal, by, &admission)).await
}

async fn take_away(
    site: &Site,
    removal: Removal,
    by: RemovalBy<'_>,
    admission: &Admission,
) -> web::Result<Removed> {
    let RemovalBy { user, proved, client, submission } = by;
    let (account, actor) = (&user.id, Actor::Owner(client));
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    match removal {
        Removal::App => {
            if !totp_app::remove(&mut tx, account, site.clock.now()).await? {
                return Ok(Removed::Before);
            }
            if after_removal(&mut tx, site, account, actor).await? == AfterRemoval::Required {
                return Ok(Removed::Required);
            }
            // They wait for a code of it.
            sessions::end_pending(&mut tx, account).await?;
        }
        Removal::TwoFactor => {
            if !second_factor::off(&mut tx, site, account, actor).await? {
                return Ok(Removed::Before);
            }
            outbox::notify(&mut tx, site, EmailKind::TwoFactorOff, account, actor).await?;
        }
    }
    let token = sessions::rotate_fresh(&mut tx, site, &user.session, proved).await?;
    let Some(token) = token else { return Ok(Removed::Ended) };
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    admission.right(site, tx).await?;
    Ok(Removed::Done(token))
}
