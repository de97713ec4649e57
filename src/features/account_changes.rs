//! Changes to an existing account: renamed, disabled, enabled, deleted. By its owner or an administrator
//! on a page, or by the operator on the command line.

use std::slice;

use crate::base::rate_limit::{Counts, Kept, LimitedAction, Rate, RetryAfter, shared};
use crate::base::{Admission, Client, Decision, Language, Password, Site, refused};
use crate::features::account_acts;
use crate::people::accounts::{self, Account, AccountId, Name};
use crate::people::audit::{Entry, Event};
use crate::people::groups::{self, LastAdmin};
use crate::people::sessions::{self, KnownBrowser};
use crate::people::{Actor, User};
use crate::services::links::{self, LinkCookie, Purpose};
use crate::services::outbox::{self, EmailKind};
use crate::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt, VerifiedPassword};
use crate::web::{self, Submission};

/// Changing the name of an account, by its owner. Each writes a row; an owner who is trying names needs a handful
/// an hour.
static RENAME: LimitedAction = LimitedAction {
    code: "rename",
    rate: |_| Rate::an_hour(20),
    counts: Counts::Each,
    kept: Kept::InDatabase,
    why: "limit-rename",
    logged: "too many changes of a name",
};

/// The result of a change of name.
#[derive(Debug, PartialEq)]
pub enum Renamed {
    /// The account has it now.
    Done,
    /// It has had that name before, or was just deleted: nothing happened.
    Unchanged,
    /// There were too many.
    Wait(RetryAfter),
}

