//! An account after it was made: renamed, disabled, closed. By its owner on a page, or by the operator from the command line;
//! the latter is meant where there is no visitor.

use crate::base::limit::{Action, Source, Wait, tries};
use crate::base::{Password, Site, Tx};
use crate::features::links::{self, Carried, Purpose};
use crate::features::outbox::{self, Letter};
use crate::features::passwords::{self, Attempt, Claim, Proof};
use crate::people::User;
use crate::people::accounts::{self, Account, AccountId, Email, Name};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownDevice};
use crate::web::{self, Error, Submission, Visitor, refused};

/// What became of another name.
#[derive(Debug, PartialEq)]
pub enum Renamed {
    /// The account has it; or was closed a moment ago.
    Done,
    /// There were too many.
    Wait(Wait),
}

/// Gives an account another name: its owner so often an hour, since a thief in their place could hide much behind many names.
pub async fn rename(
    site: &Site,
    account: &AccountId,
    name: &Name,
    visitor: Option<&Visitor>,
    submission: &Submission,
) -> sqlx::Result<Renamed> {
    let entry = Entry { event: Event::NameChanged, account: Some(account), visitor };
    let (now, source) = (site.clock.now(), Source::Account(account.to_string()));
    let mut tx = site.db.begin(&[account.about()]).await?;
    if let Some(visitor) = visitor
        && let Err(wait) = tries::take(&mut tx, &site.settings, Action::Rename, &source, now).await?
    {
        refused::too_early(site, visitor, account.as_str(), &wait, "a name was changed too often");
        return Ok(Renamed::Wait(wait));
    }
    if !accounts::rename(&mut tx, account, name, now).await? {
        return Ok(Renamed::Done); // it was closed a moment ago
    }
    entry.write(&mut tx, now).await?;
    outbox::notify(&mut tx, site, Letter::Name, account, visitor).await?;
    submission.succeed(&mut tx, site).await?;
    tx.commit().await?;
    entry.tell();
    Ok(Renamed::Done)
}

/// Lets nobody sign in to an account any more; everything that opens it ends, links too, and does not come back with
/// [`enable`]. Those stay, of no use meanwhile, by which its owner gets it back from somebody else: that may be why it is disabled.
pub async fn disable(site: &Site, account: &Account) -> sqlx::Result<()> {
    let (address, account) = (Email::key_of(&account.email), &account.id);
    let entry = Entry { event: Event::Disabled, account: Some(account), visitor: None };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[account.about()]).await?;
    accounts::set_disabled(&mut tx, account, Some(now), now).await?;
    sessions::end_all(&mut tx, site, account, None).await?;
    outbox::discard_disabled(&mut tx, account, &address).await?;
    entry.write(&mut tx, now).await?;
    tx.commit().await?;
    entry.tell();
    Ok(())
}

/// Lets its owner sign in again.
pub async fn enable(site: &Site, account: &AccountId) -> sqlx::Result<()> {
    let entry = Entry { event: Event::Enabled, account: Some(account), visitor: None };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[account.about()]).await?;
    accounts::set_disabled(&mut tx, account, None, now).await?;
    entry.write(&mut tx, now).await?;
    tx.commit().await?;
    entry.tell();
    Ok(())
}

/// What became of somebody's wish to close their account.
#[derive(Debug)]
pub enum Closed {
    /// It is gone.
    Done,
    /// A link that does it is on its way to who reads the mail of the account.
    Asked,
    /// It was not their password.
    Wrong,
    /// There were too many tries.
    Wait(Wait),
    /// Its address was confirmed meanwhile: it takes a link as well.
    Confirmed,
    /// The session ended meanwhile.
    Ended,
}

