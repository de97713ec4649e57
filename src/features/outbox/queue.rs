//! An email written down, in the transaction of what it tells of: none is sent of what did not happen, and none is lost of what
//! did. Where mail is off, none is; and of what strangers ask for only so many wait.

use super::letter::{Facts, Letter};
use super::store::{self, EVER, UNTRIED};
use crate::base::limit::{Action, Source, Wait, tries};
use crate::base::log_digest::Cause;
use crate::base::{Site, Time, Tx};
use crate::features::links::{self, Used};
use crate::people::{AccountId, Email};
use crate::web::{self, Submission, Visitor, refused};

/// This many emails that strangers ask for wait for their first try, a megabyte. Two workers are through with them in eight
/// minutes, at half a second each: an owner who asks during a flood has theirs before they give up on it, or asks again. Without a
/// flood so many wait only where four sign up every second, for as long.
const MOST_ASKED: i64 = 2_000;

/// Writes an email to an address. Without an account, whose address it is is found out when it is sent. The answer is its id, where
/// it was written down: mail may be off, and of what strangers ask for what is too much is left out. Whether it is does not hang
/// on whose address it is.
pub async fn write(
    tx: &mut Tx,
    site: &Site,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
    visitor: Option<&Visitor>,
) -> sqlx::Result<Option<String>> {
    if !site.mailer.is_on() {
        return Ok(None);
    }
    let now = site.clock.now();
    if store::is_strangers(letter.code(), account) && store::asked(tx).await? >= MOST_ASKED {
        let cause = Cause {
            event: "sys_mail",
            what: "too many mails that strangers asked for wait; one was left out",
        };
        if site.digest.is_first(cause, Source::network(None), now) {
            log::warn!(event = cause.event, letter = letter.code(); "{}", cause.what);
        }
        return Ok(None);
    }
    let address = address_of(account, address);
    let facts = facts(now, visitor)?;
    let new = store::New { letter: letter.code(), account, address: &address, facts: &facts, due_at: now };
    store::insert(tx, &new, now).await.map(Some)
}

/// The address of a row. What is only looked up is kept as it is looked up; the email goes to the address as its owner writes it.
fn address_of(account: Option<&AccountId>, address: &Email) -> String {
    if account.is_some() { address.as_str().to_owned() } else { address.key() }
}

/// What became of the wish for an email.
#[derive(Debug, PartialEq)]
pub enum Asked {
    /// It is on its way, if the address is such that it gets one.
    Done,
    /// There were too many wishes from one network.
    Wait(Wait),
}

