//! The decision: may this visitor log in?

use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Password, Site};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownBrowser, Started};
use crate::people::{AccountId, Actor, belongings};
use crate::services::outbox::{self, EmailKind};
use crate::services::passwords::{
    self, AttemptAt, AttemptOutcome, PasswordAttempt, VerifiedLogin, VerifiedPassword,
};
use crate::web::{self, Submission};

/// The result of a login.
#[derive(Debug)]
pub(super) enum SignIn {
    /// A session was started.
    Opened {
        /// The new tokens of the visitor.
        started: Started,
        /// The account.
        account: AccountId,
        /// Whether to say that a remembered device was used in two places.
        reused: bool,
    },
    /// Something was wrong, and the answer does not say what.
    Refused,
    /// There were too many attempts.
    Wait(RetryAfter),
}

/// The input, and where it was typed.
#[derive(Debug)]
pub(super) struct LoginInput<'t> {
    /// The address, as typed.
    pub(super) email: &'t str,
    pub(super) password: Password,
    /// Whether "Remember me" was ticked.
    pub(super) remember: bool,
    pub(super) known_browser: &'t KnownBrowser,
    /// The submitted form.
    pub(super) submission: &'t Submission,
}

/// Checks a password and starts a session. For unknown and invalid addresses, as much is computed as for a
/// known one.
pub(super) async fn sign_in(site: &Site, typed: &LoginInput<'_>, client: &Client) -> web::Result<SignIn> {
    let password_attempt = PasswordAttempt {
        at: AttemptAt::Typed(typed.email),
        session: None,
        known_browser: typed.known_browser,
        client,
        submission: typed.submission,
    };
    let verified = match passwords::attempt(site, &password_attempt, &typed.password).await? {
        AttemptOutcome::Right(verified) => verified,
        AttemptOutcome::Wrong => return Ok(SignIn::Refused),
        AttemptOutcome::Wait(wait) => return Ok(SignIn::Wait(wait)),
    };
    verified.settle(site, open(site, &verified, typed, client)).await
}

async fn open(
    site: &Site,
    verified: &VerifiedPassword,
    typed: &LoginInput<'_>,
    client: &Client,
) -> web::Result<SignIn> {
    let (now, account, remember) = (site.clock.now(), verified.account(), typed.remember);
    let entry = |event| Entry { event, account: Some(account), actor: Actor::Owner(client) };
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    // If the password was changed in the meantime, no session may start that the change would have ended.
    let Some(log_in) = verified.log_in(&mut tx, typed.submission, now).await? else {
        drop(tx);
        entry(Event::PasswordWrong).record(site).await?;
        return Ok(SignIn::Refused);
    };
    // The same form again, for example after a double click. The cookie of the first answer may be lost, so a
    // new session replaces that one. This is not a second login; a copy of the form in another browser is
    // one.
    let VerifiedLogin { authenticated, is_first, session_before, reused } = log_in;
    if is_first {
        belongings::log_in_first(&mut tx, site, account).await?;
    }
    let repeated = match &session_before {
        Some(session) => sessions::take_back(&mut tx, account, session, client).await?,
        None => false,
    };
    let started = sessions::start(&mut tx, site, &authenticated, remember, client).await?;
    if session_before.is_none() || repeated {
        typed.submission.log_in(&mut tx, site, started.id.as_str()).await?;
    }
    // The very first login is always from a new browser.
    let new_browser = !is_first && !verified.by_known_browser();
    if new_browser && !repeated {
        outbox::notify(&mut tx, site, EmailKind::Device, account, Actor::Owner(client)).await?;
    }
    let logged_in = if new_browser { Event::LoggedInNewBrowser } else { Event::LoggedIn };
    let events = [Some(logged_in), remember.then_some(Event::DeviceRemembered)];
    let events = events.map(|event| event.filter(|_| !repeated));
    for event in events.into_iter().flatten() {
        entry(event).write(&mut tx, now).await?;
    }
    verified.commit(site, tx).await?;
    for event in events.into_iter().flatten() {
        entry(event).log();
    }
    Ok(SignIn::Opened { started, account: account.clone(), reused })
}
