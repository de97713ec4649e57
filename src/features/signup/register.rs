//! The decision: a new account, or why not.

use crate::base::admission::Attempt;
use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate, RetryAfter};
use crate::base::{Admission, Client, Decision, Language, Password, Site, Tx, admit};
use crate::people::accounts::{self, Email, Name};
use crate::people::audit::{Entry, Event};
use crate::people::{AccountId, Actor, belongings};
use crate::services::links;
use crate::services::outbox::{self, EmailKind};
use crate::services::passwords;
use crate::web::{self, Error, Submission};

/// A sign-up, including one that finds the address taken.
static SIGN_UP: LimitedAction = LimitedAction {
    code: "sign_up",
    rate: |settings| Rate::an_hour(settings.limit_signups.get()),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: "limit-sign-up",
    logged: "too many sign-ups",
};

/// The result of a sign-up.
#[derive(Debug, PartialEq)]
pub(super) enum Registered {
    /// The account was created.
    Made,
    /// The address already has an account.
    Taken,
    /// One of the two; only the reader of the email learns which.
    Mailed,
    /// There were too many sign-ups, or there is no room for another email.
    Wait(RetryAfter),
}

/// A new account, as its owner asked for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct NewAccount<'t> {
    pub(super) email: &'t Email,
    pub(super) name: &'t Name,
    /// The language that their browser asks for: their emails are in it, too.
    pub(super) language: Option<Language>,
    /// The version of the terms of use that they accepted.
    pub(super) terms: Option<&'t str>,
}

/// Creates an account with a password that was judged good.
pub(super) async fn register(
    site: &Site,
    person: NewAccount<'_>,
    password: &Password,
    client: &Client,
    submission: &Submission,
) -> web::Result<Registered> {
    // A taken address counts too: otherwise a stranger could test all addresses.
    let attempt = Attempt::one(&SIGN_UP, LimitKey::network(client.address));
    let admission = match admit(site, client, "", attempt).await? {
        Decision::Admitted(admission) => admission,
        Decision::RetryAfter(wait) => return Ok(Registered::Wait(wait)),
    };
    let work = async {
        if site.mailer.is_on() {
            by_mail(site, person, password, (client, &admission), submission)
                .await
                .map(|()| Registered::Mailed)
        } else {
            let by = (Actor::Owner(client), Some(&admission));
            let made = make_account(site, person, password, by, submission).await;
            made.map(|made| if made { Registered::Made } else { Registered::Taken })
        }
    };
    Ok(outbox::or_wait(admission.during(site, work).await)?.unwrap_or_else(Registered::Wait))
}

/// Creates an account without checking permissions; false if the address already has one. The operator vouches
/// for the address: it counts as confirmed.
pub async fn make(
    site: &Site,
    email: &Email,
    name: &Name,
    password: &Password,
    by: (Actor<'_>, Option<&Admission>),
    submission: &Submission,
) -> web::Result<bool> {
    make_account(site, NewAccount { email, name, language: None, terms: None }, password, by, submission)
        .await
}

/// The same, with all that is known about its owner.
async fn make_account(
    site: &Site,
    person: NewAccount<'_>,
    password: &Password,
    (actor, admission): (Actor<'_>, Option<&Admission>),
    submission: &Submission,
) -> web::Result<bool> {
    let email = person.email;
    let commit = async |tx: Tx| match admission {
        Some(admission) => admission.right(site, tx).await,
        None => tx.commit().await,
    };
    // Checked first so that a taken address costs no hash; the insert decides.
    if accounts::by_email(&site.db, email).await?.is_some() {
        if submission.is_done(site).await? {
            return Err(Error::DoneBefore); // by this very form
        }
        commit(site.db.begin_locked(&[email.lock_key()]).await?).await?;
        return Ok(false);
    }
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin_locked(&[email.lock_key()]).await?;
    let made = insert(&mut tx, site, person, &hash, actor).await?;
    if let (Some(account), Actor::CommandLine) = (&made, actor) {
        belongings::confirm(&mut tx, site, account, site.clock.now()).await?;
    }
    if let Some(account) = &made {
        belongings::made(&mut tx, site, account).await?;
        submission.done_anew().succeed(&mut tx, site, None).await?;
    }
    commit(tx).await?;
    if let Some(account) = &made {
        signed_up(account, actor).log();
    }
    Ok(made.is_some())
}

/// Creates an account whose owner must confirm the address by email. If the address already has an account,
/// its owner gets another email. The visitor sees the same after the same time: a password is hashed in
/// either case.
async fn by_mail(
    site: &Site,
    person: NewAccount<'_>,
    password: &Password,
    (client, admission): (&Client, &Admission),
    submission: &Submission,
) -> web::Result<()> {
    let email = person.email;
    outbox::room(site).await?;
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin_locked(&[email.lock_key()]).await?;
    let made = insert(&mut tx, site, person, &hash, Actor::Owner(client)).await?;
    let kind = if made.is_some() { EmailKind::Confirm } else { EmailKind::Taken };
    if let Some(account) = &made {
        accounts::await_confirmation(&mut tx, account, site.clock.now()).await?;
    }
    // A form that is sent again finds the account that it created, and asks for no second email. If that
    // account was deleted since, it creates another.
    let submission = if made.is_some() { &submission.done_anew() } else { submission };
    submission.succeed(&mut tx, site, None).await?;
    outbox::write_for_stranger(&mut tx, site, kind, made.as_ref(), email, client).await?;
    admission.right(site, tx).await?;
    if let Some(account) = &made {
        signed_up(account, Actor::Owner(client)).log();
    }
    Ok(())
}

/// Adds the rows of an account; `None` if its address has one, or is kept for one.
async fn insert(
    tx: &mut Tx,
    site: &Site,
    NewAccount { email, name, language, terms }: NewAccount<'_>,
    hash: &str,
    actor: Actor<'_>,
) -> sqlx::Result<Option<AccountId>> {
    let now = site.clock.now();
    if links::is_reserved(tx, site, email, None).await? {
        return Ok(None);
    }
    let Some(account) = accounts::insert(tx, email, name, now).await? else { return Ok(None) };
    if let Some(language) = language {
        accounts::set_first_language(tx, &account, language).await?;
    }
    if let Some(version) = terms {
        accounts::accept_terms(tx, &account, version, now).await?;
    }
    passwords::insert(tx, site, &account, hash).await?;
    signed_up(&account, actor).write(tx, now).await?;
    Ok(Some(account))
}

fn signed_up<'e>(account: &'e AccountId, actor: Actor<'e>) -> Entry<'e> {
    Entry { event: Event::SignedUp, account: Some(account), actor }
}
