//! The decision: is this the second factor of a login that waits for one?

use super::after_code::AfterCode;
use super::begin::{Login, begin};
use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Site, Time, Token};
use crate::people::sessions::{self, KnownBrowser, PendingLogin, Standing, Started};
use crate::people::{Actor, audit};
use crate::services::outbox::{self, EmailKind};
use crate::services::second_factor::{self, Given, Outcome, SecondFactorAttempt, VerifiedFactor};
use crate::web::{self, Submission};

/// The result.
#[derive(Debug)]
pub(super) enum Second {
    /// A session was started.
    Opened {
        /// The new tokens of the visitor.
        started: Started,
        /// How the form is answered.
        submission: Submission,
        /// Whether to say that a remembered device was used in two places.
        reused: bool,
    },
    /// The code is wrong.
    Wrong,
    /// It was used before.
    Used,
    /// The app was stopped before: no code of it counts.
    Stopped,
    /// This code stopped the app, and the login is over.
    StoppedNow,
    /// The codes of the app cannot be checked.
    Unreadable,
    /// The login is over.
    Over,
    /// There were too many attempts.
    Wait(RetryAfter),
}

/// A code that was typed, and for which login.
#[derive(Debug)]
pub(super) struct SecondInput<'t> {
    /// The token of the login.
    pub(super) token: &'t Token,
    pub(super) pending: &'t PendingLogin,
    pub(super) given: Given<'t>,
    pub(super) known_browser: &'t KnownBrowser,
    /// The submitted form, with its answers.
    pub(super) after: &'t AfterCode,
}

/// Checks a code and finishes the login.
pub(super) async fn second(site: &Site, typed: &SecondInput<'_>, client: &Client) -> web::Result<Second> {
    let SecondInput { pending, known_browser, after, .. } = *typed;
    let is_known = is_known(site, pending, known_browser);
    let attempt = SecondFactorAttempt { client, known_browser, is_known, submission: after.form() };
    let verified = match second_factor::attempt(site, &pending.account, &attempt, typed.given).await? {
        Outcome::Right(verified) => verified,
        Outcome::Wrong => return Ok(Second::Wrong),
        Outcome::Used => return Ok(Second::Used),
        Outcome::Stopped => return Ok(Second::Stopped),
        Outcome::StoppedNow => return Ok(Second::StoppedNow),
        Outcome::Unreadable => return Ok(Second::Unreadable),
        Outcome::Wait(wait) => return Ok(Second::Wait(wait)),
    };
    verified.settle(site, open(site, &verified, typed, client)).await
}

/// Whether the account knew the browser when the password was typed, and this is that browser still: one that throws
/// the cookie away would begin a new count each time. A change of the password ends the login, so its time does not
/// matter here.
fn is_known(site: &Site, pending: &PendingLogin, known_browser: &KnownBrowser) -> bool {
    let standing = known_browser.standing(&pending.account, Time::from_unix(0), site.clock.now());
    pending.known_browser && standing == Standing::Known
}

async fn open(
    site: &Site,
    verified: &VerifiedFactor,
    typed: &SecondInput<'_>,
    client: &Client,
) -> web::Result<Second> {
    let (now, account, pending) = (site.clock.now(), verified.account(), typed.pending);
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let Some(before) = sessions::finish_pending(&mut tx, &typed.token.hash(), now).await? else {
        return Ok(Second::Over);
    };
    let Some(authenticated) = verified.authenticated(&mut tx, site, before).await? else {
        // Another request was faster with the same code; the login goes on waiting.
        return Ok(if verified.is_recovery_code() { Second::Wrong } else { Second::Used });
    };
    let login = Login {
        authenticated: &authenticated,
        remember: pending.remember,
        known_browser: pending.known_browser,
        repeated: false,
        client,
    };
    let Some(started) = begin(&mut tx, site, &login).await? else { return Ok(Second::Over) };
    let mut reused = false;
    let afterwards = verified.afterwards(&mut tx).await?;
    if verified.is_recovery_code() {
        // What is to be said after one is more urgent than a reused device; the next login says that.
        outbox::notify(&mut tx, site, EmailKind::CodeUsed, account, Actor::Owner(client)).await?;
    } else {
        reused = audit::mark_reuse_reported(&mut tx, account, now).await?;
    }
    let submission = typed.after.answer(afterwards);
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    verified.commit(site, tx).await?;
    Ok(Second::Opened { started, submission: submission.clone(), reused })
}
