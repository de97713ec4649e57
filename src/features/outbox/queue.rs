//! A mail written down, in the transaction of what it tells of: none is sent of what did not happen, and none is lost of what
//! did. Where mail is off, none is.

use super::letter::{Facts, Letter};
use super::store;
use crate::base::limit::{Action, Source, Wait, tries};
use crate::base::{Site, Time, Tx};
use crate::features::links;
use crate::people::{AccountId, Email};
use crate::web::{self, Submission, Visitor, refused};

/// Tells the owner of an account what happened to it, if they have proved to read its address: who merely claims one must not
/// be able to have mails sent there.
pub async fn notify(
    tx: &mut Tx,
    site: &Site,
    letter: Letter,
    account: &AccountId,
    visitor: Option<&Visitor>,
) -> sqlx::Result<()> {
    if !site.mailer.is_on() {
        return Ok(());
    }
    let now = site.clock.now();
    store::insert_confirmed(tx, letter.code(), account, &facts(now, visitor)?, now).await
}

/// Writes a mail to an address. Without an account, whose address it is is found out when it is sent.
pub async fn write(
    tx: &mut Tx,
    site: &Site,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
    visitor: Option<&Visitor>,
) -> sqlx::Result<()> {
    if !site.mailer.is_on() {
        return Ok(());
    }
    let now = site.clock.now();
    // What is only looked up is kept as it is looked up; the mail goes to the address as its owner writes it.
    let address = if account.is_some() { address.as_str().to_owned() } else { address.key() };
    store::insert(tx, letter.code(), account, &address, &facts(now, visitor)?, now).await
}

/// What became of the wish for a mail.
#[derive(Debug, PartialEq)]
pub enum Asked {
    /// It is on its way, if the address is such that it gets one.
    Done,
    /// There were too many wishes from one network.
    Wait(Wait),
}

/// Writes a mail that a stranger asks for, to an address that may have an account or not: either way the same is done, and
/// takes the same time. One that still waits is replaced, or it would be sent late and end the link of this one.
pub async fn ask(
    site: &Site,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Asked> {
    let (now, network) = (site.clock.now(), Source::network(visitor.address));
    let action = Action::AskForMail;
    let taken = match site.limits.take(action, &network, now) {
        Ok(()) => tries::look(&site.db, &site.settings, action, &network, now).await?,
        refused => refused,
    };
    if let Err(wait) = taken {
        refused::too_early(site, visitor, "", &wait, "a mail was asked for too early");
        return Ok(Asked::Wait(wait));
    }
    let about: Vec<_> = account.map(AccountId::about).into_iter().chain([address.about()]).collect();
    let mut tx = site.db.begin(&about).await?;
    withdraw(&mut tx, letter, account, address).await?;
    write(&mut tx, site, letter, account, address, Some(visitor)).await?;
    submission.succeed(&mut tx, site).await?;
    // The last: all others of the network wait for the row.
    tries::count(&mut tx, &site.settings, action, &network, now).await?;
    tx.commit().await?;
    Ok(Asked::Done)
}

/// Takes back the mails of one kind that wait, for an account or, without one, for an address: there is a newer link.
pub async fn withdraw(
    tx: &mut Tx,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
) -> sqlx::Result<()> {
    if let Some(account) = account {
        store::delete_letter(tx, account, letter.code()).await?;
    }
    store::delete_asked(tx, &address.key(), letter.code()).await
}

/// Whether an address may have one more mail of a kind: of those that strangers bring about only so many, and those that they
/// ask for not soon after one another. Each kind by itself, so that none can be used up by another. Asked when it is sent, so
/// that one that is not sent uses up nothing.
pub(super) async fn may_go(site: &Site, letter: Letter, address: &Email) -> sqlx::Result<bool> {
    let now = site.clock.now();
    let to = Source::Address(format!("{} {}", letter.code(), address.key()));
    let asked = matches!(letter, Letter::Reset | Letter::Confirm | Letter::Taken | Letter::Change);
    let limited = if asked { &[Action::NextMailTo, Action::MailTo][..] } else { &[Action::MailTo] };
    for action in limited {
        if tries::look(&site.db, &site.settings, *action, &to, now).await?.is_err() {
            return Ok(false);
        }
    }
    let mut tx = site.db.begin(&[]).await?;
    for action in limited {
        tries::count(&mut tx, &site.settings, *action, &to, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Ends the links of an account that end with its password, and those that are on their way to another address.
pub async fn discard(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    links::discard(tx, account).await?;
    store::delete_letter(tx, account, Letter::Change.code()).await
}

/// Ends all links of an account, and all mails that wait for it or were asked for at its address.
pub async fn discard_all(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    links::discard_all(tx, account).await?;
    store::delete_of(tx, account, address).await
}

fn facts(now: Time, visitor: Option<&Visitor>) -> sqlx::Result<String> {
    let facts = Facts { at: now.unix(), visitor: visitor.cloned() };
    serde_json::to_string(&facts).map_err(|error| sqlx::Error::Encode(Box::new(error)))
}
