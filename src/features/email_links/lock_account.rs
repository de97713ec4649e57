//! The decision of a user who does not recognize a login or a change: everything ends, and what was changed about the
//! second factors is undone.

use crate::base::{Client, Site};
use crate::people::audit::{Entry, Event};
use crate::people::{Actor, sessions};
use crate::services::links::{self, LinkCookie, Purpose};
use crate::services::outbox::{self, EmailKind};
use crate::services::{passwords, second_factor};
use crate::web::{self, Submission};

/// Ends everything that gives access to an account, including its password: the person who logged in knows
/// it. The second factors are again what they were before that which the email reports, and passkeys rest. Its owner
/// gets an email with a link for a new password. False if the link is no longer valid.
pub(super) async fn lock_account(
    site: &Site,
    link_cookie: &LinkCookie,
    client: &Client,
    submission: &Submission,
) -> web::Result<bool> {
    let account = &link_cookie.link.account;
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    let used = match links::take(&mut tx, site, &link_cookie.token, Purpose::LockAccount).await? {
        Some(used) if used.account == *account => used,
        _ => return Ok(false),
    };
    // If their emails were found a week later, these links would end everything once more. Older ones can undo more.
    links::discard_alike(&mut tx, &used, Purpose::LockAccount).await?;
    outbox::arrived(&mut tx, &used).await?;
    let actor = Actor::Owner(client);
    let entry = Entry { event: Event::Secured, account: Some(account), actor };
    sessions::end_all(&mut tx, site, account, actor).await?;
    if let Some(since) = used.since {
        second_factor::undo(&mut tx, site, account, since, actor).await?;
    }
    sessions::rest_passkeys(&mut tx, account, actor, site.clock.now()).await?;
    outbox::discard(&mut tx, account).await?;
    passwords::remove(&mut tx, account).await?;
    outbox::write(&mut tx, site, EmailKind::Reset, Some(account), &link_cookie.link.email, actor).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    entry.log();
    Ok(true)
}
