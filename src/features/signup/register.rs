//! The decision: a new account, or why not.

use super::joins::Joins;
use crate::base::admission::Attempt;
use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate, RetryAfter};
use crate::base::{Admission, Client, Decision, Language, LockKey, Password, Site, Tx, admit};
use crate::features::account_acts;
use crate::people::accounts::{self, Email, Handle, HandleSet, Name};
use crate::people::audit::{Entry, Event};
use crate::people::groups::GroupName;
use crate::people::{AccountId, Actor, belongings};
use crate::services::links::{self, HandedOver, Purpose};
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
pub enum Registered {
    /// The account was created.
    Made,
    /// The address already has an account.
    Taken,
    /// One of the two; only the reader of the email learns which.
    Mailed,
    /// The invitation is over: nothing happened.
    Over,
    /// There were too many sign-ups, or there is no room for another email.
    Wait(RetryAfter),
}

/// The result of making an account without a password.
#[derive(Debug)]
pub enum MadeWithoutPassword {
    /// Here it is, with the link to hand over and the answer of the form.
    Done(AccountId, HandedOver, Submission),
    /// The address already has an account.
    Taken,
    /// Administrators have had many emails sent to the address: nothing happened.
    Wait(RetryAfter),
}

/// A new account, as its owner asked for it.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'t> {
    /// Its address.
    pub email: &'t Email,
    /// The name of its owner.
    pub name: &'t Name,
    /// The language that their browser asks for: their emails are in it, too.
    pub language: Option<Language>,
    /// The version of the terms of use that they accepted.
    pub terms: Option<&'t str>,
    /// What it joins.
    pub joins: Joins<'t>,
    /// What apps call it. Its owner never chooses that.
    pub handle: Option<&'t Handle>,
}

impl NewAccount<'_> {
    /// The locks of the transaction that makes it.
    fn lock_keys(&self) -> Vec<LockKey> {
        [self.joins.lock_keys(), vec![self.email.lock_key()]].concat()
    }
}

