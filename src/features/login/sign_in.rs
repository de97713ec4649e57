//! The decision: may this visitor log in?

use super::begin::{Login, begin};
use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Password, Site, Token};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownBrowser, NewPendingLogin, Started};
use crate::people::{AccountId, Actor};
use crate::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt, VerifiedPassword};
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
    /// The password was right, and the login waits for a second factor. Contains its token.
    Pending(Token),
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
    /// The token of an earlier login that waits in this browser, if it holds one.
    pub(super) pending: Option<&'t Token>,
    /// The submitted form.
    pub(super) submission: &'t Submission,
}

/// Checks a password and starts a session, or a login that waits for a second factor. For unknown and invalid
/// addresses, as much is computed as for a known one.
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
    let (by, session_before) = (&log_in.authenticated, &log_in.session_before);
    let repeated = match session_before {
        Some(session) => sessions::take_back(&mut tx, account, session, client).await?,
        None => false,
    };
    let known_browser = verified.by_known_browser();
    let login = Login { authenticated: by, remember, known_browser, repeated, client };
    let Some(started) = begin(&mut tx, site, &login).await? else {
        // Its earlier login in this browser, which the visitor gives up by typing the password again.
        let (earlier, form) = (typed.pending.map(Token::hash), typed.submission.key());
        let before = sessions::replace_pending(&mut tx, account, earlier.as_ref(), form).await?;
        let pending = NewPendingLogin { by, remember, known_browser, client, form, before };
        let token = sessions::pend(&mut tx, pending, now).await?;
        verified.commit(site, tx).await?;
        return Ok(SignIn::Pending(token));
    };
    let reused = log_in.finish(&mut tx, typed.submission, now).await?;
    if session_before.is_none() || repeated {
        typed.submission.log_in(&mut tx, site, started.id.as_str()).await?;
    }
    verified.commit(site, tx).await?;
    Ok(SignIn::Opened { started, account: account.clone(), reused })
}
