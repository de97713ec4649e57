//! The decision: is this still the same user? Checks the password of a user who is logged in.

use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Password, Site, Token};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownBrowser};
use crate::people::{Actor, User};
use crate::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt, VerifiedPassword};
use crate::web::{self, Submission};

/// The result.
#[derive(Debug)]
pub(super) enum Reauthenticated {
    /// It is: the session continues, fresh, with this token.
    Fresh(Token),
    /// The password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(RetryAfter),
    /// The session ended in the meantime.
    Ended,
}

/// Checks the password of a user who is logged in.
pub(super) async fn reauthenticate(
    site: &Site,
    user: &User,
    password: &Password,
    known_browser: &KnownBrowser,
    client: &Client,
    submission: &Submission,
) -> web::Result<Reauthenticated> {
    let (at, session) = (AttemptAt::Account(&user.id, &user.email), Some(&user.session));
    let password_attempt = PasswordAttempt { at, session, known_browser, client, submission };
    let verified = match passwords::attempt(site, &password_attempt, password).await? {
        AttemptOutcome::Right(verified) => verified,
        AttemptOutcome::Wrong => return Ok(Reauthenticated::Wrong),
        AttemptOutcome::Wait(wait) => return Ok(Reauthenticated::Wait(wait)),
    };
    verified.settle(site, make_fresh(site, user, &verified, client, submission)).await
}

async fn make_fresh(
    site: &Site,
    user: &User,
    verified: &VerifiedPassword,
    client: &Client,
    submission: &Submission,
) -> web::Result<Reauthenticated> {
    let entry = Entry { event: Event::Reauthenticated, account: Some(&user.id), actor: Actor::Owner(client) };
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    let Some(authenticated) = verified.authenticated(&mut tx, site.clock.now()).await? else {
        return Ok(Reauthenticated::Wrong);
    };
    let Some(token) = sessions::rotate_fresh(&mut tx, site, &user.session, &authenticated).await? else {
        return Ok(Reauthenticated::Ended);
    };
    entry.write(&mut tx, site.clock.now()).await?;
    // When the login is no longer fresh, the same form has to be able to make it fresh again.
    let submission = submission.clone().true_for(site.settings.fresh_for.seconds());
    submission.succeed(&mut tx, site, Some(user.id.as_str())).await?;
    verified.commit(site, tx).await?;
    entry.log();
    Ok(Reauthenticated::Fresh(token))
}
