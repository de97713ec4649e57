//! Changes to an existing account: renamed, disabled, deleted. By its owner on a page, or by the operator on
//! the command line, if there is no visitor.

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

/// The result of a change of name.
#[derive(Debug, PartialEq)]
pub enum Renamed {
    /// The account has it, now or already, or was just deleted.
    Done,
    /// There were too many.
    Wait(Wait),
}

/// Changes the name of an account. Its owner may do so only a few times an hour, since a thief could hide
/// much behind many names.
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
        refused::too_early(site, visitor, account.as_str(), &wait, "too many changes of a name");
        return Ok(Renamed::Wait(wait));
    }
    if !accounts::rename(&mut tx, account, name, now).await? {
        return Ok(Renamed::Done); // it has that name already, or was just deleted: nothing happened to it
    }
    entry.write(&mut tx, now).await?;
    outbox::notify(&mut tx, site, Letter::Name, account, visitor).await?;
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    tx.commit().await?;
    entry.tell();
    Ok(Renamed::Done)
}

/// Disables an account. All its sessions, devices and links end, and do not come back with [`enable`]. Links
/// with which its owner recovers it from an attacker are kept, without effect for now: an attack may be the
/// reason for disabling it.
pub async fn disable(site: &Site, account: &Account) -> sqlx::Result<()> {
    let (address, account) = (Email::key_of(&account.email), &account.id);
    let entry = Entry { event: Event::Disabled, account: Some(account), visitor: None };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[account.about()]).await?;
    accounts::set_disabled(&mut tx, account, Some(now), now).await?;
    Submission::none().supersede(&mut tx, account.as_str()).await?;
    sessions::end_all(&mut tx, site, account, None).await?;
    outbox::discard_disabled(&mut tx, account, &address).await?;
    entry.write(&mut tx, now).await?;
    tx.commit().await?;
    entry.tell();
    Ok(())
}

/// Enables an account again.
pub async fn enable(site: &Site, account: &AccountId) -> sqlx::Result<()> {
    let entry = Entry { event: Event::Enabled, account: Some(account), visitor: None };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[account.about()]).await?;
    accounts::set_disabled(&mut tx, account, None, now).await?;
    Submission::none().supersede(&mut tx, account.as_str()).await?;
    entry.write(&mut tx, now).await?;
    tx.commit().await?;
    entry.tell();
    Ok(())
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
    /// There were too many tries.
    Wait(Wait),
    /// Its address was confirmed in the meantime, so a link is needed as well.
    Confirmed,
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

/// Sends the link that deletes the account.
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
    // While a change of the address can be undone, the reader of the new one may not be the owner.
    let before = links::undoable(&mut tx, site, &user.id).await?.oldest;
    let to = Email::parse(before.as_deref().unwrap_or(&user.email));
    let to = to.ok_or(Error::Broken("a stored address is not valid"))?;
    close_asked(&user.id, visitor).write(&mut tx, site.clock.now()).await?;
    outbox::until_the_next(site, submission).succeed(&mut tx, site, Some(user.id.as_str())).await?;
    outbox::write_asked(&mut tx, site, Letter::Close, Some(&user.id), &to, visitor).await?;
    proof.commit(tx).await?;
    Ok(Closed::Asked)
}

/// Deletes it with the password alone. The conditions are checked again: checking a password takes long
/// enough for them to change.
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
    submission.succeed(&mut tx, site, None).await?;
    proof.commit(tx).await?;
    Ok(Closed::Done)
}

/// Whether deleting an account also takes a link: if emails are sent and its address is confirmed.
pub async fn closes_by_link(site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    let account = accounts::by_id(&site.db, account).await?;
    Ok(site.mailer.is_on() && account.is_some_and(|account| account.confirmed_at.is_some()))
}

/// Deletes the account of a user who opened the link for it; false if the link is no longer valid.
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
    submission.succeed(&mut tx, site, None).await?;
    tx.commit().await?;
    gone(site, id, Some(visitor)).await;
    Ok(true)
}

/// Deletes an account from the command line.
pub async fn delete(site: &Site, account: &Account) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[account.id.about()]).await?;
    drop_rows(&mut tx, &account.id, &Email::key_of(&account.email)).await?;
    tx.commit().await?;
    gone(site, &account.id, None).await;
    Ok(())
}

/// Logs the deletion, and removes the last traces of the rows from the file.
async fn gone(site: &Site, account: &AccountId, visitor: Option<&Visitor>) {
    Entry { event: Event::Deleted, account: Some(account), visitor }.tell();
    site.db.fold().await;
}

/// Deletes the account with everything that belongs to it, and the emails requested at its address. Counts of
/// wrong passwords are kept for their day, under a hash of the address, as they are where there never was an
/// account: a pause that ended now would reveal that there was one.
async fn drop_rows(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    outbox::discard_all(tx, account, address).await?;
    accounts::delete(tx, account).await
}
