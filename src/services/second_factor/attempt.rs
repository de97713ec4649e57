//! An attempt at a second factor that is typed: admitted, checked, and recorded. Every page that asks for a code uses
//! this, so none of them can be a way around the limits.

use super::limits::{FREE, PAUSED, PAUSED_LOGGED, RECOVERY_CODE, failures_at, failures_by_browser};
use super::record::record;
use super::verified::{Factor, VerifiedFactor};
use crate::base::admission::{Attempt, Secret};
use crate::base::rate_limit::{LimitKey, RetryAfter};
use crate::base::recovery_code::RecoveryCode;
use crate::base::totp::Code;
use crate::base::{Admission, Client, Decision, Site, admit};
use crate::people::audit::Event;
use crate::people::sessions::{self, KnownBrowser};
use crate::people::{AccountId, Actor};
use crate::services::outbox::{self, EmailKind};
use crate::services::recovery_codes;
use crate::services::totp_app::{self, Checked, MAX_MISSES};
use crate::web::{self, Error, Submission};

/// Who makes an attempt.
#[derive(Clone, Copy, Debug)]
pub struct SecondFactorAttempt<'c> {
    /// The client that makes it.
    pub client: &'c Client,
    /// The browser.
    pub known_browser: &'c KnownBrowser,
    /// Whether the account knows the browser. That its visitor reads the email of the account is not enough: a second
    /// factor has to keep out those who can read the email of others.
    pub is_known: bool,
    /// The submitted form.
    pub submission: &'c Submission,
}

/// What is typed. Text that can be no code of either kind never comes here, and costs no attempt.
#[derive(Clone, Copy, Debug)]
pub enum Given<'g> {
    /// A code of the authenticator app.
    Code(&'g Code),
    /// A recovery code: one of the owner's set, or the operator's. It is the whole second factor.
    RecoveryCode(&'g RecoveryCode),
}

/// The result.
#[derive(Debug)]
pub enum Outcome {
    /// It is right.
    Right(Box<VerifiedFactor>),
    /// It is wrong, or the account has nothing of the kind.
    Wrong,
    /// It was right, and has been used already. Nothing is counted.
    Used,
    /// The app was stopped before, after too many wrong codes. This one was not checked.
    Stopped,
    /// This wrong code stopped the app. The logins that wait for a second factor are over.
    StoppedNow,
    /// The site cannot read the secret of the app, which must be set up again. The code was not checked.
    Unreadable,
    /// The attempt came too early and was not checked.
    Wait(RetryAfter),
}

/// Counts an attempt, then checks what was typed.
pub async fn attempt(
    site: &Site,
    account: &AccountId,
    second_factor_attempt: &SecondFactorAttempt<'_>,
    given: Given<'_>,
) -> web::Result<Outcome> {
    // As for a password: those who would be refused because the queue is full are refused first.
    if matches!(given, Given::RecoveryCode(_)) && site.hashing.is_full() {
        return Err(Error::Busy);
    }
    let SecondFactorAttempt { client, submission, .. } = *second_factor_attempt;
    let attempt = second_factor_attempt.for_admission(account, given);
    let admission = match admit(site, client, account.as_str(), attempt).await? {
        Decision::Admitted(admission) => admission,
        Decision::RetryAfter(wait) => return Ok(Outcome::Wait(wait)),
    };
    // If the visitor disconnects from here on, the attempt stays counted.
    let refused = match judge(site, account, given).await {
        Ok(Ok(factor)) => {
            let verified = VerifiedFactor::new(account, factor, admission, client, submission);
            return Ok(Outcome::Right(Box::new(verified)));
        }
        Ok(Err(refused)) => refused,
        Err(error) => {
            admission.give_back(site).await; // it was not checked
            return Err(error);
        }
    };
    // It was right when another instance did what this very form asks for.
    if submission.is_done(site).await? {
        admission.give_back(site).await;
        return Err(Error::DoneBefore);
    }
    match refused {
        Refused::Wrong => record_wrong(site, account, &admission, given, client).await,
        // Neither is a guess: those who have a code that was used gain nothing by typing it again.
        Refused::Used => {
            admission.give_back(site).await;
            Ok(Outcome::Used)
        }
        Refused::Stopped => {
            admission.give_back(site).await;
            Ok(Outcome::Stopped)
        }
        Refused::Unreadable => {
            admission.give_back(site).await;
            Ok(Outcome::Unreadable)
        }
    }
}

impl SecondFactorAttempt<'_> {
    /// Where it counts. A browser that the account knows has its own count: strangers cannot keep it out, and it cannot
    /// keep out others.
    fn for_admission(&self, account: &AccountId, given: Given<'_>) -> Attempt {
        match given {
            Given::Code(_) => {
                let own = failures_by_browser(self.known_browser.id(), account);
                let counted = if self.is_known { own.clone() } else { failures_at(account) };
                let secret = Secret { counted, own, free: FREE, why: PAUSED, logged: PAUSED_LOGGED };
                Attempt { limits: Vec::new(), secret: Some(secret) }
            }
            Given::RecoveryCode(_) if self.is_known => {
                Attempt::one(&RECOVERY_CODE, self.known_browser.limit_key())
            }
            Given::RecoveryCode(_) => Attempt::one(&RECOVERY_CODE, LimitKey::network(self.client.address)),
        }
    }
}

/// Why a code does not count.
enum Refused {
    Wrong,
    Used,
    Stopped,
    Unreadable,
}

/// Checks a code. An error means that it was not checked.
async fn judge(site: &Site, account: &AccountId, given: Given<'_>) -> web::Result<Result<Factor, Refused>> {
    match given {
        Given::Code(code) => {
            let checked = totp_app::check(site, account, code, site.clock.now()).await?;
            Ok(match checked {
                Checked::Right(step) => Ok(Factor::App(step)),
                Checked::Used => Err(Refused::Used),
                Checked::Wrong | Checked::None => Err(Refused::Wrong),
                Checked::Stopped => Err(Refused::Stopped),
                Checked::Unreadable => Err(Refused::Unreadable),
            })
        }
        Given::RecoveryCode(code) => {
            let found = recovery_codes::hash(site, account, code).await?;
            Ok(found.map(Factor::RecoveryCode).ok_or(Refused::Wrong))
        }
    }
}

/// Records a wrong code, the pause that it begins, and that it stopped the app. If it cannot be recorded, it stays
/// counted: a failing database must be no way to guess.
async fn record_wrong(
    site: &Site,
    account: &AccountId,
    admission: &Admission,
    given: Given<'_>,
    client: &Client,
) -> web::Result<Outcome> {
    let (actor, now) = (Actor::Owner(client), site.clock.now());
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    record(&mut tx, Event::FactorWrong, account, actor, now).await?;
    if admission.pause().is_some() {
        record(&mut tx, Event::FactorsPaused, account, actor, now).await?;
    }
    let mut outcome = Outcome::Wrong;
    if matches!(given, Given::Code(_)) && totp_app::miss(&mut tx, account, now).await? == MAX_MISSES {
        // Those who got this far know the password, and must not go on with another factor at once.
        sessions::end_pending(&mut tx, account).await?;
        record(&mut tx, Event::AppStopped, account, actor, now).await?;
        outbox::notify(&mut tx, site, EmailKind::AppStopped, account, actor).await?;
        outcome = Outcome::StoppedNow;
    }
    admission.wrong(site, tx).await?;
    Ok(outcome)
}
