//! The decision: is this still the same user? Where two-factor authentication is off, the password says so, or a passkey
//! that replaces it. Where it is on, a code or any passkey says so, and the password never: those who got hold of the
//! session may know it as well.

use super::after_code::AfterCode;
use super::passkey;
use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Password, Site, Time, Token, Tx, refused};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, Authenticated, KnownBrowser, Standing};
use crate::people::{Actor, User, accounts};
use crate::services::outbox::{self, EmailKind};
use crate::services::passkeys::{self, AssertionAnswer, PasskeySite, Reason, VerifiedSameUser};
use crate::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt, VerifiedPassword};
use crate::services::second_factor::{self, Afterwards, Given, Outcome, SecondFactorAttempt, VerifiedFactor};
use crate::web::{self, Error, Submission};

/// The result.
#[derive(Debug)]
pub(super) enum Reauthenticated {
    /// It is: the session continues, fresh, with this token. And what to say afterwards.
    Fresh(Token, Afterwards),
    /// The password or the code was wrong, or the passkey was refused.
    Wrong,
    /// The code was used before.
    Used,
    /// The app was stopped: no code of it counts.
    Stopped,
    /// The codes of the app cannot be checked.
    Unreadable,
    /// There were too many attempts.
    Wait(RetryAfter),
    /// Two-factor authentication was turned on or off in the meantime, so this proves nothing now.
    Switched,
    /// The session ended in the meantime.
    Ended,
}

/// Who has to prove it, and in which browser and form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again<'a> {
    /// The user of the session.
    pub(super) user: &'a User,
    pub(super) known_browser: &'a KnownBrowser,
    pub(super) client: &'a Client,
    /// The submitted form.
    pub(super) submission: &'a Submission,
}

/// Checks the password of a user who is logged in.
pub(super) async fn by_password(
    site: &Site,
    password: &Password,
    again: Again<'_>,
) -> web::Result<Reauthenticated> {
    let Again { user, known_browser, client, submission } = again;
    let (at, session) = (AttemptAt::Account(&user.id, &user.email), Some(&user.session));
    let password_attempt = PasswordAttempt { at, session, known_browser, client, submission };
    let verified = match passwords::attempt(site, &password_attempt, password).await? {
        AttemptOutcome::Right(verified) => verified,
        AttemptOutcome::Wrong => return Ok(Reauthenticated::Wrong),
        AttemptOutcome::Wait(wait) => return Ok(Reauthenticated::Wait(wait)),
    };
    verified.settle(site, use_password(site, &verified, again)).await
}

async fn use_password(
    site: &Site,
    verified: &VerifiedPassword,
    again: Again<'_>,
) -> web::Result<Reauthenticated> {
    let account = &again.user.id;
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let since = accounts::two_factor_since(&mut tx, account).await?;
    if second_factor::asked_since(&mut tx, site, account, since).await?.is_some() {
        return Ok(Reauthenticated::Switched);
    }
    let Some(authenticated) = verified.authenticated(&mut tx, site.clock.now()).await? else {
        return Ok(Reauthenticated::Wrong);
    };
    let Some(token) = make_fresh(&mut tx, site, &authenticated, again).await? else {
        return Ok(Reauthenticated::Ended);
    };
    verified.commit(site, tx).await?;
    Ok(Reauthenticated::Fresh(token, Afterwards::Nothing))
}

/// Checks a code of a user who is logged in, where two-factor authentication is on. A recovery code is used up, and its
/// owner is told.
pub(super) async fn by_code(
    site: &Site,
    given: Given<'_>,
    again: Again<'_>,
    after: &AfterCode,
) -> web::Result<Reauthenticated> {
    let Again { user, known_browser, client, submission } = again;
    // A change of the password ends all other sessions, so its time does not matter here.
    let standing = known_browser.standing(&user.id, Time::from_unix(0), site.clock.now());
    let is_known = standing == Standing::Known;
    let attempt = SecondFactorAttempt { client, known_browser, is_known, submission };
    let verified = match second_factor::attempt(site, &user.id, &attempt, given).await? {
        Outcome::Right(verified) => verified,
        Outcome::Wrong => return Ok(Reauthenticated::Wrong),
        Outcome::Used => return Ok(Reauthenticated::Used),
        Outcome::Stopped | Outcome::StoppedNow => return Ok(Reauthenticated::Stopped),
        Outcome::Unreadable => return Ok(Reauthenticated::Unreadable),
        Outcome::Wait(wait) => return Ok(Reauthenticated::Wait(wait)),
    };
    verified.settle(site, use_code(site, &verified, again, after)).await
}

