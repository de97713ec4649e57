//! The decision: does this address belong to this user? The link alone proves who reads its email, not who
//! signed up: a stranger may have done so with a password of their own, to wait inside an account that its
//! owner considers theirs. So the password is asked for as well. An owner who does not know it chooses
//! another with a reset link, which locks the stranger out.

use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Password, Site};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownBrowser, Started};
use crate::people::{AccountId, Actor, accounts, belongings};
use crate::services::links::{self, LinkCookie, Purpose};
use crate::services::outbox;
use crate::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt, VerifiedPassword};
use crate::services::second_factor;
use crate::web::{self, Submission};

/// The result.
#[derive(Debug)]
pub(super) enum Confirmed {
    /// Confirmed: a session was started.
    Done(Started, AccountId),
    /// Confirmed. The password alone does not log in to this account.
    LogIn,
    /// The password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(RetryAfter),
    /// The link is no longer valid.
    Over,
}

/// Confirms the address of an account with a link and its password. Every existing session ends. `to_log_in` is the
/// answer if that is not enough for a session.
pub(super) async fn confirm(
    site: &Site,
    link_cookie: &LinkCookie,
    password: &Password,
    client: &Client,
    (submission, to_log_in): (&Submission, &Submission),
) -> web::Result<Confirmed> {
    let LinkCookie { token, link } = link_cookie;
    // A visitor with the link reads the email of the address: wrong passwords of strangers do not make them
    // wait.
    let known_browser = &KnownBrowser::by_link(&token.hash(), &link.account, site.clock.now());
    let at = AttemptAt::Account(&link.account, &link.email);
    let password_attempt = PasswordAttempt { at, session: None, known_browser, client, submission };
    let verified = match passwords::attempt(site, &password_attempt, password).await? {
        AttemptOutcome::Right(verified) => verified,
        AttemptOutcome::Wrong => return Ok(Confirmed::Wrong),
        AttemptOutcome::Wait(wait) => return Ok(Confirmed::Wait(wait)),
    };
    verified.settle(site, take(site, link_cookie, &verified, client, (submission, to_log_in))).await
}

async fn take(
    site: &Site,
    link_cookie: &LinkCookie,
    verified: &VerifiedPassword,
    client: &Client,
    (submission, to_log_in): (&Submission, &Submission),
) -> web::Result<Confirmed> {
    let (now, account) = (site.clock.now(), verified.account());
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let Some(authenticated) = verified.authenticated(&mut tx, now).await? else {
        return Ok(Confirmed::Wrong);
    };
    match links::take(&mut tx, site, &link_cookie.token, Purpose::Confirm).await? {
        Some(used) if used.account == *account => {}
        _ => return Ok(Confirmed::Over),
    }
    belongings::confirm(&mut tx, site, account, Actor::Owner(client), now).await?;
    sessions::end_all(&mut tx, site, account, Actor::Owner(client)).await?;
    outbox::discard(&mut tx, account).await?;
    // Where unconfirmed accounts may log in, one may have two-factor authentication by now.
    let since = accounts::two_factor_since(&mut tx, account).await?;
    let since = second_factor::asked_since(&mut tx, site, account, since).await?;
    let started = match second_factor::suffices(authenticated.methods(), since) {
        true => Some(sessions::start(&mut tx, site, &authenticated, false, client).await?),
        false => None,
    };
    let events = [Some(Event::Confirmed), started.as_ref().map(|_| Event::LoggedIn)].into_iter().flatten();
    let entries = events.map(|event| Entry { event, account: Some(account), actor: Actor::Owner(client) });
    let entries: Vec<_> = entries.collect();
    for entry in &entries {
        entry.write(&mut tx, now).await?;
    }
    let submission = if started.is_some() { submission } else { to_log_in };
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    verified.commit(site, tx).await?;
    entries.iter().for_each(Entry::log);
    Ok(started.map_or(Confirmed::LogIn, |started| Confirmed::Done(started, account.clone())))
}