/// Writes an email that a stranger asks for, to an address that may have an account or not: either way the same is done, and
/// takes the same time.
pub async fn ask(
    site: &Site,
    letter: Letter,
    address: &Email,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Asked> {
    let work = async {
        let mut tx = site.db.begin(&[address.about()]).await?;
        submission.succeed(&mut tx, site).await?;
        write_asked(&mut tx, site, letter, None, address, visitor).await?;
        tx.commit().await?;
        Ok(())
    };
    Ok(match asking(site, visitor, work).await? {
        Ok(()) => Asked::Done,
        Err(wait) => Asked::Wait(wait),
    })
}

/// Does some work that has an email sent, with [`write_asked`], if a network may ask for one more.
pub async fn asking<T>(
    site: &Site,
    visitor: &Visitor,
    work: impl Future<Output = web::Result<T>>,
) -> web::Result<Result<T, Wait>> {
    let (now, network) = (site.clock.now(), Source::network(visitor.address));
    let done = tries::within((&site.limits, &site.db), Action::AskForMail, &network, now, work).await?;
    if let Err(wait) = &done {
        refused::too_early(site, visitor, "", wait, "a mail was asked for too early");
    }
    Ok(done)
}

/// Writes an email that was asked for, and counts it. One to the same address that waits for its first try keeps its place, or
/// asking again and again would hold it back; to another address it is replaced. One that was tried goes on: it may have arrived,
/// and the new one may be one too many to be sent. It does no harm to the newer one's link.
pub async fn write_asked(
    tx: &mut Tx,
    site: &Site,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
    visitor: &Visitor,
) -> sqlx::Result<()> {
    let facts = facts(site.clock.now(), Some(visitor))?;
    if !store::ask_again(tx, letter.code(), account, &address_of(account, address), &facts).await? {
        delete_waiting(tx, letter, account, address, UNTRIED).await?;
        write(tx, site, letter, account, address, Some(visitor)).await?;
    }
    // The last: all others of the network wait for the row.
    let network = Source::network(visitor.address);
    tries::count(tx, &site.settings, Action::AskForMail, &network, site.clock.now()).await
}

/// Takes back the emails of one kind that wait, for an account or, without one, for an address: the operator has a link for it.
pub async fn withdraw(
    tx: &mut Tx,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
) -> sqlx::Result<()> {
    delete_waiting(tx, letter, account, address, EVER).await
}

async fn delete_waiting(
    tx: &mut Tx,
    letter: Letter,
    account: Option<&AccountId>,
    address: &Email,
    tries: i64,
) -> sqlx::Result<()> {
    if let Some(account) = account {
        store::delete_letter(tx, account, letter.code(), tries).await?;
    }
    store::delete_asked(tx, &address.key(), letter.code(), tries).await
}

/// Whether an address may have one more mail of a kind that strangers ask for: only so many, and not soon after one another.
/// Each kind by itself, so that none can be used up by another. Asked when it is sent, so that one that is not sent uses up
/// nothing.
pub(super) async fn may_go(site: &Site, letter: Letter, address: &Email) -> sqlx::Result<bool> {
    let now = site.clock.now();
    let to = Source::Address(format!("{} {}", letter.code(), address.key()));
    let limited = [Action::NextMailTo, Action::MailTo];
    for action in limited {
        if tries::look(&site.db, &site.settings, action, &to, now).await?.is_err() {
            return Ok(false);
        }
    }
    let mut tx = site.db.begin(&[]).await?;
    for action in limited {
        tries::count(&mut tx, &site.settings, action, &to, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Ends the links of an account that end with its password, and with them the emails that would bring them back: those to another
/// address, one that deletes the account, and those for a new password that were tried, and may have arrived. One for a new
/// password that was not tried yet is still to be sent: who waits for it may be its owner, and the password somebody else's.
pub async fn discard(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    links::discard(tx, account).await?;
    for letter in [Letter::Change, Letter::Close] {
        store::delete_letter(tx, account, letter.code(), EVER).await?;
    }
    store::delete_tried(tx, account, Letter::Reset.code()).await
}

/// The same for one that gets back an address by a link, and its younger links of that kind. What else waits for it is sent, or
/// who took it over could keep it from its owner in this way.
pub async fn discard_younger(tx: &mut Tx, used: &Used) -> sqlx::Result<()> {
    discard(tx, &used.account).await?;
    for ended in links::discard_younger(tx, used).await?.iter().chain([&used.id]) {
        store::delete_in(tx, ended).await?;
    }
    store::delete_letter(tx, &used.account, Letter::Reset.code(), EVER).await
}

/// Ends the links that give an account an address back, and the emails with them.
pub async fn discard_undo(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    links::discard_undo(tx, account).await?;
    store::delete_letter(tx, account, Letter::Changed.code(), EVER).await
}

/// Takes back the mail of a link that was used: it has arrived, and is not to bring the link again.
pub async fn arrived(tx: &mut Tx, used: &Used) -> sqlx::Result<()> {
    store::delete_in(tx, &used.id).await
}

/// Ends all emails that wait for an account that is closed, or were asked for at its address. Its links end with its row.
pub async fn discard_all(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    store::delete_of(tx, account, address).await
}

/// Ends the emails of an account that nobody may sign in to any more, but not those that say how its address is given back.
pub async fn discard_disabled(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    links::discard(tx, account).await?;
    store::delete_but(tx, account, address, Letter::Changed.code()).await
}

/// What an email of one thing tells of, as it is kept.
pub(super) fn facts(now: Time, visitor: Option<&Visitor>) -> sqlx::Result<String> {
    written(&Facts { at: now.unix(), visitor: visitor.cloned(), items: Vec::new() })
}

/// What an email tells of, as it is kept.
pub(super) fn written(facts: &Facts) -> sqlx::Result<String> {
    serde_json::to_string(facts).map_err(|error| sqlx::Error::Encode(Box::new(error)))
}
