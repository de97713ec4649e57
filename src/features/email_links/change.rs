//! The decisions about a change of address: requested, applied by the link sent to the new address, and
//! undone by the link sent to the previous one.

use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Decision, Password, Site, Tx};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::sessions::{self, KnownBrowser};
use crate::people::{Account, Actor, Email, User, accounts, belongings};
use crate::services::links::{self, HandedOver, LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailKind};
use crate::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt, VerifiedPassword};
use crate::services::second_factor;
use crate::web::{self, Submission};

/// Requests a change of address: a link is sent there, and nothing changes until it is opened. If another
/// account has the address, the page does not say so; only the email does.
pub async fn ask(
    site: &Site,
    user: &User,
    email: &Email,
    client: &Client,
    submission: &Submission,
) -> web::Result<Asked> {
    let account = Some(&user.id);
    let entry = Entry { event: Event::EmailChangeAsked, account, actor: Actor::Owner(client) };
    let asking = match outbox::may_ask(site, client).await? {
        Decision::Admitted(asking) => asking,
        Decision::RetryAfter(wait) => return Ok(Asked::Wait(wait)),
    };
    let work = async {
        let mut tx = site.db.begin_locked(&[user.id.lock_key(), email.lock_key()]).await?;
        entry.write(&mut tx, site.clock.now()).await?;
        outbox::until_the_next(site, submission).succeed(&mut tx, site, Some(user.id.as_str())).await?;
        outbox::write_asked(&mut tx, site, EmailKind::Change, account, email, client).await?;
        asking.right(site, tx).await?;
        Ok(())
    };
    let done: web::Result<()> = asking.during(site, work).await;
    done?;
    entry.log();
    Ok(Asked::Done)
}

/// The result of a change.
#[derive(Debug, PartialEq)]
pub enum Change {
    /// It was made.
    Done,
    /// Another account has the address.
    Taken,
    /// The password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(RetryAfter),
    /// The link is no longer valid.
    Over,
}

/// Creates a link that changes the address of an account, for an actor who hands it over. `None` if another
/// account has the address. A waiting email with such a link is not sent, since its link would end this one. The owner
/// is told if an administrator does it.
pub async fn link(
    site: &Site,
    account: &Account,
    email: &Email,
    actor: Actor<'_>,
) -> sqlx::Result<Option<HandedOver>> {
    let mut tx = site.db.begin_locked(&[account.id.lock_key(), email.lock_key()]).await?;
    let made = link_in(&mut tx, site, account, email, actor).await?;
    tx.commit().await?;
    Ok(made)
}

/// The same in a transaction that holds the locks of the account and of the new address, and is to be committed.
pub async fn link_in(
    tx: &mut Tx,
    site: &Site,
    account: &Account,
    email: &Email,
    actor: Actor<'_>,
) -> sqlx::Result<Option<HandedOver>> {
    let id = &account.id;
    let reserved = links::is_reserved(tx, site, email, Some(id)).await?;
    outbox::withdraw(tx, EmailKind::Change, Some(id), email).await?;
    if reserved || accounts::by_email(&site.db, email).await?.is_some() {
        return Ok(None);
    }
    let (made, _) = links::make_in(tx, site, id, email, Purpose::Change, actor).await?;
    if matches!(actor, Actor::Administrator(_)) {
        let entry = Entry { event: Event::EmailChangeAsked, account: Some(id), actor };
        let change = Detail::personal(account.email.as_str(), email.as_str());
        entry.record_in(tx, Some(change), site.clock.now()).await?;
        outbox::notify(tx, site, EmailKind::LinkMade, id, actor).await?;
    }
    Ok(Some(made))
}

/// Creates a link about the current address of an account, for the operator who hands it over.
pub async fn link_to_hand_over(
    site: &Site,
    account: &Account,
    email: &Email,
    purpose: Purpose,
    actor: Actor<'_>,
) -> sqlx::Result<HandedOver> {
    let mut tx = site.db.begin_locked(&[account.id.lock_key(), email.lock_key()]).await?;
    // There is only one of this kind, and a waiting email would end it.
    if purpose == Purpose::Confirm {
        outbox::withdraw(&mut tx, EmailKind::Confirm, Some(&account.id), email).await?;
    }
    let (made, entry) = links::make_in(&mut tx, site, &account.id, email, purpose, actor).await?;
    tx.commit().await?;
    if let Some(entry) = entry {
        entry.log();
    }
    Ok(made)
}