async fn use_code(
    site: &Site,
    verified: &VerifiedFactor,
    again: Again<'_>,
    after: &AfterCode,
) -> web::Result<Reauthenticated> {
    let (account, actor) = (&again.user.id, Actor::Owner(again.client));
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let since = accounts::two_factor_since(&mut tx, account).await?;
    if second_factor::asked_since(&mut tx, site, account, since).await?.is_none() {
        return Ok(Reauthenticated::Switched);
    }
    let is_recovery_code = verified.is_recovery_code();
    let Some(authenticated) = verified.same_user(&mut tx, site, again.user).await? else {
        // Another request was faster with the same code.
        return Ok(if is_recovery_code { Reauthenticated::Wrong } else { Reauthenticated::Used });
    };
    let afterwards = verified.afterwards(&mut tx).await?;
    let again = Again { submission: after.answer(afterwards), ..again };
    let Some(token) = make_fresh(&mut tx, site, &authenticated, again).await? else {
        return Ok(Reauthenticated::Ended);
    };
    if is_recovery_code {
        outbox::notify(&mut tx, site, EmailKind::CodeUsed, account, actor).await?;
    }
    verified.commit(site, tx).await?;
    Ok(Reauthenticated::Fresh(token, afterwards))
}

/// Verifies the answer of a passkey of a user who is logged in.
pub(super) async fn by_passkey(
    site: &Site,
    at: &PasskeySite,
    answer: &AssertionAnswer,
    again: Again<'_>,
) -> web::Result<Reauthenticated> {
    let Again { user, client, submission, .. } = again;
    let of = (&user.id, user.session.as_str().as_bytes());
    let done = match passkeys::reauthenticate(site, at, of, answer, client).await? {
        Ok(verified) => use_passkey(site, &verified, again).await?,
        Err(_) => Reauthenticated::Wrong,
    };
    // Its challenge was spent when another request did what this very form asks for.
    if matches!(done, Reauthenticated::Wrong) && submission.is_done(site).await? {
        return Err(Error::DoneBefore);
    }
    Ok(done)
}

async fn use_passkey(
    site: &Site,
    verified: &VerifiedSameUser,
    again: Again<'_>,
) -> web::Result<Reauthenticated> {
    let account = &again.user.id;
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let used = match verified.authenticated(&mut tx, site).await? {
        Ok(used) => used,
        Err(why) => {
            log_refused(site, again, why);
            return Ok(Reauthenticated::Wrong);
        }
    };
    let Some(token) = make_fresh(&mut tx, site, &used.authenticated, again).await? else {
        return Ok(Reauthenticated::Ended);
    };
    passkey::record(&mut tx, site, &used, again.client).await?;
    tx.commit().await?;
    Ok(Reauthenticated::Fresh(token, Afterwards::Nothing))
}

/// Makes the session fresh. `None` if it has ended.
async fn make_fresh(
    tx: &mut Tx,
    site: &Site,
    authenticated: &Authenticated,
    again: Again<'_>,
) -> web::Result<Option<Token>> {
    let user = again.user;
    let Some(token) = sessions::rotate_fresh(tx, site, &user.session, authenticated).await? else {
        return Ok(None);
    };
    let (event, actor) = (Event::Reauthenticated, Actor::Owner(again.client));
    Entry { event, account: Some(&user.id), actor }.record_in(tx, None, site.clock.now()).await?;
    // When the login is no longer fresh, the same form has to be able to make it fresh again.
    let submission = again.submission.clone().true_for(site.settings.fresh_for.seconds());
    submission.succeed(tx, site, Some(user.id.as_str())).await?;
    Ok(Some(token))
}

/// What was refused before its transaction is logged by the passkeys themselves.
fn log_refused(site: &Site, again: Again<'_>, why: Reason) {
    let (event, what) = ("authn_login_fail", "a passkey was refused while it was used");
    let (client, account) = (again.client, again.user.id.as_str());
    refused::log(site, client, event, what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
        log::info!(event, request_id, account, address:%, browser:%; "{what}: {why:?}");
    });
}
