//! The decision: may this link set a password?

use crate::base::{Client, Language, Password, Site, Time, Token};
use crate::people::audit::{Entry, Event};
use crate::people::{Actor, Name, accounts, belongings, groups, sessions};
use crate::services::links::{self, Link, Purpose};
use crate::services::outbox::{self, EmailKind};
use crate::services::{passwords, second_factor};
use crate::web::{self, Submission};

/// Sets a password that was judged good, and uses up the link. Returns when, or `None` if the link is no
/// longer valid. All sessions and devices end, and the passkeys rest: an attacker who took the account over must
/// not stay in it. `owner` has a name and the language of the browser, if it asks for one. It is given for
/// the first password, with the name of the account or another one; and if the address was never
/// confirmed: the name of the account may be a stranger's words, and so may its other first
/// choices. Its second factors may be the stranger's, and would keep the owner out. The groups and the handle of an
/// invitation are the stranger's: those who mistype the address there must not make its owner an administrator.
pub(super) async fn set_password(
    site: &Site,
    (token, link): (&Token, &Link),
    owner: Option<(&Name, Option<Language>)>,
    password: &Password,
    client: &Client,
    submission: &Submission,
) -> web::Result<Option<Time>> {
    let hash = site.hashing.hash(password).await?;
    let actor = Actor::Owner(client);
    let entry = Entry { event: Event::PasswordReset, account: Some(&link.account), actor };
    let mut tx = site.db.begin_locked(&[link.account.lock_key()]).await?;
    let used = match links::take(&mut tx, site, token, Purpose::Reset).await? {
        Some(used) if used.account == link.account => used,
        _ => return Ok(None),
    };
    let is_first = accounts::awaits_first_password(&mut tx, &link.account).await?;
    passwords::insert(&mut tx, site, &link.account, &hash).await?;
    let at = site.clock.now();
    sessions::end_all(&mut tx, site, &link.account, actor).await?;
    sessions::rest_passkeys(&mut tx, &link.account, actor, at).await?;
    outbox::discard(&mut tx, &link.account).await?;
    if let Some((name, language)) = owner {
        accounts::forget_first_choices(&mut tx, &link.account, language).await?;
        accounts::rename(&mut tx, &link.account, name, at).await?;
        second_factor::forget_all(&mut tx, &link.account).await?;
        // Those who hand a link over know whom they invited.
        if !used.handed_over {
            groups::leave_joined_by_owner(&mut tx, site, &link.account, actor).await?;
            belongings::lose_invited_handle(&mut tx, site, &link.account, actor).await?;
        }
    }
    // The visitor who opened the link reads the email of the address, or the operator vouches for them.
    belongings::confirm(&mut tx, site, &link.account, actor, at).await?;
    entry.write(&mut tx, at).await?;
    // The first password changes nothing of which its owner would have to be told.
    if !is_first {
        outbox::notify(&mut tx, site, EmailKind::Password, &link.account, actor).await?;
    }
    submission.succeed(&mut tx, site, Some(link.account.as_str())).await?;
    tx.commit().await?;
    entry.log();
    Ok(Some(at))
}
