//! The decisions about the passkeys of one's own account: what a browser is asked for a new one; whether it is added;
//! renamed, woken, removed.

use super::finish::record;
use super::removal::{AfterRemoval, after_removal};
use crate::base::rate_limit::{Counts, Kept, LimitedAction, Rate, RetryAfter, shared};
use crate::base::{Client, Site, Token, Tx, refused};
use crate::people::audit::Event;
use crate::people::sessions;
use crate::people::{Actor, ActorKind, User};
use crate::services::outbox::{self, EmailKind};
use crate::services::passkeys::{
    self, CreationOptions, NewPasskey, NotAdded, PasskeyId, PasskeyName, PasskeyOwner, PasskeySite,
    RegistrationAnswer, RegistrationMode,
};
use crate::web::Submission;

/// Adding, renaming, waking or removing a passkey, by its owner. Each writes rows that are kept for days; one who sorts
/// out all of the twenty that an account may have needs two or three for each.
static CHANGE_PASSKEY: LimitedAction = LimitedAction {
    code: "change_passkey",
    rate: |_| Rate::an_hour(60),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: LimitedAction::WAIT,
    logged: "too many changes of passkeys",
};

/// Whose passkey it is, and who asks for the change.
#[derive(Clone, Copy)]
pub(super) struct ChangeBy<'c> {
    /// The user.
    pub(super) user: &'c User,
    /// The client.
    pub(super) client: &'c Client,
    /// The form.
    pub(super) submission: &'c Submission,
}

/// The account of a user, as browsers show it next to their passkeys.
pub(super) fn owner(user: &User) -> PasskeyOwner<'_> {
    PasskeyOwner { account: &user.id, email: &user.email, name: &user.name }
}

/// What names the session of a user: an answer counts only in the session that asked for it.
fn bound_to(user: &User) -> &[u8] {
    user.session.as_str().as_bytes()
}

/// What a browser is asked for a new passkey. `None` if the account was deleted meanwhile.
pub(super) async fn question(
    site: &Site,
    at: &PasskeySite,
    user: &User,
    mode: RegistrationMode,
) -> sqlx::Result<Option<CreationOptions>> {
    passkeys::creation(site, at, owner(user), mode, bound_to(user)).await
}

/// A passkey to be added, as a form brought it.
#[derive(Clone, Copy)]
pub(super) struct New<'n> {
    /// How the page asked for it.
    pub(super) mode: RegistrationMode,
    /// What the browser answered.
    pub(super) answer: &'n RegistrationAnswer,
    /// What it is called if its provider is not well known.
    pub(super) otherwise: &'n PasskeyName,
}

/// Whether a passkey was added.
#[derive(Debug)]
pub(super) enum Added {
    /// It was.
    Done,
    /// The account has as many as it may.
    TooMany,
    /// Its answer does not count.
    Refused,
    /// There were too many changes.
    Wait(RetryAfter),
}

/// Adds a passkey, and tells the owner. Not if the session has ended since the form began to arrive: what its owner ended must
/// not come back. The same holds for the changes below.
pub(super) async fn add(
    site: &Site,
    at: &PasskeySite,
    new: New<'_>,
    by: ChangeBy<'_>,
) -> sqlx::Result<Added> {
    let (account, actor) = (&by.user.id, Actor::Owner(by.client));
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    if !sessions::is_live_in(&mut tx, site, &by.user.session).await? {
        return Ok(Added::Refused);
    }
    if let Err(wait) = take(&mut tx, site, by).await? {
        return Ok(Added::Wait(wait));
    }
    let passkey = NewPasskey {
        account,
        mode: new.mode,
        bound_to: bound_to(by.user),
        otherwise: new.otherwise,
        created_by: ActorKind::Owner,
    };
    if let Err(why) = passkeys::add(&mut tx, site, at, &passkey, new.answer).await? {
        drop(tx);
        // Another instance may have processed the same form a moment ago.
        if by.submission.is_done(site).await? {
            return Ok(Added::Done);
        }
        log_refused(site, by, why);
        return Ok(if why == NotAdded::TooMany { Added::TooMany } else { Added::Refused });
    }
    record(&mut tx, site, Event::FactorAdded, account, actor).await?;
    outbox::notify(&mut tx, site, EmailKind::FactorAdded, account, actor).await?;
    by.submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    Ok(Added::Done)
}