/// Creates an account with a password that was judged good.
pub async fn register(
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
        if site.mailer.is_on() && !person.joins.vouches() {
            by_mail(site, person, password, (client, &admission), submission).await
        } else {
            let by = (Actor::Owner(client), Some(&admission));
            make_account(site, person, password, by, submission).await
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
    make_in_groups(site, (email, name), (&[], None), password, by, submission).await
}

/// The same for an account that is in these groups and has this handle from the beginning. An error if a group is not
/// there, or if the handle is not free.
pub async fn make_in_groups(
    site: &Site,
    (email, name): (&Email, &Name),
    (groups, handle): (&[GroupName], Option<&Handle>),
    password: &Password,
    by: (Actor<'_>, Option<&Admission>),
    submission: &Submission,
) -> web::Result<bool> {
    let joins = Joins::Groups(groups);
    let person = NewAccount { email, name, language: None, terms: None, joins, handle };
    Ok(make_account(site, person, password, by, submission).await? == Registered::Made)
}

/// Creates an account without a password, in these groups, for an actor who hands its link over: those who have it choose
/// the password, and confirm the address. Another such link goes out by email. `leads` says where the answer of the form
/// leads, which is returned.
pub async fn make_without_password(
    site: &Site,
    (email, name): (&Email, &Name),
    groups: &[GroupName],
    actor: Actor<'_>,
    leads: impl FnOnce(&AccountId) -> Submission,
) -> web::Result<MadeWithoutPassword> {
    let joins = Joins::Groups(groups);
    let person = NewAccount { email, name, language: None, terms: None, joins, handle: None };
    let mut tx = site.db.begin_locked(&person.lock_keys()).await?;
    let Some(account) = insert(&mut tx, site, person, None, actor).await? else {
        return Ok(MadeWithoutPassword::Taken);
    };
    if let Err(wait) = outbox::count_by_administrator(&mut tx, site, email, actor).await? {
        return Ok(MadeWithoutPassword::Wait(wait));
    }
    person.joins.join(&mut tx, site, &account, actor).await?;
    belongings::made(&mut tx, site, &account).await?;
    let (link, entry) = links::make_in(&mut tx, site, &account, email, Purpose::Reset, actor).await?;
    outbox::write(&mut tx, site, EmailKind::AccountMade, Some(&account), email, actor).await?;
    let submission = leads(&account);
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await?;
    signed_up(&account, actor).log();
    if let Some(entry) = entry {
        entry.log();
    }
    Ok(MadeWithoutPassword::Done(account, link, submission))
}

/// The same as [`make`], with all that is known about its owner.
async fn make_account(
    site: &Site,
    person: NewAccount<'_>,
    password: &Password,
    (actor, admission): (Actor<'_>, Option<&Admission>),
    submission: &Submission,
) -> web::Result<Registered> {
    let NewAccount { email, joins, .. } = person;
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
        return Ok(Registered::Taken);
    }
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin_locked(&person.lock_keys()).await?;
    let Some(account) = insert(&mut tx, site, person, Some(&hash), actor).await? else {
        commit(tx).await?;
        return Ok(Registered::Taken);
    };
    if !joins.join(&mut tx, site, &account, actor).await? {
        return Ok(Registered::Over);
    }
    if joins.vouches() || matches!(actor, Actor::CommandLine) {
        belongings::confirm(&mut tx, site, &account, actor, site.clock.now()).await?;
    }
    match joins {
        Joins::SignupGroups => belongings::made_at_sign_up(&mut tx, site, &account, actor).await?,
        Joins::Groups(_) | Joins::Invitation(..) => belongings::made(&mut tx, site, &account).await?,
    }
    submission.done_anew().succeed(&mut tx, site, None).await?;
    commit(tx).await?;
    signed_up(&account, actor).log();
    Ok(Registered::Made)
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
) -> web::Result<Registered> {
    let (email, joins, actor) = (person.email, person.joins, Actor::Owner(client));
    outbox::room(site).await?;
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin_locked(&person.lock_keys()).await?;
    let made = insert(&mut tx, site, person, Some(&hash), actor).await?;
    let is_over = match &made {
        Some(account) => {
            accounts::await_confirmation(&mut tx, account, site.clock.now()).await?;
            !joins.join(&mut tx, site, account, actor).await?
        }
        // Those whose address has an account are answered alike.
        None => joins.is_over(site).await?,
    };
    if is_over {
        return Ok(Registered::Over);
    }
    let kind = if made.is_some() { EmailKind::Confirm } else { EmailKind::Taken };
    // A form that is sent again finds the account that it created, and asks for no second email. If that
    // account was deleted since, it creates another.
    let submission = if made.is_some() { &submission.done_anew() } else { submission };
    submission.succeed(&mut tx, site, None).await?;
    outbox::write_for_stranger(&mut tx, site, kind, made.as_ref(), email, client).await?;
    admission.right(site, tx).await?;
    if let Some(account) = &made {
        signed_up(account, actor).log();
    }
    Ok(Registered::Mailed)
}

/// Adds the rows of an account; `None` if its address has one, or is kept for one.
async fn insert(
    tx: &mut Tx,
    site: &Site,
    NewAccount { email, name, language, terms, handle, .. }: NewAccount<'_>,
    hash: Option<&str>,
    actor: Actor<'_>,
) -> web::Result<Option<AccountId>> {
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
    if let Some(hash) = hash {
        passwords::insert(tx, site, &account, hash).await?;
    }
    signed_up(&account, actor).write(tx, now).await?;
    if let Some(handle) = handle
        && account_acts::set_handle_in(tx, site, &account, Some(handle), actor).await? != HandleSet::Done
    {
        return Err(Error::failed(format!("the handle {handle} is another account's")));
    }
    Ok(Some(account))
}

fn signed_up<'e>(account: &'e AccountId, actor: Actor<'e>) -> Entry<'e> {
    Entry { event: Event::SignedUp, account: Some(account), actor }
}
