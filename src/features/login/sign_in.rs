//! The decision: may this visitor in?

use crate::base::limit::Wait;
use crate::base::{Password, Site};
use crate::features::outbox::{self, Letter};
use crate::features::passwords::{self, Attempt, Bar, Claim, Proof};
use crate::people::accounts::{self, Account, AccountId, Email};
use crate::people::audit::{self, Entry, Event};
use crate::people::sessions::{self, KnownDevice, Started};
use crate::web::{self, Error, Submission, Visitor};

/// What became of a log-in.
#[derive(Debug)]
pub(super) enum SignIn {
    /// A session was started.
    Opened {
        /// What the visitor is to hold.
        started: Started,
        /// Whose it is.
        account: AccountId,
        /// Whether they are to be told that a remembered device was used in two places.
        reused: bool,
    },
    /// Something is wrong, and it is not said what.
    Refused,
    /// There were too many tries.
    Wait(Wait),
}

/// What was typed, and on what.
#[derive(Debug)]
pub(super) struct Typed<'t> {
    /// The address, as typed.
    pub(super) email: &'t str,
    pub(super) password: Password,
    /// Whether "Remember me" was ticked.
    pub(super) remember: bool,
    pub(super) device: &'t KnownDevice,
    /// The form that it was typed into.
    pub(super) submission: &'t Submission,
}

/// Checks a password and starts a session. As much is computed for an unknown address, and for what is none, as for a known
/// one.
pub(super) async fn sign_in(site: &Site, typed: &Typed<'_>, visitor: &Visitor) -> web::Result<SignIn> {
    // In a rush most are sent away; they cost the database nothing.
    if site.hashing.is_full() {
        return Err(Error::Busy);
    }
    let email = Email::parse(typed.email);
    let account = match &email {
        Some(email) => accounts::by_email(&site.db, email).await?,
        None => None,
    };
    let bar = account.as_ref().and_then(|account| bar(site, account));
    let address = email.map_or_else(|| typed.email.trim().to_owned(), |email| email.key());
    let claim = Claim {
        address: &address,
        account: account.as_ref().map(|account| &account.id),
        session: None,
        device: typed.device,
        visitor,
        submission: typed.submission,
    };
    let proof = match passwords::attempt_at(site, &claim, bar, &typed.password).await? {
        Attempt::Right(proof) => proof,
        Attempt::Wrong => return Ok(SignIn::Refused),
        Attempt::Wait(wait) => return Ok(SignIn::Wait(wait)),
    };
    proof.settle(site, visitor, open(site, &proof, typed, visitor)).await
}

/// What keeps an account from being signed in to. Its right password is answered as a wrong one is: otherwise whoever signs up
/// with an address, which is answered alike for all, would learn at the log-in whether it had an account.
fn bar(site: &Site, account: &Account) -> Option<Bar> {
    let confirmed = account.confirmed_at.is_some() || site.settings.unconfirmed_may_log_in();
    match account.disabled_at {
        Some(_) => Some(Bar::Disabled),
        None => (!confirmed).then_some(Bar::Unconfirmed),
    }
}

async fn open(site: &Site, proof: &Proof, typed: &Typed<'_>, visitor: &Visitor) -> web::Result<SignIn> {
    let (now, account, remember) = (site.clock.now(), proof.account(), typed.remember);
    let entry = |event| Entry { event, account: Some(account), visitor: Some(visitor) };
    let mut tx = site.db.begin(&[account.about()]).await?;
    // A password changed meanwhile must not leave a session behind that its change would have ended.
    if !proof.stands(&mut tx).await? {
        drop(tx);
        entry(Event::PasswordWrong).record(site).await?;
        return Ok(SignIn::Refused);
    }
    // The same form once more, as by a double click: the first answer's cookie may be lost, so there is another session in the
    // place of that one. It is no second log-in. A copy of the form in another browser is.
    let before = typed.submission.session_before(&mut tx, site).await?;
    let repeated = match &before {
        Some(session) => sessions::take_back(&mut tx, account, session, visitor).await?,
        None => false,
    };
    let started = sessions::start(&mut tx, site, account, remember, visitor).await?;
    if before.is_none() || repeated {
        typed.submission.log_in(&mut tx, site, started.id.as_str()).await?;
    }
    let logged_in_before = accounts::set_logged_in(&mut tx, account, now).await?;
    // The first log-in of all is from a new browser always.
    if logged_in_before.is_some() && !proof.by_known_device() && !repeated {
        outbox::notify(&mut tx, site, Letter::Device, account, Some(visitor)).await?;
    }
    let reused = audit::tell_of_reuse(&mut tx, account, now).await?;
    let events = [Some(Event::LoggedIn), remember.then_some(Event::DeviceRemembered)];
    let events = events.map(|event| event.filter(|_| !repeated));
    for event in events.into_iter().flatten() {
        entry(event).write(&mut tx, now).await?;
    }
    proof.commit(tx).await?;
    for event in events.into_iter().flatten() {
        entry(event).tell();
    }
    Ok(SignIn::Opened { started, account: account.clone(), reused })
}
