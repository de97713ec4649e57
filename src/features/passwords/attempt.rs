//! A try at a password: counted, checked, and told of. Every place that asks for one comes through here, so that none of
//! them can be a way around the limits.

use super::check::{Proof, check};
use super::store;
use crate::base::limit::guesses::{self, Counted};
use crate::base::limit::{Action, Guess, Source, Wait, tries};
use crate::base::{Password, Site, Time};
use crate::features::outbox::{self, Letter};
use crate::people::AccountId;
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{KnownDevice, SessionId};
use crate::web::{self, Error, Visitor, refused};

/// Who tries, and at what.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'c> {
    /// The address, in the form accounts are compared by; what was typed, where it is none.
    pub address: &'c str,
    /// The account of that address that may be signed in to, if there is one.
    pub account: Option<&'c AccountId>,
    /// The session that asks, where somebody is logged in already.
    pub session: Option<&'c SessionId>,
    /// The browser.
    pub device: &'c KnownDevice,
    /// The visitor.
    pub visitor: &'c Visitor,
}

/// What became of it.
#[derive(Debug)]
pub enum Attempt {
    /// It is the password.
    Right(Proof),
    /// It is not, or there is no such account: it takes the same time.
    Wrong,
    /// It came too early and was not looked at.
    Wait(Wait),
}

/// Counts a try, then checks the password. The limits are asked in the order of what asking costs.
pub async fn attempt(site: &Site, claim: &Claim<'_>, password: &Password) -> web::Result<Attempt> {
    // Whoever would be sent away for want of a place is sent away before anything is written down for them: in a rush
    // those are most, and their writing would hold up everybody else's.
    if site.hashing.is_full() {
        return Err(Error::Busy);
    }
    let known = claim.is_known(site).await?;
    let (by, limits, now) = (claim.source(known), &site.limits, site.clock.now());
    let asked = match claim.session {
        None => (Action::LogIn, by.clone()),
        Some(session) => (Action::Reauthenticate, Source::Session(session.as_str().to_owned())),
    };
    if let Err(wait) = limits.take(asked.0, &asked.1, now) {
        return Ok(claim.refused(site, wait));
    }
    // A right password is given back once it is known to be right; who comes meanwhile waits for that.
    let _turn = limits.turn(Action::WrongPassword, &by).await.ok_or(Error::Busy)?;
    let wrong = (Action::WrongPassword, by);
    if let Err(wait) = limits.take(wrong.0, &wrong.1, now) {
        return Ok(claim.refused(site, wait));
    }
    // A right one costs nothing of either; a log-in does in any case.
    let free = [Some(&wrong), Some(&asked).filter(|asked| asked.0 == Action::Reauthenticate)];
    let free: Vec<_> = free.into_iter().flatten().collect();
    let attempt = match elsewhere(site, &free, now).await {
        Ok(Ok(())) => guess(site, claim, known, &free, password).await,
        Ok(Err(wait)) => Ok(claim.refused(site, wait)),
        Err(error) => Err(error.into()),
    };
    if !matches!(attempt, Ok(Attempt::Wrong)) {
        for (action, source) in free {
            limits.give_back(*action, source);
        }
    }
    attempt
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
    known: bool,
    limited: &[&(Action, Source)],
    password: &Password,
) -> web::Result<Attempt> {
    let device = Guess::by_device(claim.device.id(), claim.address);
    let guess = if known { device.clone() } else { Guess::at(claim.address) };
    let turn = site.limits.guess_turn(&guess).await.ok_or(Error::Busy)?;
    let free = site.settings.limit_free_guesses.get();
    let (pauses, back) = match guesses::count(&site.db, &guess, free, site.clock.now()).await? {
        Counted::Wait(wait) => return Ok(claim.refused(site, wait)),
        Counted::Go { pause, first, back } => (Pauses { pause, first }, back),
    };
    match check(site, claim.account, password, &claim.visitor.request_id).await {
        Ok(Some((account, hash))) => {
            Ok(Attempt::Right(Proof::new(account, hash, [guess, device], known, turn)))
        }
        Ok(None) => {
            claim.wrong(site, limited, pauses).await?;
            Ok(Attempt::Wrong)
        }
        Err(error) => {
            // It was not checked. Where that cannot be written either, it stays counted.
            if let Err(failed) = guesses::give_back(&site.db, &guess, back).await {
                let request_id = &*claim.visitor.request_id;
                log::warn!(event = "sys_database", request_id; "a guess was not given back: {failed}");
            }
            Err(error)
        }
    }
}

impl Claim<'_> {
    /// A device that the account knows has limits of its own, which strangers cannot use up.
    async fn is_known(&self, site: &Site) -> sqlx::Result<bool> {
        let changed_at = store::changed_at(&site.db, self.account).await?;
        let both = self.account.zip(changed_at);
        Ok(both.is_some_and(|(account, changed_at)| self.device.is_known_to(account, changed_at)))
    }

    fn source(&self, known: bool) -> Source {
        match known {
            true => Source::Device(self.device.id().to_owned()),
            false => Source::network(self.visitor.address),
        }
    }

    /// Writes down a wrong password, and the pause that it begins. As much is written for an address without an account.
    async fn wrong(
        &self,
        site: &Site,
        limited: &[&(Action, Source)],
        Pauses { pause, first }: Pauses,
    ) -> sqlx::Result<()> {
        let entry = |event| Entry { event, account: self.account, visitor: Some(self.visitor) };
        let mut tx = site.db.begin(&[]).await?;
        entry(Event::PasswordWrong).write(&mut tx, site.clock.now()).await?;
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
        entry(Event::PasswordWrong).tell();
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
