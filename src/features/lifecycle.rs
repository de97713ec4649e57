//! An account after it was made: renamed, disabled, closed. By its owner on a page, or by the operator from the command line;
//! the latter is meant where there is no visitor.

use crate::base::limit::Wait;
use crate::base::{Password, Site, Tx};
use crate::features::outbox::{self, Letter};
use crate::features::passwords::{self, Attempt, Claim, Proof};
use crate::people::User;
use crate::people::accounts::{self, Account, AccountId, Email, Name};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownDevice};
use crate::web::{self, Submission, Visitor};

/// Gives an account another name.
pub async fn rename(
    site: &Site,
    account: &AccountId,
    name: &Name,
    visitor: Option<&Visitor>,
    submission: &Submission,
) -> sqlx::Result<()> {
    let entry = Entry { event: Event::NameChanged, account: Some(account), visitor };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[account.about()]).await?;
    if !accounts::rename(&mut tx, account, name, now).await? {
        return Ok(()); // it was closed a moment ago
    }
    entry.write(&mut tx, now).await?;
    outbox::notify(&mut tx, site, Letter::Name, account, visitor).await?;
    submission.succeed(&mut tx, site).await?;
    tx.commit().await?;
    entry.tell();
    Ok(())
}

/// Lets nobody sign in to an account any more; everything that opens it ends, links too, and does not come back with
/// [`enable`].
pub async fn disable(site: &Site, account: &Account) -> sqlx::Result<()> {
    let (address, account) = (Email::key_of(&account.email), &account.id);
    let entry = Entry { event: Event::Disabled, account: Some(account), visitor: None };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[account.about()]).await?;
    accounts::set_disabled(&mut tx, account, Some(now), now).await?;
    sessions::end_all(&mut tx, site, account, None).await?;
    outbox::discard_all(&mut tx, account, &address).await?;
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
    /// It was not their password.
    Wrong,
    /// There were too many tries.
    Wait(Wait),
}

/// Closes the account of somebody who gives their password for it.
pub async fn close(
    site: &Site,
    user: &User,
    password: &Password,
    device: &KnownDevice,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Closed> {
    let address = Email::key_of(&user.email);
    let (account, session) = (Some(&user.id), Some(&user.session));
    let claim = Claim { address: &address, account, session, device, visitor };
    let proof = match passwords::attempt(site, &claim, password).await? {
        Attempt::Right(proof) => proof,
        Attempt::Wrong => return Ok(Closed::Wrong),
        Attempt::Wait(wait) => return Ok(Closed::Wait(wait)),
    };
    let closed = proof.settle(site, visitor, close_by(site, &proof, &address, submission)).await?;
    if matches!(closed, Closed::Done) {
        Entry { event: Event::Deleted, account: Some(&user.id), visitor: Some(visitor) }.tell();
        site.db.fold().await;
    }
    Ok(closed)
}

async fn close_by(site: &Site, proof: &Proof, address: &str, submission: &Submission) -> web::Result<Closed> {
    let mut tx = site.db.begin(&[proof.account().about()]).await?;
    if !proof.stands(&mut tx).await? {
        return Ok(Closed::Wrong);
    }
    drop_rows(&mut tx, proof.account(), address).await?;
    submission.succeed(&mut tx, site).await?;
    proof.commit(tx).await?;
    Ok(Closed::Done)
}

/// Closes an account from the command line.
pub async fn delete(site: &Site, account: &Account) -> sqlx::Result<()> {
    let mut tx = site.db.begin(&[account.id.about()]).await?;
    drop_rows(&mut tx, &account.id, &Email::key_of(&account.email)).await?;
    tx.commit().await?;
    Entry { event: Event::Deleted, account: Some(&account.id), visitor: None }.tell();
    site.db.fold().await;
    Ok(())
}

/// The account with all that belongs to it, and the mails asked for at its address. Wrong passwords that were counted there
/// stay for their day, under a hash of the address, as they do where there never was an account: a pause that ended now would
/// tell that there was one.
async fn drop_rows(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    outbox::discard_all(tx, account, address).await?;
    accounts::delete(tx, account).await
}
