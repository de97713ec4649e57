//! An attempt at a password: counted, checked, and recorded. Every page that asks for a password uses this,
//! so none of them can be a way around the rate limits.

use super::check::{Bar, Checked, Count, VerifiedPassword, check};
use super::store;
use crate::base::rate_limit::failed_logins::{self, Counted};
use crate::base::rate_limit::{FailedLoginsKey, LimitKey, LimitedAction, RetryAfter, shared};
use crate::base::{Client, LockKey, Password, Site, Time};
use crate::people::AccountId;
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{KnownBrowser, SessionId, Standing};
use crate::services::outbox::{self, EmailKind};
use crate::web::{self, Error, Submission, refused};

/// Who makes an attempt, and at which account.
#[derive(Clone, Copy, Debug)]
pub struct PasswordAttempt<'c> {
    /// The address, in the form that accounts are compared by; an invalid one as typed.
    pub address: &'c str,
    /// The account with that address, if there is one.
    pub account: Option<&'c AccountId>,
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
    attempt_at(site, password_attempt, None, password).await
}

/// The same for an account that cannot be logged in to, for the reason `bar`: every password is answered,
/// counted and recorded like a wrong one. Only the log and the account's activity say that it was right.
pub async fn attempt_at(
    site: &Site,
    password_attempt: &PasswordAttempt<'_>,
    bar: Option<Bar>,
    password: &Password,
) -> web::Result<AttemptOutcome> {
    // Those who would be refused because the queue is full are refused before anything is written for them:
    // during a rush those are most, and their writes would delay all others.
    if site.hashing.is_full() {
        return Err(Error::Busy);
    }
    let standing = password_attempt.standing(site).await?;
    let (by, limits, now) = (password_attempt.limit_key(standing), &site.limits, site.clock.now());
    let asked = match password_attempt.session {
        None => (LimitedAction::LogIn, by.clone()),
        Some(session) => (LimitedAction::Reauthenticate, LimitKey::Session(session.as_str().to_owned())),
    };
    if let Err(wait) = limits.take(asked.0, &asked.1, now) {
        return Ok(password_attempt.refused(site, wait));
    }
    // A right password is given back once it is known to be right; attempts in the meantime wait for that.
    let Some(_turn) = limits.turn(LimitedAction::WrongPassword, &by).await else {
        limits.give_back(asked.0, &asked.1);
        return Err(Error::Busy);
    };
    // A right one costs nothing of either; a login costs in any case.
    let wrong = (LimitedAction::WrongPassword, by);
    let free = [Some(&wrong), Some(&asked).filter(|asked| asked.0 == LimitedAction::Reauthenticate)];
    let free: Vec<_> = free.into_iter().flatten().collect();
    if let Err(wait) = limits.take(wrong.0, &wrong.1, now) {
        give_back(site, &free[1..]);
        return Ok(password_attempt.refused(site, wait));
    }
    let tried = match elsewhere(site, &free, now).await {
        Ok(Ok(())) => guess(site, password_attempt, (standing, bar), &free, password).await,
        Ok(Err(wait)) => Ok(Tried::Early(wait)),
        Err(error) => Err(error.into()),
    };
    // If the visitor disconnects in between, this is not reached and the attempt stays counted: otherwise,
    // disconnecting would give a free attempt.
    match tried {
        Ok(Tried::Wrong(written)) => written.map(|()| AttemptOutcome::Wrong).map_err(Error::from),
        Ok(Tried::Right(verified)) => {
            give_back(site, &free);
            Ok(AttemptOutcome::Right(verified))
        }
        Ok(Tried::Early(wait)) => {
            give_back(site, &free);
            Ok(password_attempt.refused(site, wait))
        }
        Err(error) => {
            give_back(site, &[&wrong, &asked]);
            Err(error)
        }
    }
}

/// The result of an attempt that the network's limits let through.
enum Tried {
    Right(Box<VerifiedPassword>),
    /// Whether the failure could be recorded. The password is wrong in either case.
    Wrong(sqlx::Result<()>),
    Early(RetryAfter),
}

fn give_back(site: &Site, limited: &[&(LimitedAction, LimitKey)]) {
    for (action, limit_key) in limited {
        site.limits.give_back(*action, limit_key);
    }
}

/// Whether the wrong passwords that were recorded, here or by another instance, allow an attempt.
async fn elsewhere(
    site: &Site,
    limited: &[&(LimitedAction, LimitKey)],
    now: Time,
) -> sqlx::Result<std::result::Result<(), RetryAfter>> {
    for (action, limit_key) in limited {
        if let Err(wait) = shared::look(&site.db, &site.settings, *action, limit_key, now).await? {
            return Ok(Err(wait));
        }
    }
    Ok(Ok(()))
}

/// What a wrong password causes.
#[derive(Clone, Copy)]
struct Pauses {
    pause: bool,
    /// The owner is told of the first pause, not of each that follows.
    first: bool,
}

