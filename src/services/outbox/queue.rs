//! Queues an email in the transaction of what it reports: none is sent about what did not happen, and none is
//! lost about what did. If email is off, none is queued. Of the emails that strangers request, only a limited
//! number waits; further requests are refused with a message.

use sqlx::{Any, Executor};

use super::email_id::EmailId;
use super::email_kind::{EmailData, EmailKind};
use super::limits::{ASK_FOR_MAIL, MAIL_TO, NEXT_MAIL_TO, emails_to};
use super::store::{self, EVER, UNTRIED};
use crate::base::admission::{AdmitError, Attempt};
use crate::base::log_digest::Cause;
use crate::base::rate_limit::{LimitKey, RetryAfter, shared};
use crate::base::{Client, Decision, Site, Time, Tx, admit};
use crate::people::{AccountId, Actor, Email};
use crate::services::links::{self, Used};
use crate::web::{self, Error, Submission};

/// Most emails requested by strangers that wait for their first attempt, a megabyte. Two workers send them
/// within eight minutes, at half a second each: an owner who asks during a flood gets the email before giving
/// up. Without a flood, as many wait only if four people sign up every second for as long.
const MAX_ASKED: i64 = 2_000;
/// Retry-after when that many wait, in seconds: by then a third of them has been sent.
const ROOM_AFTER: i64 = 180;
/// The key of what a visitor is told then.
const NO_ROOM: &str = "limit-no-room";

/// Checks that the queue has room for one more email requested by a stranger. The error becomes a wait in
/// [`or_wait`]. Called before any work and before the owner of the address is looked up, so that all addresses
/// are answered alike.
pub async fn room(site: &Site) -> web::Result<()> {
    room_in(site, site.db.reader()).await
}

async fn room_in<'e>(site: &Site, executor: impl Executor<'e, Database = Any>) -> web::Result<()> {
    if store::asked(executor).await? < MAX_ASKED {
        return Ok(());
    }
    let what = "too many emails that strangers asked for are waiting; a visitor was asked to wait";
    let cause = Cause { event: "sys_mail", what };
    // One line a minute for all visitors.
    if site.digest.is_first(cause, LimitKey::network(None), site.clock.now()) {
        log::warn!(event = cause.event; "{what}");
    }
    Err(Error::OutboxFull)
}

/// Turns an error of [`room`] into a wait, so that forms show it like a rate limit.
pub fn or_wait<T>(done: web::Result<T>) -> web::Result<Result<T, RetryAfter>> {
    match done {
        Err(Error::OutboxFull) => Ok(Err(RetryAfter::ours(ROOM_AFTER, NO_ROOM))),
        done => done.map(Ok),
    }
}

/// Queues an email requested by a stranger, if the queue still has room: parallel requests may all have found
/// some.
pub async fn write_for_stranger(
    tx: &mut Tx,
    site: &Site,
    kind: EmailKind,
    account: Option<&AccountId>,
    address: &Email,
    client: &Client,
) -> web::Result<()> {
    room_in(site, &mut *tx).await?;
    write(tx, site, kind, account, address, Actor::Owner(client)).await?;
    Ok(())
}

/// Queues an email to an address. Without an account, the owner of the address is looked up when it is sent.
/// Returns its ID, if it was queued: email may be off.
pub async fn write(
    tx: &mut Tx,
    site: &Site,
    kind: EmailKind,
    account: Option<&AccountId>,
    address: &Email,
    actor: Actor<'_>,
) -> sqlx::Result<Option<EmailId>> {
    if !site.mailer.is_on() {
        return Ok(None);
    }
    let now = site.clock.now();
    let address = address_of(account, address);
    let details = details(now, actor)?;
    let new = store::New { kind: kind.code(), account, address: &address, details: &details, due_at: now };
    store::insert(tx, &new, now).await.map(Some)
}

