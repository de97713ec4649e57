//! An attempt at a password: admitted, checked, and recorded. Every page that asks for a password uses this,
//! so none of them can be a way around the rate limits.

use super::check::{Checked, check};
use super::limits::{LOG_IN, PAUSED, PAUSED_LOGGED, REAUTHENTICATE, WRONG_PASSWORD};
use super::limits::{failures_at, failures_by_browser};
use super::target::{AttemptAt, Bar, Target};
use super::verified::VerifiedPassword;
use crate::base::admission::{Attempt, Secret};
use crate::base::rate_limit::failures::Pause;
use crate::base::rate_limit::{LimitKey, RetryAfter};
use crate::base::{Admission, Client, Decision, Password, Site, admit};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{KnownBrowser, SessionId, Standing};
use crate::people::{AccountId, Actor};
use crate::services::outbox::{self, EmailKind};
use crate::web::{self, Error, Submission};

/// Who makes an attempt, and at which account.
#[derive(Clone, Copy, Debug)]
pub struct PasswordAttempt<'c> {
    /// The account.
    pub at: AttemptAt<'c>,
    /// The session, if the user is already logged in.
    pub session: Option<&'c SessionId>,
    /// The browser.
    pub known_browser: &'c KnownBrowser,
    /// The client that makes it.
    pub client: &'c Client,
    /// The submitted form.
    pub submission: &'c Submission,
}

/// The result.
#[derive(Debug)]
pub enum AttemptOutcome {
    /// The password is right.
    Right(Box<VerifiedPassword>),
    /// It is wrong, or there is no such account: both take the same time.
    Wrong,
    /// The attempt came too early and was not checked.
    Wait(RetryAfter),
}

/// Counts an attempt, then checks the password. The cheapest limits are checked first.
pub async fn attempt(
    site: &Site,
    password_attempt: &PasswordAttempt<'_>,
    password: &Password,
) -> web::Result<AttemptOutcome> {
    // Those who would be refused because the queue is full are refused before anything is read or written for
    // them: during a rush those are most, and it would delay all others.
    if site.hashing.is_full() {
        return Err(Error::Busy);
    }
    let PasswordAttempt { client, submission, .. } = *password_attempt;
    let target = Target::find(site, password_attempt.at).await?;
    let standing = target.standing(site, password_attempt.known_browser);
    let account = target.account.as_ref().map_or("", AccountId::as_str);
    let attempt = password_attempt.for_admission(site, &target, standing);
    let admission = match admit(site, client, account, attempt).await? {
        Decision::Admitted(admission) => admission,
        Decision::RetryAfter(wait) => return Ok(AttemptOutcome::Wait(wait)),
    };
    // If the visitor disconnects from here on, the attempt stays counted.
    match check(site, &target, password, &client.request_id).await {
        Ok(Checked::Right(account, hash)) => {
            let verified = VerifiedPassword::new((account, hash), admission, standing, submission.clone());
            Ok(AttemptOutcome::Right(Box::new(verified)))
        }
        // A guess was made, so it stays counted.
        Ok(Checked::Unsure(error)) => Err(error.into()),
        Ok(wrong) => {
            // Asked also where the account is barred, so that it takes as long.
            let is_done = submission.is_done(site).await?;
            // It was right when another instance did what this very form asks for: not a wrong password.
            if is_done && matches!(wrong, Checked::Wrong) {
                admission.give_back(site).await;
                return Err(Error::DoneBefore);
            }
            let event = match wrong {
                Checked::Barred(Bar::Unconfirmed) => Event::BarredUnconfirmed,
                Checked::Barred(Bar::Disabled) => Event::BarredDisabled,
                Checked::Right(..) | Checked::Unsure(_) | Checked::Wrong => Event::PasswordWrong,
            };
            record_wrong(site, &admission, &target, event, client).await?;
            Ok(AttemptOutcome::Wrong)
        }
        Err(error) => {
            admission.give_back(site).await; // it was not checked
            Err(error)
        }
    }
}

impl PasswordAttempt<'_> {
    /// Where it counts. A browser that the account knows, or whose visitor reads its email, has limits of its
    /// own, which strangers cannot use up.
    fn for_admission(&self, site: &Site, target: &Target, standing: Standing) -> Attempt {
        let own = failures_by_browser(self.known_browser.id(), &target.address);
        let (by, counted) = match standing {
            Standing::Stranger => (LimitKey::network(self.client.address), failures_at(&target.address)),
            Standing::ReadsMail | Standing::Known => (self.known_browser.limit_key(), own.clone()),
        };
        let asked = match self.session {
            None => (&LOG_IN, by.clone()),
            Some(session) => (&REAUTHENTICATE, session.limit_key()),
        };
        let free = site.settings.limit_free_guesses.get();
        let secret = Secret { counted, own, free, why: PAUSED, logged: PAUSED_LOGGED };
        Attempt { limits: vec![asked, (&WRONG_PASSWORD, by)], secret: Some(secret) }
    }
}

/// Records a wrong password, and the pause that it begins. For an address without an account as much is
/// written, except for the email that tells an owner of the first pause. If it cannot be recorded, it stays counted: a
/// failing database must be no way to guess.
async fn record_wrong(
    site: &Site,
    admission: &Admission,
    target: &Target,
    event: Event,
    client: &Client,
) -> web::Result<()> {
    let account = target.account.as_ref();
    let paused = admission.pause().map(|_| Event::PasswordsPaused);
    let entries = [Some(event), paused].into_iter().flatten();
    let entries = entries.map(|event| Entry { event, account, actor: Actor::Owner(client) });
    let entries: Vec<_> = entries.collect();
    // A deletion of the account in the meantime comes before or after it.
    let mut tx = site.db.begin_locked(&[target.lock_key()]).await?;
    for entry in &entries {
        entry.write(&mut tx, site.clock.now()).await?;
    }
    // The owner is told of the first pause, not of each that follows; and not of a right password.
    if let Some(account) = account
        && admission.pause() == Some(Pause::First)
        && event == Event::PasswordWrong
    {
        outbox::notify(&mut tx, site, EmailKind::Guesses, account, Actor::Owner(client)).await?;
    }
    admission.wrong(site, tx).await?;
    entries.iter().for_each(Entry::log);
    Ok(())
}