/// Changes the name of an account. Its owner may do so only a few times an hour, since a thief could hide
/// much behind many names.
pub async fn rename(
    site: &Site,
    account: &AccountId,
    name: &Name,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Renamed> {
    let (now, limit_key) = (site.clock.now(), account.limit_key());
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    if let Actor::Owner(client) = actor
        && let Err(wait) = shared::take(&mut tx, &site.settings, &RENAME, &limit_key, now).await?
    {
        refused::too_early(site, client, account.as_str(), &wait, RENAME.logged);
        return Ok(Renamed::Wait(wait));
    }
    if !account_acts::rename_in(&mut tx, site, (account, name), actor).await? {
        drop(tx);
        // Another instance may have processed the same form a moment ago.
        return Ok(if submission.is_done(site).await? { Renamed::Done } else { Renamed::Unchanged });
    }
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    Ok(Renamed::Done)
}

/// Changes the language of an account; `None` follows the browser. False if nothing changed. It is no event: it
/// says nothing about who may use the account.
pub async fn set_language(
    site: &Site,
    account: &AccountId,
    language: Option<Language>,
    submission: &Submission,
) -> sqlx::Result<bool> {
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    if !accounts::set_language(&mut tx, account, language, site.clock.now()).await? {
        drop(tx);
        return submission.is_done(site).await;
    }
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    Ok(true)
}

/// Disables an account, as [`disable_in`](account_acts::disable_in) explains. The last administrator is disabled on the
/// command line alone.
pub async fn disable(
    site: &Site,
    account: &Account,
    actor: Actor<'_>,
) -> sqlx::Result<Result<(), LastAdmin>> {
    let (mut tx, admins) = groups::begin_keeping_an_admin(site, &account.id, actor).await?;
    account_acts::disable_in(&mut tx, site, (&account.id, &account.email), actor).await?;
    if !admins.keep_one(&mut tx, site).await? {
        return Ok(Err(LastAdmin));
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// Enables an account again.
pub async fn enable(site: &Site, account: &AccountId, actor: Actor<'_>) -> sqlx::Result<()> {
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    account_acts::enable_in(&mut tx, site, account, actor).await?;
    tx.commit().await
}

/// The result of asking to delete one's account.
#[derive(Debug)]
pub enum Closed {
    /// It is deleted.
    Done,
    /// A link that deletes it was sent to the account's email address.
    Asked,
    /// The password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(RetryAfter),
    /// Its address was confirmed in the meantime, so a link is needed as well.
    Confirmed,
    /// It is the last administrator.
    LastAdmin,
    /// The session ended in the meantime.
    Ended,
}

/// Deletes the account of a user who enters the password for it. If the address is confirmed, that also takes
/// a link ([`closes_by_link`]), which is sent there: someone who only knows the password could delete
/// everything, and it cannot be brought back.
pub async fn close(
    site: &Site,
    user: &User,
    password: &Password,
    by_link: bool,
    known_browser: &KnownBrowser,
    client: &Client,
    submission: &Submission,
) -> web::Result<Closed> {
    let (at, session) = (AttemptAt::Account(&user.id, &user.email), Some(&user.session));
    let password_attempt = PasswordAttempt { at, session, known_browser, client, submission };
    let verified = match passwords::attempt(site, &password_attempt, password).await? {
        AttemptOutcome::Right(verified) => verified,
        AttemptOutcome::Wrong => return Ok(Closed::Wrong),
        AttemptOutcome::Wait(wait) => return Ok(Closed::Wait(wait)),
    };
    let work = async {
        if !by_link {
            return close_by(site, &verified, user, client, submission).await;
        }
        match outbox::may_ask(site, client).await? {
            Decision::Admitted(asking) => {
                asking.during(site, ask_to_close(site, (&verified, &asking), user, client, submission)).await
            }
            Decision::RetryAfter(wait) => Ok(Closed::Wait(wait)),
        }
    };
    let closed = verified.settle(site, work).await?;
    match closed {
        Closed::Done => account_acts::gone(site, slice::from_ref(&user.id)).await,
        Closed::Asked => close_asked(&user.id, client).log(),
        Closed::Wrong | Closed::Wait(_) | Closed::Confirmed | Closed::LastAdmin | Closed::Ended => {}
    }
    Ok(closed)
}

fn close_asked<'e>(account: &'e AccountId, client: &'e Client) -> Entry<'e> {
    Entry { event: Event::CloseAsked, account: Some(account), actor: Actor::Owner(client) }
}

/// Sends the link that deletes the account.
async fn ask_to_close(
    site: &Site,
    (verified, asking): (&VerifiedPassword, &Admission),
    user: &User,
    client: &Client,
    submission: &Submission,
) -> web::Result<Closed> {
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    if !verified.stands(&mut tx).await? {
        return Ok(Closed::Wrong);
    }
    if !sessions::is_live_in(&mut tx, site, &user.session).await? {
        return Ok(Closed::Ended);
    }
    // It is decided when the link is used. Said now as well, so that no one waits for an email in vain.
    if groups::is_last_admin(&mut tx, site, &user.id).await? {
        return Ok(Closed::LastAdmin);
    }
    // While a change of the address can be undone, the reader of the new one may not be the owner.
    let before = links::revertible(&mut tx, site, &user.id).await?.oldest;
    let to = before.as_ref().unwrap_or(&user.email);
    close_asked(&user.id, client).write(&mut tx, site.clock.now()).await?;
    outbox::until_the_next(site, submission).succeed(&mut tx, site, Some(user.id.as_str())).await?;
    outbox::write_asked(&mut tx, site, EmailKind::Close, Some(&user.id), to, client).await?;
    verified.commit_with(site, tx, asking).await?;
    Ok(Closed::Asked)
}

/// Deletes it with the password alone. The conditions are checked again: checking a password takes long
/// enough for them to change.
async fn close_by(
    site: &Site,
    verified: &VerifiedPassword,
    user: &User,
    client: &Client,
    submission: &Submission,
) -> web::Result<Closed> {
    let (account, actor) = (verified.account(), Actor::Owner(client));
    let (mut tx, admins) = groups::begin_keeping_an_admin(site, account, actor).await?;
    if !verified.stands(&mut tx).await? {
        return Ok(Closed::Wrong);
    }
    if !sessions::is_live_in(&mut tx, site, &user.session).await? {
        return Ok(Closed::Ended);
    }
    if site.mailer.is_on() && accounts::is_confirmed(&mut tx, account).await? {
        return Ok(Closed::Confirmed);
    }
    account_acts::delete_in(&mut tx, site, (account, &user.email), actor).await?;
    if !admins.keep_one(&mut tx, site).await? {
        return Ok(Closed::LastAdmin);
    }
    submission.succeed(&mut tx, site, None).await?;
    verified.commit(site, tx).await?;
    Ok(Closed::Done)
}

/// Whether deleting an account also takes a link: if emails are sent and its address is confirmed.
pub async fn closes_by_link(site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    let account = accounts::by_id(&site.db, account).await?;
    Ok(site.mailer.is_on() && account.is_some_and(|account| account.confirmed_at.is_some()))
}

/// The result of using the link that deletes an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedByLink {
    /// It is deleted.
    Done,
    /// The link is no longer valid.
    Over,
    /// It is the last administrator. The link stays valid.
    LastAdmin,
}

/// Deletes the account of a user who opened the link for it.
pub async fn close_by_link(
    site: &Site,
    link_cookie: &LinkCookie,
    client: &Client,
    submission: &Submission,
) -> web::Result<ClosedByLink> {
    let (id, actor) = (&link_cookie.link.account, Actor::Owner(client));
    let (mut tx, admins) = groups::begin_keeping_an_admin(site, id, actor).await?;
    match links::take(&mut tx, site, &link_cookie.token, Purpose::Close).await? {
        Some(used) if used.account == *id => {}
        _ => return Ok(ClosedByLink::Over),
    }
    let Some(address) = accounts::address(&mut tx, id).await? else { return Ok(ClosedByLink::Over) };
    account_acts::delete_in(&mut tx, site, (id, &address), actor).await?;
    if !admins.keep_one(&mut tx, site).await? {
        return Ok(ClosedByLink::LastAdmin);
    }
    submission.succeed(&mut tx, site, None).await?;
    tx.commit().await?;
    account_acts::gone(site, slice::from_ref(id)).await;
    Ok(ClosedByLink::Done)
}

/// Deletes an account without asking for a password or a link. Administrators can read that it was done; if one of them
/// does it, its owner is told. The last administrator is deleted on the command line alone.
pub async fn delete(site: &Site, account: &Account, actor: Actor<'_>) -> web::Result<Result<(), LastAdmin>> {
    delete_by_form(site, account, actor, &Submission::none()).await
}

/// The same by a form, whose answer is recorded with it.
pub async fn delete_by_form(
    site: &Site,
    account: &Account,
    actor: Actor<'_>,
    submission: &Submission,
) -> web::Result<Result<(), LastAdmin>> {
    let (mut tx, admins) = groups::begin_keeping_an_admin(site, &account.id, actor).await?;
    if accounts::address(&mut tx, &account.id).await?.is_none() {
        return Ok(Ok(())); // another request has deleted it in this moment
    }
    account_acts::delete_in(&mut tx, site, (&account.id, &account.email), actor).await?;
    if !admins.keep_one(&mut tx, site).await? {
        return Ok(Err(LastAdmin));
    }
    if matches!(actor, Actor::Administrator(_)) && account.confirmed_at.is_some() {
        outbox::write_gone(&mut tx, site, &account.email, actor).await?;
    }
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await?;
    account_acts::gone(site, slice::from_ref(&account.id)).await;
    Ok(Ok(()))
}
