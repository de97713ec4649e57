//! The decision of a user who does not recognize a login: everything ends.

use crate::base::Site;
use crate::features::links::{self, Carried, Purpose};
use crate::features::outbox::{self, Letter};
use crate::features::passwords;
use crate::people::audit::{Entry, Event};
use crate::people::{Email, sessions};
use crate::web::{self, Error, Submission, Visitor};

/// Ends everything that gives access to an account, including its password: the person who logged in knows
/// it. Its owner gets an email with a link for a new one. False if the link is no longer valid.
pub(super) async fn secure(
    site: &Site,
    carried: &Carried,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<bool> {
    let account = &carried.link.account;
    let address = Email::parse(&carried.link.email).ok_or(Error::Broken("a stored address is not valid"))?;
    let mut tx = site.db.begin(&[account.about()]).await?;
    let used = match links::take(&mut tx, site, &carried.token, Purpose::Secure).await? {
        Some(used) if used.account == *account => used,
        _ => return Ok(false),
    };
    // If their emails were found a week later, the other links would end everything once more.
    links::discard_alike(&mut tx, &used, Purpose::Secure).await?;
    outbox::arrived(&mut tx, &used).await?;
    let entry = Entry { event: Event::Secured, account: Some(account), visitor: Some(visitor) };
    sessions::end_all(&mut tx, site, account, Some(visitor)).await?;
    outbox::discard(&mut tx, account).await?;
    passwords::remove(&mut tx, account).await?;
    outbox::write(&mut tx, site, Letter::Reset, Some(account), &address, Some(visitor)).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    entry.tell();
    Ok(true)
}
