//! The decision: an account, or why not.

use crate::base::limit::{Action, Source, Wait};
use crate::base::{Password, Site};
use crate::features::passwords;
use crate::people::accounts::{self, Email, Name};
use crate::people::audit::{Entry, Event};
use crate::web::{self, Visitor};

/// What became of a sign-up.
#[derive(Debug, PartialEq)]
pub(super) enum Registered {
    /// There is an account now.
    Made,
    /// The address has one already.
    Taken,
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
) -> web::Result<Registered> {
    let network = Source::network(visitor.address);
    // A taken address counts too: otherwise one could ask for all of them.
    if let Err(wait) = site.limits.take(Action::SignUp, &network, site.clock.now()) {
        let (request_id, address, browser) =
            (&*visitor.request_id, visitor.address_text(), &*visitor.browser);
        log::info!(
            event = "excess_rate_limit_exceeded", request_id, address:%, browser, seconds = wait.seconds();
            "a sign-up came too early"
        );
        return Ok(Registered::Wait(wait));
    }
    let made = make(site, email, name, password, Some(visitor)).await;
    if made.is_err() {
        site.limits.give_back(Action::SignUp, &network);
    }
    Ok(if made? { Registered::Made } else { Registered::Taken })
}

/// Makes an account, without asking who may; false where the address has one. Without a visitor, from the command line.
pub async fn make(
    site: &Site,
    email: &Email,
    name: &Name,
    password: &Password,
    visitor: Option<&Visitor>,
) -> web::Result<bool> {
    // Asked first so that a taken address costs no hash; what counts is the insert.
    if accounts::by_email(&site.db, email).await?.is_some() {
        return Ok(false);
    }
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin().await?;
    let Some(account) = accounts::insert(&mut tx, email, name, site.clock.now()).await? else {
        return Ok(false);
    };
    passwords::insert(&mut tx, site, &account, &hash).await?;
    let entry = Entry { event: Event::SignedUp, account: Some(&account), visitor };
    entry.write(&mut tx, site.clock.now()).await?;
    tx.commit().await?;
    entry.tell();
    Ok(true)
}
