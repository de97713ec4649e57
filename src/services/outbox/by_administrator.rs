//! How many emails administrators have sent to an address. Their sessions are guarded well, but one that was stolen must not
//! fill inboxes in the name of the site. The operator, who has the machine, is not limited.

use super::limits::{MAIL_BY_ADMINISTRATOR, emails_by_administrators};
use crate::base::rate_limit::{RetryAfter, shared};
use crate::base::{Site, Tx, refused};
use crate::people::{Actor, Email};

/// Counts an email that an administrator is about to have sent to an address, in the transaction that queues it; or returns
/// how long to wait, and nothing may be committed. Another actor, or a site without email, does not count.
pub async fn count_by_administrator(
    tx: &mut Tx,
    site: &Site,
    address: &Email,
    actor: Actor<'_>,
) -> sqlx::Result<Result<(), RetryAfter>> {
    let Actor::Administrator(administrator) = actor else { return Ok(Ok(())) };
    if !site.mailer.is_on() {
        return Ok(Ok(()));
    }
    let (limit_key, now) = (emails_by_administrators(address), site.clock.now());
    let taken = shared::take(tx, &site.settings, &MAIL_BY_ADMINISTRATOR, &limit_key, now).await?;
    if let (Err(wait), Some(client)) = (&taken, actor.client()) {
        let account = administrator.account().as_str();
        refused::too_early(site, client, account, wait, MAIL_BY_ADMINISTRATOR.logged);
    }
    Ok(taken)
}