/// Queues the email that tells the reader of an address that their account is gone: it belongs to no account any more.
/// To be called in the transaction that deletes it, after its other emails were removed.
pub async fn write_gone(tx: &mut Tx, site: &Site, address: &Email, actor: Actor<'_>) -> sqlx::Result<()> {
    if !site.mailer.is_on() {
        return Ok(());
    }
    let (now, kind) = (site.clock.now(), EmailKind::Deleted.code());
    let details = details(now, actor)?;
    let new = store::New { kind, account: None, address: address.as_str(), details: &details, due_at: now };
    store::insert(tx, &new, now).await.map(drop)
}

/// The address of a row. One that is only looked up is stored in the compared form; the email goes to the
/// address as its owner typed it.
fn address_of(account: Option<&AccountId>, address: &Email) -> String {
    if account.is_some() { address.as_str().to_owned() } else { address.key() }
}

/// The result of requesting an email.
#[derive(Debug, PartialEq)]
pub enum Asked {
    /// It will be sent, if the address is to receive one.
    Done,
    /// There were too many requests, from one network or from all.
    Wait(RetryAfter),
}

/// Queues an email that a stranger requests, for an address with or without an account: in both cases the
/// same work is done, in the same time.
pub async fn ask(
    site: &Site,
    kind: EmailKind,
    address: &Email,
    client: &Client,
    submission: &Submission,
) -> web::Result<Asked> {
    let asking = match may_ask(site, client).await? {
        Decision::Admitted(asking) => asking,
        Decision::RetryAfter(wait) => return Ok(Asked::Wait(wait)),
    };
    let work = async {
        room(site).await?;
        let mut tx = site.db.begin_locked(&[address.lock_key()]).await?;
        until_the_next(site, submission).succeed(&mut tx, site, None).await?;
        write_asked(&mut tx, site, kind, None, address, client).await?;
        asking.right(site, tx).await?;
        Ok(())
    };
    Ok(match or_wait(asking.during(site, work).await)? {
        Ok(()) => Asked::Done,
        Err(wait) => Asked::Wait(wait),
    })
}

/// The answer of a form that requests an email is replayed only while the next email would not be sent.
/// After that the form requests another one: its sender waited in vain for the first, or has used its link.
pub fn until_the_next(site: &Site, submission: &Submission) -> Submission {
    submission.clone().true_for(site.settings.limit_mail_pause.seconds())
}

/// Asks whether a network may request another email with [`write_asked`].
pub async fn may_ask(site: &Site, client: &Client) -> Result<Decision, AdmitError> {
    let attempt = Attempt::one(&ASK_FOR_MAIL, LimitKey::network(client.address));
    admit(site, client, "", attempt).await
}

/// Queues a requested email. If one to the same address waits for its first attempt, it keeps
/// its place; otherwise, asking again and again would delay it. One to another address is replaced. One that
/// was already tried stays: it may have arrived, and the new one may exceed the limit. It does no harm to the
/// newer link.
pub async fn write_asked(
    tx: &mut Tx,
    site: &Site,
    kind: EmailKind,
    account: Option<&AccountId>,
    address: &Email,
    client: &Client,
) -> web::Result<()> {
    let actor = Actor::Owner(client);
    let details = details(site.clock.now(), actor)?;
    if !store::ask_again(tx, kind.code(), account, &address_of(account, address), &details).await? {
        delete_waiting(tx, kind, account, address, UNTRIED).await?;
        if store::is_strangers(kind.code(), account) {
            write_for_stranger(tx, site, kind, account, address, client).await?;
        } else {
            write(tx, site, kind, account, address, actor).await?;
        }
    }
    Ok(())
}

/// Takes back waiting emails of one kind, for an account or, without one, for an address: the operator has
/// created a link instead.
pub async fn withdraw(
    tx: &mut Tx,
    kind: EmailKind,
    account: Option<&AccountId>,
    address: &Email,
) -> sqlx::Result<()> {
    delete_waiting(tx, kind, account, address, EVER).await
}