/// What is changed about a passkey.
#[derive(Clone, Copy)]
pub(super) enum Change<'c> {
    /// Its name.
    Name(&'c PasskeyName),
    /// It rests no longer.
    Wake,
}

/// Whether it was changed.
#[derive(Debug)]
pub(super) enum Changed {
    /// It was.
    Done,
    /// It was so before, or the account has no such passkey.
    Unchanged,
    /// There were too many changes.
    Wait(RetryAfter),
}

/// Renames or wakes a passkey.
pub(super) async fn change(
    site: &Site,
    id: &PasskeyId,
    change: Change<'_>,
    by: ChangeBy<'_>,
) -> sqlx::Result<Changed> {
    let account = &by.user.id;
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    if !sessions::is_live_in(&mut tx, site, &by.user.session).await? {
        return Ok(Changed::Unchanged);
    }
    if let Err(wait) = take(&mut tx, site, by).await? {
        return Ok(Changed::Wait(wait));
    }
    let (changed, event) = match change {
        Change::Name(name) => (passkeys::rename(&mut tx, account, id, name).await?, Event::PasskeyRenamed),
        Change::Wake => (passkeys::wake(&mut tx, account, id).await?, Event::PasskeysWoken),
    };
    if !changed {
        drop(tx);
        return Ok(if by.submission.is_done(site).await? { Changed::Done } else { Changed::Unchanged });
    }
    record(&mut tx, site, event, account, Actor::Owner(by.client)).await?;
    by.submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    Ok(Changed::Done)
}

/// Whether a passkey was removed.
#[derive(Debug)]
pub(super) enum PasskeyRemoved {
    /// It was.
    Done {
        /// The new token of the session, if the passkey had opened it.
        token: Option<Token>,
        /// Whether it was the last factor, so that two-factor authentication is off now.
        turned_off: bool,
    },
    /// The account has no such passkey.
    Before,
    /// It is the last factor, and the site requires one.
    Required,
    /// There were too many changes.
    Wait(RetryAfter),
}

/// Removes a passkey, and tells the owner. What it opened by itself ends, but not the session in which it is removed.
/// `last` takes the place of the submission if it was the last factor.
pub(super) async fn remove(
    site: &Site,
    id: &PasskeyId,
    last: &Submission,
    by: ChangeBy<'_>,
) -> sqlx::Result<PasskeyRemoved> {
    let (user, actor) = (by.user, Actor::Owner(by.client));
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    if !sessions::is_live_in(&mut tx, site, &by.user.session).await? {
        return Ok(PasskeyRemoved::Before);
    }
    if let Err(wait) = take(&mut tx, site, by).await? {
        return Ok(PasskeyRemoved::Wait(wait));
    }
    let removed = passkeys::remove(&mut tx, site, (&user.id, id), Some(&user.session), actor).await?;
    let Some(removed) = removed else { return Ok(PasskeyRemoved::Before) };
    let turned_off = match after_removal(&mut tx, site, &user.id, actor).await? {
        AfterRemoval::Removed => false,
        AfterRemoval::TurnedOff => true,
        AfterRemoval::Required => return Ok(PasskeyRemoved::Required),
    };
    let submission = if turned_off { last } else { by.submission };
    submission.succeed(&mut tx, site, Some(user.id.as_str())).await?;
    tx.commit().await?;
    Ok(PasskeyRemoved::Done { token: removed.token, turned_off })
}

async fn take(tx: &mut Tx, site: &Site, by: ChangeBy<'_>) -> sqlx::Result<Result<(), RetryAfter>> {
    let (account, now) = (&by.user.id, site.clock.now());
    let taken = shared::take(tx, &site.settings, &CHANGE_PASSKEY, &account.limit_key(), now).await?;
    if let Err(wait) = &taken {
        refused::too_early(site, by.client, account.as_str(), wait, CHANGE_PASSKEY.logged);
    }
    Ok(taken)
}

/// The owner reads one sentence for every reason; the log has the reason.
fn log_refused(site: &Site, by: ChangeBy<'_>, why: NotAdded) {
    let (event, what) = ("authn_factor_fail", "a passkey was not added");
    let (client, account) = (by.client, by.user.id.as_str());
    refused::log(site, client, event, what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
        log::info!(event, request_id, account, address:%, browser:%; "{what}: {why:?}");
    });
}
