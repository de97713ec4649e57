//! A try at a password: counted, checked, and told of. Every place that asks for one comes through here, so that none of
//! them can be a way around the limits.

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

/// Who tries, and at what.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'c> {
    /// The address, in the form accounts are compared by; what was typed, where it is none.
    pub address: &'c str,
    /// The account of that address, if there is one.
    pub account: Option<&'c AccountId>,
    /// The session that asks, where somebody is logged in already.
    pub session: Option<&'c SessionId>,
    /// The browser.
    pub device: &'c KnownDevice,
    /// The visitor.
    pub visitor: &'c Visitor,
    /// The form that it was typed into.
    pub submission: &'c Submission,
}

/// What became of it.
#[derive(Debug)]
pub enum Attempt {
    /// It is the password.
    Right(Box<Proof>),
    /// It is not, or there is no such account: it takes the same time.
    Wrong,
    /// It came too early and was not looked at.
    Wait(Wait),
}

/// Counts a try, then checks the password. The limits are asked in the order of what asking costs.
pub async fn attempt(site: &Site, claim: &Claim<'_>, password: &Password) -> web::Result<Attempt> {
    attempt_at(site, claim, None, password).await
}

/// The same at an account that may not be signed in to, where `bar` says why: whatever is typed is answered, counted and told
/// of as a wrong password is. Only the log and the account's activity say that it was right.
pub async fn attempt_at(
    site: &Site,
    claim: &Claim<'_>,
    bar: Option<Bar>,
    password: &Password,
) -> web::Result<Attempt> {
    // Whoever would be sent away for want of a place is sent away before anything is written down for them: in a rush
    // those are most, and their writing would hold up everybody else's.
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
    // A right password is given back once it is known to be right; who comes meanwhile waits for that.
    let Some(_turn) = limits.turn(Action::WrongPassword, &by).await else {
        limits.give_back(asked.0, &asked.1);
        return Err(Error::Busy);
    };
    // A right one costs nothing of either; a log-in does in any case.
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
    // Whoever goes away in the middle does not come here: that stays counted, or going away would be a guess for nothing.
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

/// What became of a try that the network's limits let through.
enum Tried {
    Right(Proof),
    /// Whether that could be written down too. Where it could not, it is a wrong one all the same.
    Wrong(sqlx::Result<()>),
    Early(Wait),
}

fn give_back(site: &Site, limited: &[&(Action, Source)]) {
    for (action, source) in limited {
        site.limits.give_back(*action, source);
    }
}

/// Whether wrong ones that were written down, here or by another instance, leave a try.
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

/// What a guess that is wrong brings about.
#[derive(Clone, Copy)]
struct Pauses {
    pause: bool,
    /// Its owner is told once, not of each that follows.
    first: bool,
}

/// The guesses at one account, one after another.
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
            // It was right when another instance did what this very form asks for: it is no guess.
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
    /// A browser that the account knows, or whose visitor reads its mail, has limits of its own, which strangers cannot use up.
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

    /// Writes down a wrong password, and the pause that it begins. As much is written for an address without an account.
    async fn wrong(
        &self,
        site: &Site,
        event: Event,
        limited: &[&(Action, Source)],
        Pauses { pause, first }: Pauses,
    ) -> sqlx::Result<()> {
        let entry = |event| Entry { event, account: self.account, visitor: Some(self.visitor) };
        // Who deletes the account meanwhile comes before or after it; as long is taken for none.
        let about = self.account.map_or_else(|| About::address(self.address), AccountId::about);
        let mut tx = site.db.begin(&[about]).await?;
        entry(event).write(&mut tx, site.clock.now()).await?;
        if pause {
            entry(Event::PasswordsPaused).write(&mut tx, site.clock.now()).await?;
        }
        if let Some(account) = self.account.filter(|_| first) {
            outbox::notify(&mut tx, site, Letter::Guesses, account, Some(self.visitor)).await?;
        }
        // The last: all others of the network wait for the row.
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

    /// A try that was not looked at is told to the log alone: a row for each would be work that strangers ask for.
    fn refused(&self, site: &Site, wait: Wait) -> Attempt {
        let account = self.account.map_or("", AccountId::as_str);
        refused::too_early(site, self.visitor, account, &wait, "a try at a password came too early");
        Attempt::Wait(wait)
    }
}