/// Attempts at one account, one after another.
async fn guess(
    site: &Site,
    password_attempt: &PasswordAttempt<'_>,
    (standing, bar): (Standing, Option<Bar>),
    limited: &[&(LimitedAction, LimitKey)],
    password: &Password,
) -> web::Result<Tried> {
    let own = FailedLoginsKey::by_browser(password_attempt.known_browser.id(), password_attempt.address);
    let counted = if standing == Standing::Stranger {
        FailedLoginsKey::at(password_attempt.address)
    } else {
        own.clone()
    };
    let turn = site.limits.guess_turn(&counted).await.ok_or(Error::Busy)?;
    let free = site.settings.limit_free_guesses.get();
    let (pauses, back) = match failed_logins::count(&site.db, &counted, free, site.clock.now()).await? {
        Counted::Wait(wait) => return Ok(Tried::Early(wait)),
        Counted::Go { pause, first, back } => (Pauses { pause, first }, back),
    };
    let (count, request_id) = (Count { counted, own, back }, &*password_attempt.client.request_id);
    match check(site, password_attempt.account, bar, password, request_id).await {
        Ok(Checked::Right(account, hash)) => {
            let submission = password_attempt.submission.clone();
            let verified = VerifiedPassword::new((account, hash), count, (standing, submission), turn);
            Ok(Tried::Right(Box::new(verified)))
        }
        Ok(Checked::Wrong) => match password_attempt.submission.is_done(site).await {
            // It was right when another instance did what this very form asks for: not a wrong password.
            Ok(true) => {
                count.give_back(site, request_id).await;
                Err(Error::DoneBefore)
            }
            Ok(false) => {
                Ok(Tried::Wrong(password_attempt.wrong(site, Event::PasswordWrong, limited, pauses).await))
            }
            Err(error) => Ok(Tried::Wrong(Err(error))),
        },
        Ok(Checked::Barred(bar)) => {
            let pauses = Pauses { first: false, ..pauses };
            Ok(Tried::Wrong(password_attempt.wrong(site, bar.event(), limited, pauses).await))
        }
        Err(error) => {
            // It was not checked.
            count.give_back(site, request_id).await;
            Err(error)
        }
    }
}

impl Bar {
    fn event(self) -> Event {
        match self {
            Bar::Unconfirmed => Event::BarredUnconfirmed,
            Bar::Disabled => Event::BarredDisabled,
        }
    }
}

impl PasswordAttempt<'_> {
    /// A browser that the account knows, or whose visitor reads its email, has limits of its own, which
    /// strangers cannot use up.
    async fn standing(&self, site: &Site) -> sqlx::Result<Standing> {
        let changed_at = store::changed_at(&site.db, self.account).await?;
        let both = self.account.zip(changed_at);
        Ok(both.map_or(Standing::Stranger, |(account, changed_at)| {
            self.known_browser.standing(account, changed_at, site.clock.now())
        }))
    }

    fn limit_key(&self, standing: Standing) -> LimitKey {
        match standing {
            Standing::Stranger => LimitKey::network(self.client.address),
            Standing::ReadsMail | Standing::Known => LimitKey::Device(self.known_browser.id().to_owned()),
        }
    }

    /// Records a wrong password, and the pause that it begins. For an address without an account as much is
    /// written.
    async fn wrong(
        &self,
        site: &Site,
        event: Event,
        limited: &[&(LimitedAction, LimitKey)],
        Pauses { pause, first }: Pauses,
    ) -> sqlx::Result<()> {
        let entry = |event| Entry { event, account: self.account, client: Some(self.client) };
        // A deletion of the account in the meantime comes before or after it; without an account, this takes
        // as long.
        let lock_key = self.account.map_or_else(|| LockKey::address(self.address), AccountId::lock_key);
        let mut tx = site.db.begin_locked(&[lock_key]).await?;
        entry(event).write(&mut tx, site.clock.now()).await?;
        if pause {
            entry(Event::PasswordsPaused).write(&mut tx, site.clock.now()).await?;
        }
        if let Some(account) = self.account.filter(|_| first) {
            outbox::notify(&mut tx, site, EmailKind::Guesses, account, Some(self.client)).await?;
        }
        // Last, since all others in the network wait for this row.
        for (action, limit_key) in limited {
            shared::count(&mut tx, &site.settings, *action, limit_key, site.clock.now()).await?;
        }
        tx.commit().await?;
        entry(event).tell();
        if pause {
            entry(Event::PasswordsPaused).tell();
        }
        Ok(())
    }

    /// An attempt that was not checked is only logged: a row for each would be work that strangers cause.
    fn refused(&self, site: &Site, wait: RetryAfter) -> AttemptOutcome {
        let account = self.account.map_or("", AccountId::as_str);
        refused::too_early(site, self.client, account, &wait, "too many password attempts");
        AttemptOutcome::Wait(wait)
    }
}
