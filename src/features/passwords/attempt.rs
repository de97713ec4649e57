//! An attempt at a password: counted, checked, and recorded. Every page that asks for a password uses this,
//! so none of them can be a way around the rate limits.

use super::check::{Bar, Checked, Count, Proof, check};
use super::store;
use crate::base::limit::guesses::{self, Counted};
use crate::base::limit::{Action, Guess, Source, Wait, tries};
use crate::base::{About, Password, Site, Time};
use crate::features::outbox::{self, Letter};
use crate::people::AccountId;
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{KnownDevice, SessionId, Standing};
use crate::web::{self, Error, Submission, Visitor, refused};

/// Who makes an attempt, and at which account.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'c> {
    /// The address, in the form that accounts are compared by; an invalid one as typed.
    pub address: &'c str,
    /// The account with that address, if there is one.
    pub account: Option<&'c AccountId>,
    /// The session, if the user is already logged in.
    pub session: Option<&'c SessionId>,
    /// The browser.
    pub device: &'c KnownDevice,
    /// The visitor.
    pub visitor: &'c Visitor,
    /// The submitted form.
    pub submission: &'c Submission,
}

/// The result.
#[derive(Debug)]
pub enum Attempt {
    /// The password is right.
    Right(Box<Proof>),
    /// It is wrong, or there is no such account: both take the same time.
    Wrong,
    /// The attempt came too early and was not checked.
    Wait(Wait),
}

/// Counts an attempt, then checks the password. The cheapest limits are checked first.
pub async fn attempt(site: &Site, claim: &Claim<'_>, password: &Password) -> web::Result<Attempt> {
    attempt_at(site, claim, None, password).await
}

/// The same for an account that cannot be logged in to, for the reason `bar`: every password is answered,
/// counted and recorded like a wrong one. Only the log and the account's activity say that it was right.
pub async fn attempt_at(
    site: &Site,
    claim: &Claim<'_>,
    bar: Option<Bar>,
    password: &Password,
) -> web::Result<Attempt> {
    // Those who would be refused because the queue is full are refused before anything is written for them:
    // during a rush those are most, and their writes would delay all others.
    if site.hashing.is_full() {
        return Err(Error::Busy);
    }
    let standing = claim.standing(site).await?;
    let (by, limits, now) = (claim.source(standing), &site.limits, site.clock.now());
    let asked = match claim.session {
        None => (Action::LogIn, by.clone()),
        Some(session) => (Action::Reauthenticate, Source::Session(session.as_str().to_owned())),
    };
    if let Err(wait) = limits.take(asked.0, &asked.1, now) {
        return Ok(claim.refused(site, wait));
    }
    // A right password is given back once it is known to be right; attempts in the meantime wait for that.
    let Some(_turn) = limits.turn(Action::WrongPassword, &by).await else {
        limits.give_back(asked.0, &asked.1);
        return Err(Error::Busy);
    };
    // A right one costs nothing of either; a login costs in any case.
    let wrong = (Action::WrongPassword, by);
    let free = [Some(&wrong), Some(&asked).filter(|asked| asked.0 == Action::Reauthenticate)];
    let free: Vec<_> = free.into_iter().flatten().collect();
    if let Err(wait) = limits.take(wrong.0, &wrong.1, now) {
        give_back(site, &free[1..]);
        return Ok(claim.refused(site, wait));
    }
    let tried = match elsewhere(site, &free, now).await {
        Ok(Ok(())) => guess(site, claim, (standing, bar), &free, password).await,
        Ok(Err(wait)) => Ok(Tried::Early(wait)),
        Err(error) => Err(error.into()),
    };
    // If the visitor disconnects in between, this is not reached and the attempt stays counted: otherwise,
    // disconnecting would give a free attempt.
    match tried {
        Ok(Tried::Wrong(written)) => written.map(|()| Attempt::Wrong).map_err(Error::from),
        Ok(Tried::Right(proof)) => {
            give_back(site, &free);
            Ok(Attempt::Right(Box::new(proof)))
        }
        Ok(Tried::Early(wait)) => {
            give_back(site, &free);
            Ok(claim.refused(site, wait))
        }
        Err(error) => {
            give_back(site, &[&wrong, &asked]);
            Err(error)
        }
    }
}

/// The result of an attempt that the network's limits let through.
enum Tried {
    Right(Proof),
    /// Whether the failure could be recorded. The password is wrong in either case.
    Wrong(sqlx::Result<()>),
    Early(Wait),
}

fn give_back(site: &Site, limited: &[&(Action, Source)]) {
    for (action, source) in limited {
        site.limits.give_back(*action, source);
    }
}

