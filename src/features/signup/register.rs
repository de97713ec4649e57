//! The decision: an account, or why not.

use crate::base::{Password, Site};
use crate::features::passwords;
use crate::people::accounts::{self, Email, Name};
use crate::web::{self, Visitor};

/// What became of a sign-up.
#[derive(Debug, PartialEq)]
pub(super) enum Registered {
    /// There is an account now.
    Made,
    /// The address has one already.
    Taken,
}

/// Makes an account with a password that was judged good.
pub(super) async fn register(
    site: &Site,
    email: &Email,
    name: &Name,
    password: &Password,
    visitor: &Visitor,
) -> web::Result<Registered> {
    // Asked first so that a taken address costs no hash; what counts is the insert.
    if accounts::by_email(&site.db, email).await?.is_some() {
        return Ok(Registered::Taken);
    }
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin().await?;
    let Some(account) = accounts::insert(&mut tx, email, name, site.clock.now()).await? else {
        return Ok(Registered::Taken);
    };
    passwords::insert(&mut tx, site, &account, &hash).await?;
    tx.commit().await?;
    let (request_id, address) = (&*visitor.request_id, visitor.address_text());
    log::info!(event = "user_created", request_id, address:%, account:%; "signed up");
    Ok(Registered::Made)
}
