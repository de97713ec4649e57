//! A mail written down, in the transaction of what it tells of: none is sent of what did not happen, and none is lost of what
//! did. Where mail is off, none is.

use sqlx::{Any, Transaction};

use super::letter::{Facts, Letter};
use super::store;
use crate::base::limit::{Action, Source, Wait};
use crate::base::{Site, Time};
use crate::features::links;
use crate::people::{AccountId, Email};
use crate::web::{self, Error, Visitor};

/// Tells the owner of an account what happened to it, if they have proved to read its address: who merely claims one must not
/// be able to have mails sent there.
pub async fn notify(
    tx: &mut Transaction<'static, Any>,
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
    tx: &mut Transaction<'static, Any>,
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
    store::insert(tx, letter.code(), account, address.as_str(), &facts(now, visitor)?, now).await
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
/// takes the same time. An address that got many lately gets none, without a word.
pub async fn ask(
    site: &Site,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
    visitor: &Visitor,
) -> web::Result<Asked> {
    let (now, network) = (site.clock.now(), Source::network(visitor.address));
    if let Err(wait) = site.limits.take(Action::AskForMail, &network, now) {
        let (request_id, address) = (&*visitor.request_id, visitor.address_text());
        log::info!(
            event = "excess_rate_limit_exceeded", request_id, address:%, seconds = wait.seconds();
            "a mail was asked for too early"
        );
        return Ok(Asked::Wait(wait));
    }
    if may_go(site, address, now) {
        let mut tx = site.db.begin().await?;
        write(&mut tx, site, letter, account, address, Some(visitor)).await?;
        tx.commit().await.map_err(Error::from)?;
    }
    Ok(Asked::Done)
}

/// Whether strangers may have one more mail sent to an address.
pub fn may_go(site: &Site, address: &Email, now: Time) -> bool {
    let to = Source::Address(address.key());
    site.limits.take(Action::NextMailTo, &to, now).is_ok()
        && site.limits.take(Action::MailTo, &to, now).is_ok()
}

/// Ends the links of an account, and those that are on their way to somebody else than its owner.
pub async fn discard(tx: &mut Transaction<'static, Any>, account: &AccountId) -> sqlx::Result<()> {
    links::discard(tx, account).await?;
    store::delete_letter(tx, account, Letter::Change.code()).await
}

fn facts(now: Time, visitor: Option<&Visitor>) -> sqlx::Result<String> {
    let facts = Facts { at: now.unix(), visitor: visitor.cloned() };
    serde_json::to_string(&facts).map_err(|error| sqlx::Error::Encode(Box::new(error)))
}