async fn delete_waiting(
    tx: &mut Tx,
    kind: EmailKind,
    account: Option<&AccountId>,
    address: &Email,
    attempts: i64,
) -> sqlx::Result<()> {
    if let Some(account) = account {
        store::delete_kind(tx, account, kind.code(), attempts).await?;
    }
    store::delete_asked(tx, address, kind.code(), attempts).await
}

/// Whether an address may receive another email of a kind that strangers can request: a limited number, with
/// a pause in between. Each kind is counted separately, so none uses up the allowance of another. Checked at
/// the moment of sending, so an email that is not sent uses up nothing.
pub(super) async fn may_go(site: &Site, kind: EmailKind, address: &Email) -> sqlx::Result<bool> {
    let now = site.clock.now();
    let to = emails_to(kind, address);
    let limited = [&NEXT_MAIL_TO, &MAIL_TO];
    for action in limited {
        if shared::look(&site.db, &site.settings, action, &to, now).await?.is_err() {
            return Ok(false);
        }
    }
    let mut tx = site.db.begin_locked(&[address.lock_key()]).await?;
    for action in limited {
        shared::count(&mut tx, &site.settings, action, &to, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Ends the links of an account that end with its password, and the emails that would bring them back: those
/// to another address, those that delete the account, and those for a new password that were already tried
/// and may have arrived. One for a new password that was not tried yet is still sent: it may be the owner who
/// waits for it, after another person set the password.
pub async fn discard(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    links::discard(tx, account).await?;
    for kind in [EmailKind::Change, EmailKind::Close] {
        store::delete_kind(tx, account, kind.code(), EVER).await?;
    }
    store::delete_tried(tx, account, EmailKind::Reset.code()).await
}

/// The same for an account whose address is restored with a link, and for its newer links of that kind. Other
/// waiting emails are sent; otherwise an attacker could use this to keep them from the owner.
pub async fn discard_younger(tx: &mut Tx, used: &Used) -> sqlx::Result<()> {
    discard(tx, &used.account).await?;
    for ended in links::discard_younger(tx, used).await?.iter().chain([&used.id]) {
        store::delete_with(tx, ended).await?;
    }
    store::delete_kind(tx, &used.account, EmailKind::Reset.code(), EVER).await.map(drop)
}

/// Ends the links that restore an address to an account, and their emails.
pub async fn discard_revert(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    links::discard_revert(tx, account).await?;
    store::delete_kind(tx, account, EmailKind::Changed.code(), EVER).await.map(drop)
}

/// Ends the links that give an account another address, and their emails; false if there were none.
pub async fn discard_change(tx: &mut Tx, account: &AccountId) -> sqlx::Result<bool> {
    let ended = links::discard_change(tx, account).await?;
    let waited = store::delete_kind(tx, account, EmailKind::Change.code(), EVER).await? > 0;
    Ok(ended || waited)
}

/// Takes back the email of a used link: it has arrived, and must not bring the link again.
pub async fn arrived(tx: &mut Tx, used: &Used) -> sqlx::Result<()> {
    store::delete_with(tx, &used.id).await
}

/// Removes all emails that wait for a deleted account, or were requested at its address. Its links are
/// deleted with its row.
pub async fn discard_all(tx: &mut Tx, account: &AccountId, address: &Email) -> sqlx::Result<()> {
    store::delete_of(tx, account, address).await
}

/// Removes the emails of a disabled account, except those that say how to restore its address.
pub async fn discard_disabled(tx: &mut Tx, account: &AccountId, address: &Email) -> sqlx::Result<()> {
    links::discard(tx, account).await?;
    store::delete_but(tx, account, address, EmailKind::Changed.code()).await
}

/// What an email about one event reports, as stored.
pub(super) fn details(now: Time, actor: Actor<'_>) -> sqlx::Result<String> {
    written(&EmailData { at: now.unix(), actor: actor.stored(), items: Vec::new() })
}

/// What an email reports, as stored.
pub(super) fn written(data: &EmailData) -> sqlx::Result<String> {
    serde_json::to_string(data).map_err(|error| sqlx::Error::Encode(Box::new(error)))
}