/// Changes the address of an account to the one that a link was sent to. The link proves who reads its email,
/// and the password proves whose account it is: otherwise a stranger could trick people into adding their
/// address to an account that is not theirs. The reader of the previous address is notified and can undo the
/// change for seven days. During that time no other account can have that address. If the operator created
/// the link, nothing from before can be undone: the operator vouches for the new address.
pub(super) async fn apply(
    site: &Site,
    link_cookie: &LinkCookie,
    password: &Password,
    known_browser: &KnownBrowser,
    client: &Client,
    submission: &Submission,
) -> web::Result<Change> {
    let Some(account) = accounts::by_id(&site.db, &link_cookie.link.account).await? else {
        return Ok(Change::Over); // deleted since the link was looked up
    };
    let at = AttemptAt::Account(&account.id, &account.email);
    let password_attempt = PasswordAttempt { at, session: None, known_browser, client, submission };
    let verified = match passwords::attempt(site, &password_attempt, password).await? {
        AttemptOutcome::Right(verified) => verified,
        AttemptOutcome::Wrong => return Ok(Change::Wrong),
        AttemptOutcome::Wait(wait) => return Ok(Change::Wait(wait)),
    };
    verified.settle(site, take(site, link_cookie, &account, &verified, client, submission)).await
}

async fn take(
    site: &Site,
    link_cookie: &LinkCookie,
    account: &Account,
    verified: &VerifiedPassword,
    client: &Client,
    submission: &Submission,
) -> web::Result<Change> {
    let (id, now) = (&account.id, site.clock.now());
    let (old, new) = (&account.email, &link_cookie.link.email);
    let mut tx = site.db.begin_locked(&[id.lock_key(), old.lock_key(), new.lock_key()]).await?;
    if !verified.stands(&mut tx).await? {
        return Ok(Change::Wrong);
    }
    let used = match links::take(&mut tx, site, &link_cookie.token, Purpose::Change).await? {
        Some(used) if used.account == *id && used.email == link_cookie.link.email => used,
        _ => return Ok(Change::Over),
    };
    let undo = account.confirmed_at.is_some() && site.mailer.is_on();
    if let Some(seconds) = links::revertible(&mut tx, site, id).await?.full
        && undo
        && !used.handed_over
    {
        return Ok(Change::Wait(RetryAfter::new(seconds, "limit-email-changed")));
    }
    if links::is_reserved(&mut tx, site, new, Some(id)).await?
        || !belongings::set_email(&mut tx, site, (id, new), Actor::Owner(client), now).await?
    {
        return Ok(Change::Taken);
    }
    outbox::discard(&mut tx, id).await?;
    if used.handed_over {
        outbox::discard_revert(&mut tx, id).await?;
    }
    // An address that was never confirmed may be a stranger's, who must not get the account with it.
    if undo {
        let kind = if used.handed_over { EmailKind::Moved } else { EmailKind::Changed };
        let mail = outbox::write(&mut tx, site, kind, Some(id), old, Actor::Owner(client)).await?;
        if let Some(mail) = mail.filter(|_| kind == EmailKind::Changed) {
            links::reserve(&mut tx, site, id, old, &mail.link()).await?;
        }
    }
    let entry = Entry { event: Event::EmailChanged, account: Some(id), actor: Actor::Owner(client) };
    entry.write(&mut tx, now).await?;
    submission.succeed(&mut tx, site, Some(id.as_str())).await?;
    verified.commit(site, tx).await?;
    entry.log();
    Ok(Change::Done)
}

/// Restores the previous address of an account, and ends everything that the person who changed it may have:
/// sessions, newer links, and the password. What was changed about the second factors since is undone. The owner
/// chooses another password with the email that is sent to the restored address.
pub(super) async fn revert_email(
    site: &Site,
    link_cookie: &LinkCookie,
    client: &Client,
    submission: &Submission,
) -> web::Result<Change> {
    let (now, actor) = (site.clock.now(), Actor::Owner(client));
    let (id, old) = (&link_cookie.link.account, &link_cookie.link.email);
    let mut tx = site.db.begin_locked(&[id.lock_key(), old.lock_key()]).await?;
    let used = match links::take(&mut tx, site, &link_cookie.token, Purpose::RevertEmail).await? {
        Some(used) if used.account == *id && used.email == link_cookie.link.email => used,
        _ => return Ok(Change::Over),
    };
    if !belongings::set_email(&mut tx, site, (id, old), actor, now).await? {
        return Ok(Change::Taken);
    }
    // Earlier changes can still be undone: this may be the act of the person who made them.
    outbox::discard_younger(&mut tx, &used).await?;
    sessions::end_all(&mut tx, site, id, actor).await?;
    if let Some(since) = used.since {
        second_factor::undo(&mut tx, site, id, since, actor).await?;
    }
    sessions::rest_passkeys(&mut tx, id, actor, now).await?;
    passwords::remove(&mut tx, id).await?;
    outbox::write(&mut tx, site, EmailKind::Reset, Some(id), old, actor).await?;
    let entry = Entry { event: Event::EmailRestored, account: Some(id), actor };
    entry.write(&mut tx, now).await?;
    submission.succeed(&mut tx, site, Some(id.as_str())).await?;
    tx.commit().await?;
    entry.log();
    Ok(Change::Done)
}
