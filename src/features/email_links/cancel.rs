//! The decision: a change of address that was requested is cancelled before its link is used.

use crate::base::{Client, Site};
use crate::people::audit::{Entry, Event};
use crate::people::{AccountId, Actor, ActorKind, Email};
use crate::services::links::{self, Purpose};
use crate::services::outbox;
use crate::web::Submission;

/// A change of address whose link was not used yet.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingChange {
    /// The new address.
    pub email: Email,
    /// Who asked for the link, or made it to hand it over.
    pub by: ActorKind,
}

/// The change of an account's address, if its link was not used yet. It says nothing about whether another account has
/// that address.
pub async fn pending(site: &Site, account: &AccountId) -> sqlx::Result<Option<PendingChange>> {
    // The email comes first: its link will end one from before.
    if let Some(email) = outbox::change_asked(site, account).await? {
        return Ok(Some(PendingChange { email, by: ActorKind::Owner }));
    }
    let links = links::of(site, account).await?;
    let pending = links.into_iter().find(|(purpose, ..)| purpose == Purpose::Change.code());
    Ok(pending.map(|(_, email, _, by)| PendingChange { email, by }))
}

/// Cancels the change: the link ends, and emails that wait with such a link are not sent. False if there is none.
pub async fn cancel(
    site: &Site,
    account: &AccountId,
    client: &Client,
    submission: &Submission,
) -> sqlx::Result<bool> {
    let actor = Actor::Owner(client);
    let entry = Entry { event: Event::EmailChangeCancelled, account: Some(account), actor };
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    if !outbox::discard_change(&mut tx, account).await? {
        drop(tx);
        return submission.is_done(site).await;
    }
    entry.write(&mut tx, site.clock.now()).await?;
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    entry.log();
    Ok(true)
}
