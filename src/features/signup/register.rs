//! The decision: an account, or why not.

use crate::base::limit::{Action, Source, Wait, tries};
use crate::base::{Password, Site, Tx};
use crate::features::links;
use crate::features::outbox::{self, Letter};
use crate::features::passwords;
use crate::people::AccountId;
use crate::people::accounts::{self, Email, Name};
use crate::people::audit::{Entry, Event};
use crate::web::{self, Submission, Visitor, refused};

/// What became of a sign-up.
#[derive(Debug, PartialEq)]
pub(super) enum Registered {
    /// There is an account now.
    Made,
    /// The address has one already.
    Taken,
    /// One of both; only who reads the mail of the address learns which.
    Mailed,
    /// There were too many sign-ups.
    Wait(Wait),
}

/// Makes an account with a password that was judged good.
pub(super) async fn register(
    site: &Site,
    email: &Email,
    name: &Name,
    password: &Password,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Registered> {
    let (network, now) = (Source::network(visitor.address), site.clock.now());
    // A taken address counts too: otherwise one could ask for all of them.
    let work = async {
        if site.mailer.is_on() {
            by_mail(site, email, name, password, visitor, submission).await.map(|()| Registered::Mailed)
        } else {
            let made = make(site, email, name, password, Some(visitor), submission).await;
            made.map(|made| if made { Registered::Made } else { Registered::Taken })
        }
    };
    let registered = tries::within((&site.limits, &site.db), Action::SignUp, &network, now, work).await?;
    Ok(registered.unwrap_or_else(|wait| {
        refused::too_early(site, visitor, "", &wait, "a sign-up came too early");
        Registered::Wait(wait)
    }))
}

/// Makes an account, without asking who may; false where the address has one. Without a visitor, from the command line: then
/// its address counts as confirmed, since the operator vouches for it.
pub async fn make(
    site: &Site,
    email: &Email,
    name: &Name,
    password: &Password,
    visitor: Option<&Visitor>,
    submission: &Submission,
) -> web::Result<bool> {
    // Asked first so that a taken address costs no hash; what counts is the insert.
    if accounts::by_email(&site.db, email).await?.is_some() {
        let mut tx = site.db.begin(&[]).await?;
        count(&mut tx, site, visitor).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin(&[email.about()]).await?;
    let made = insert(&mut tx, site, email, name, &hash, visitor).await?;
    if let (Some(account), None) = (&made, visitor) {
        accounts::confirm(&mut tx, account, site.clock.now()).await?;
    }
    if made.is_some() {
        submission.succeed(&mut tx, site).await?;
    }
    count(&mut tx, site, visitor).await?;
    tx.commit().await?;
    if let Some(account) = &made {
        signed_up(account, visitor).tell();
    }
    Ok(made.is_some())
}

/// Makes an account whose owner proves by a mail that the address is theirs. Where it has one already, its owner gets another
/// mail. Whoever signs up sees the same, after the same time: a hash is made in either case.
async fn by_mail(
    site: &Site,
    email: &Email,
    name: &Name,
    password: &Password,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<()> {
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin(&[email.about()]).await?;
    let made = insert(&mut tx, site, email, name, &hash, Some(visitor)).await?;
    let letter = if made.is_some() { Letter::Confirm } else { Letter::Taken };
    outbox::write(&mut tx, site, letter, made.as_ref(), email, Some(visitor)).await?;
    submission.succeed(&mut tx, site).await?;
    count(&mut tx, site, Some(visitor)).await?;
    tx.commit().await?;
    if let Some(account) = &made {
        signed_up(account, Some(visitor)).tell();
    }
    Ok(())
}

/// Counts a sign-up of a visitor's network. The last of its transaction: all others of that network wait for the row.
async fn count(tx: &mut Tx, site: &Site, visitor: Option<&Visitor>) -> sqlx::Result<()> {
    let Some(visitor) = visitor else { return Ok(()) };
    let network = Source::network(visitor.address);
    tries::count(tx, &site.settings, Action::SignUp, &network, site.clock.now()).await
}

/// The rows of an account; `None` where its address has one, or is kept for one.
async fn insert(
    tx: &mut Tx,
    site: &Site,
    email: &Email,
    name: &Name,
    hash: &str,
    visitor: Option<&Visitor>,
) -> sqlx::Result<Option<AccountId>> {
    let now = site.clock.now();
    if links::is_reserved(tx, site, email, None).await? {
        return Ok(None);
    }
    let Some(account) = accounts::insert(tx, email, name, now).await? else { return Ok(None) };
    passwords::insert(tx, site, &account, hash).await?;
    signed_up(&account, visitor).write(tx, now).await?;
    Ok(Some(account))
}

fn signed_up<'e>(account: &'e AccountId, visitor: Option<&'e Visitor>) -> Entry<'e> {
    Entry { event: Event::SignedUp, account: Some(account), visitor }
}