/// Whether the wrong passwords that were recorded, here or by another instance, allow an attempt.
async fn elsewhere(
    site: &Site,
    limited: &[&(Action, Source)],
    now: Time,
) -> sqlx::Result<std::result::Result<(), Wait>> {
    for (action, source) in limited {
        if let Err(wait) = tries::look(&site.db, &site.settings, *action, source, now).await? {
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
    claim: &Claim<'_>,
    (standing, bar): (Standing, Option<Bar>),
    limited: &[&(Action, Source)],
    password: &Password,
) -> web::Result<Tried> {
    let own = Guess::by_device(claim.device.id(), claim.address);
    let counted = if standing == Standing::Stranger { Guess::at(claim.address) } else { own.clone() };
    let turn = site.limits.guess_turn(&counted).await.ok_or(Error::Busy)?;
    let free = site.settings.limit_free_guesses.get();
    let (pauses, back) = match guesses::count(&site.db, &counted, free, site.clock.now()).await? {
        Counted::Wait(wait) => return Ok(Tried::Early(wait)),
        Counted::Go { pause, first, back } => (Pauses { pause, first }, back),
    };
    let (count, request_id) = (Count { counted, own, back }, &*claim.visitor.request_id);
    match check(site, claim.account, bar, password, request_id).await {
        Ok(Checked::Right(account, hash)) => {
            let submission = claim.submission.clone();
            Ok(Tried::Right(Proof::new((account, hash), count, (standing, submission), turn)))
        }
        Ok(Checked::Wrong) => match claim.submission.is_done(site).await {
            // It was right when another instance did what this very form asks for: not a wrong password.
            Ok(true) => {
                count.give_back(site, request_id).await;
                Err(Error::DoneBefore)
            }
            Ok(false) => Ok(Tried::Wrong(claim.wrong(site, Event::PasswordWrong, limited, pauses).await)),
            Err(error) => Ok(Tried::Wrong(Err(error))),
        },
        Ok(Checked::Barred(bar)) => {
            let pauses = Pauses { first: false, ..pauses };
            Ok(Tried::Wrong(claim.wrong(site, bar.event(), limited, pauses).await))
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

impl Claim<'_> {
    /// A browser that the account knows, or whose visitor reads its email, has limits of its own, which
    /// strangers cannot use up.
    async fn standing(&self, site: &Site) -> sqlx::Result<Standing> {
        let changed_at = store::changed_at(&site.db, self.account).await?;
        let both = self.account.zip(changed_at);
        Ok(both.map_or(Standing::Stranger, |(account, changed_at)| {
            self.device.standing(account, changed_at, site.clock.now())
        }))
    }

    fn source(&self, standing: Standing) -> Source {
        match standing {
            Standing::Stranger => Source::network(self.visitor.address),
            Standing::ReadsMail | Standing::Known => Source::Device(self.device.id().to_owned()),
        }
    }

    /// Records a wrong password, and the pause that it begins. For an address without an account as much is
    /// written.
    async fn wrong(
        &self,
        site: &Site,
        event: Event,
        limited: &[&(Action, Source)],
        Pauses { pause, first }: Pauses,
    ) -> sqlx::Result<()> {
        let entry = |event| Entry { event, account: self.account, visitor: Some(self.visitor) };
        // A deletion of the account in the meantime comes before or after it; without an account, this takes
        // as long.
        let about = self.account.map_or_else(|| About::address(self.address), AccountId::about);
        let mut tx = site.db.begin(&[about]).await?;
        entry(event).write(&mut tx, site.clock.now()).await?;
        if pause {
            entry(Event::PasswordsPaused).write(&mut tx, site.clock.now()).await?;
        }
        if let Some(account) = self.account.filter(|_| first) {
            outbox::notify(&mut tx, site, Letter::Guesses, account, Some(self.visitor)).await?;
        }
        // Last, since all others in the network wait for this row.
        for (action, source) in limited {
            tries::count(&mut tx, &site.settings, *action, source, site.clock.now()).await?;
        }
        tx.commit().await?;
        entry(event).tell();
        if pause {
            entry(Event::PasswordsPaused).tell();
        }
        Ok(())
    }

    /// An attempt that was not checked is only logged: a row for each would be work that strangers cause.
    fn refused(&self, site: &Site, wait: Wait) -> Attempt {
        let account = self.account.map_or("", AccountId::as_str);
        refused::too_early(site, self.visitor, account, &wait, "too many password attempts");
        Attempt::Wait(wait)
    }
}