/// Closes the account of somebody who gives their password for it. Where its owner has proved to read its mail, that takes a link
/// as well ([`closes_by_link`]), which is sent there: who only knows the password could leave nothing of it, and it cannot be
/// brought back.
pub async fn close(
    site: &Site,
    user: &User,
    password: &Password,
    by_link: bool,
    device: &KnownDevice,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Closed> {
    let address = Email::key_of(&user.email);
    let (account, session) = (Some(&user.id), Some(&user.session));
    let claim = Claim { address: &address, account, session, device, visitor, submission };
    let proof = match passwords::attempt(site, &claim, password).await? {
        Attempt::Right(proof) => proof,
        Attempt::Wrong => return Ok(Closed::Wrong),
        Attempt::Wait(wait) => return Ok(Closed::Wait(wait)),
    };
    let work = async {
        if !by_link {
            return close_by(site, &proof, user, &address, submission).await;
        }
        let ask = ask_to_close(site, &proof, user, visitor, submission);
        Ok(outbox::asking(site, visitor, ask).await?.unwrap_or_else(Closed::Wait))
    };
    let closed = proof.settle(site, visitor, work).await?;
    match closed {
        Closed::Done => gone(site, &user.id, Some(visitor)).await,
        Closed::Asked => close_asked(&user.id, visitor).tell(),
        Closed::Wrong | Closed::Wait(_) | Closed::Confirmed | Closed::Ended => {}
    }
    Ok(closed)
}

fn close_asked<'e>(account: &'e AccountId, visitor: &'e Visitor) -> Entry<'e> {
    Entry { event: Event::CloseAsked, account: Some(account), visitor: Some(visitor) }
}

/// Has a link sent that closes the account.
async fn ask_to_close(
    site: &Site,
    proof: &Proof,
    user: &User,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Closed> {
    let mut tx = site.db.begin(&[user.id.about()]).await?;
    if !proof.stands(&mut tx).await? {
        return Ok(Closed::Wrong);
    }
    if !sessions::is_live_in(&mut tx, site, &user.session).await? {
        return Ok(Closed::Ended);
    }
    // As long as a change of the address can be undone, it may not be its owner who reads the mail of the new one.
    let before = links::undoable(&mut tx, site, &user.id).await?.oldest;
    let to = Email::parse(before.as_deref().unwrap_or(&user.email));
    let to = to.ok_or(Error::Broken("a stored address is none"))?;
    close_asked(&user.id, visitor).write(&mut tx, site.clock.now()).await?;
    submission.succeed(&mut tx, site).await?;
    outbox::write_asked(&mut tx, site, Letter::Close, Some(&user.id), &to, visitor).await?;
    proof.commit(tx).await?;
    Ok(Closed::Asked)
}

/// By the password alone. What that depends on is asked once more: checking a password takes long enough for it to change.
async fn close_by(
    site: &Site,
    proof: &Proof,
    user: &User,
    address: &str,
    submission: &Submission,
) -> web::Result<Closed> {
    let mut tx = site.db.begin(&[proof.account().about()]).await?;
    if !proof.stands(&mut tx).await? {
        return Ok(Closed::Wrong);
    }
    if !sessions::is_live_in(&mut tx, site, &user.session).await? {
        return Ok(Closed::Ended);
    }
    if site.mailer.is_on() && accounts::is_confirmed(&mut tx, proof.account()).await? {
        return Ok(Closed::Confirmed);
    }
    drop_rows(&mut tx, proof.account(), address).await?;
    submission.succeed(&mut tx, site).await?;
    proof.commit(tx).await?;
    Ok(Closed::Done)
}

/// Whether closing an account takes a link as well: where mails are sent, and its owner has proved to read them.
pub async fn closes_by_link(site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    let account = accounts::by_id(&site.db, account).await?;
    Ok(site.mailer.is_on() && account.is_some_and(|account| account.confirmed_at.is_some()))
}

/// Closes the account of somebody who opened the link for that; false where it is not good any more.
pub async fn close_by_link(
    site: &Site,
    carried: &Carried,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<bool> {
    let id = &carried.link.account;
    let mut tx = site.db.begin(&[id.about()]).await?;
    match links::take(&mut tx, site, &carried.token, Purpose::Close).await? {
        Some(used) if used.account == *id => {}
        _ => return Ok(false),
    }
    let Some(address) = accounts::address(&mut tx, id).await? else { return Ok(false) };
    drop_rows(&mut tx, id, &address).await?;
    submission.succeed(&mut tx, site).await?;
    tx.commit().await?;
    gone(site, id, Some(visitor)).await;
    Ok(true)
}

/// Closes an account from the command line.
pub async fn delete(site: &Site, account: &Account) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[account.id.about()]).await?;
    drop_rows(&mut tx, &account.id, &Email::key_of(&account.email)).await?;
    tx.commit().await?;
    gone(site, &account.id, None).await;
    Ok(())
}

/// Tells the log, and leaves nothing of the rows in a file.
async fn gone(site: &Site, account: &AccountId, visitor: Option<&Visitor>) {
    Entry { event: Event::Deleted, account: Some(account), visitor }.tell();
    site.db.fold().await;
}

/// The account with all that belongs to it, and the mails asked for at its address. Wrong passwords that were counted there
/// stay for their day, under a hash of the address, as they do where there never was an account: a pause that ended now would
/// tell that there was one.
async fn drop_rows(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    outbox::discard_all(tx, account, address).await?;
    accounts::delete(tx, account).await
}
