//! The decision of a user who does not recognize a login: everything ends.

use crate::base::{Client, Site};
use crate::people::audit::{Entry, Event};
use crate::people::{Actor, sessions};
use crate::services::links::{self, LinkCookie, Purpose};
use crate::services::outbox::{self, EmailKind};
use crate::services::passwords;
use crate::web::{self, Submission};

/// Ends everything that gives access to an account, including its password: the person who logged in knows
/// it. Its owner gets an email with a link for a new one. False if the link is no longer valid.
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
    // If their emails were found a week later, the other links would end everything once more.
    links::discard_alike(&mut tx, &used, Purpose::LockAccount).await?;
    outbox::arrived(&mut tx, &used).await?;
    let actor = Actor::Owner(client);
    let entry = Entry { event: Event::Secured, account: Some(account), actor };
    sessions::end_all(&mut tx, site, account, actor).await?;
    sessions::rest_passkeys(&mut tx, account, site.clock.now()).await?;
    outbox::discard(&mut tx, account).await?;
    passwords::remove(&mut tx, account).await?;
    outbox::write(&mut tx, site, EmailKind::Reset, Some(account), &link_cookie.link.email, actor).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    entry.log();
    Ok(true)
}
