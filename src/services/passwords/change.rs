//! A change of the password by its owner, who knows the old one.

use super::attempt::{AttemptOutcome, PasswordAttempt, attempt};
use super::store;
use super::target::AttemptAt;
use super::verified::VerifiedPassword;
use crate::base::rate_limit::RetryAfter;
use crate::base::{Password, Site};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, Authenticated, End, KnownBrowser, RememberToken, Rotated};
use crate::people::{Actor, User, accounts};
use crate::services::outbox::{self, EmailKind};
use crate::web;

/// The result.
#[derive(Debug)]
pub enum Changed {
    /// It was changed. The session and its device continue with these tokens; all other sessions and devices
    /// of the account have ended.
    Done(Rotated),
    /// The old password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(RetryAfter),
    /// The session ended in the meantime.
    Ended,
}

/// Changes the password of a user who is logged in, to one that was judged good. `proved` is what they proved before in
/// their session: with two-factor authentication, the password makes it no fresher.
pub async fn change(
    site: &Site,
    (user, proved): (&User, &Authenticated),
    old: &Password,
    new: &Password,
    known_browser: &KnownBrowser,
    remembered: Option<&RememberToken>,
    by: End<'_>,
) -> web::Result<Changed> {
    let password_attempt = PasswordAttempt {
        at: AttemptAt::Account(&user.id, &user.email),
        session: Some(&user.session),
        known_browser,
        client: by.client,
        submission: by.submission,
    };
    let verified = match attempt(site, &password_attempt, old).await? {
        AttemptOutcome::Right(verified) => verified,
        AttemptOutcome::Wrong => return Ok(Changed::Wrong),
        AttemptOutcome::Wait(wait) => return Ok(Changed::Wait(wait)),
    };
    verified.settle(site, replace(site, (user, proved), new, &verified, remembered, by)).await
}

async fn replace(
    site: &Site,
    (user, proved): (&User, &Authenticated),
    new: &Password,
    verified: &VerifiedPassword,
    remembered: Option<&RememberToken>,
    by: End<'_>,
) -> web::Result<Changed> {
    let client = by.client;
    let hash = site.hashing.hash(new).await?;
    let entry = Entry { event: Event::PasswordChanged, account: Some(&user.id), actor: Actor::Owner(client) };
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    let Some(authenticated) = verified.authenticated(&mut tx, now).await? else {
        return Ok(Changed::Wrong);
    };
    store::put(&mut tx, &user.id, &hash, now).await?;
    outbox::discard(&mut tx, &user.id).await?;
    // Where a second factor is asked for, the password alone proves less than what opened the session.
    let is_on = accounts::two_factor_since(&mut tx, &user.id).await?.is_some();
    let is_asked = is_on || user.needs_second_factor(site);
    let proof = if is_asked { proved } else { &authenticated };
    let rest = sessions::end_rest(&mut tx, site, (&user.session, proof), remembered, by);
    let Some(rotated) = rest.await? else { return Ok(Changed::Ended) };
    entry.write(&mut tx, now).await?;
    outbox::notify(&mut tx, site, EmailKind::Password, &user.id, Actor::Owner(client)).await?;
    by.submission.succeed(&mut tx, site, Some(user.id.as_str())).await?;
    verified.commit(site, tx).await?;
    entry.log();
    Ok(Changed::Done(rotated))
}
