//! A copy is asked for: whether it may be made now, and the event that says it was.

use super::document::Export;
use crate::base::admission::Attempt;
use crate::base::rate_limit::{Counts, Kept, LimitedAction, Rate, RetryAfter};
use crate::base::{Admission, Client, Decision, Site, admit, refused};
use crate::people::Actor;
use crate::people::accounts::AccountId;
use crate::people::audit::{Entry, Event};
use crate::web;

/// A copy of all data about an account, by its owner. Each reads every row of the account, and five an hour are
/// enough for any owner.
static EXPORT: LimitedAction = LimitedAction {
    code: "export",
    rate: |_| Rate::an_hour(5),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: "limit-export",
    logged: "too many exports of an account",
};
/// Why to wait while the copy before is still read: the key of a sentence.
const UNDERWAY: &str = "limit-export-underway";

/// The result of asking for a copy.
pub enum Begun {
    /// The export was recorded; here it is.
    Copy(Box<Export>),
    /// Another one is in progress, or there were too many.
    Wait(RetryAfter),
}

/// Starts a copy for its owner.
pub async fn begin(site: &Site, account: &AccountId, client: &Client) -> web::Result<Begun> {
    let limit_key = account.limit_key();
    let permit = match site.limits.concurrency.only_one(&EXPORT, &limit_key, UNDERWAY) {
        Ok(permit) => permit,
        Err(wait) => {
            refused::too_early(site, client, account.as_str(), &wait, EXPORT.logged);
            return Ok(Begun::Wait(wait));
        }
    };
    let attempt = Attempt::one(&EXPORT, limit_key);
    let admission = match admit(site, client, account.as_str(), attempt).await? {
        Decision::Admitted(admission) => admission,
        Decision::RetryAfter(wait) => return Ok(Begun::Wait(wait)),
    };
    admission.during(site, write_down(site, account, Actor::Owner(client), Some(&admission))).await?;
    Ok(Begun::Copy(Box::new(Export::new(site, account, Some(permit)))))
}

/// Starts a copy for an actor without a rate limit.
pub async fn begin_unlimited(site: &Site, account: &AccountId, actor: Actor<'_>) -> web::Result<Export> {
    write_down(site, account, actor, None).await?;
    Ok(Export::new(site, account, None))
}

/// Records that a copy was taken, whatever happens to it: its owner must see it.
async fn write_down(
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
    admission: Option<&Admission>,
) -> web::Result<()> {
    let entry = Entry { event: Event::Exported, account: Some(account), actor };
    let now = site.clock.now();
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    entry.write(&mut tx, now).await?;
    match admission {
        Some(admission) => admission.right(site, tx).await?,
        None => tx.commit().await?,
    }
    entry.log();
    Ok(())
}
