//! The decisions about another address: asked for, given by the link that was sent there, and taken back by the one that was
//! sent to the address before.

use crate::base::limit::Wait;
use crate::base::{Password, Site};
use crate::features::links::{self, Carried, Purpose};
use crate::features::outbox::{self, Asked, Letter};
use crate::features::passwords::{self, Attempt, Claim, Proof};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownDevice};
use crate::people::{Account, Email, User, accounts};
use crate::web::{self, Error, Submission, Visitor};

/// Asks for another address: a link is sent there, and until it is opened nothing changes. Whether the address is another's
/// is not told here, but to who reads its mail.
pub async fn ask(
    site: &Site,
    user: &User,
    email: &Email,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Asked> {
    let account = Some(&user.id);
    let entry = Entry { event: Event::EmailChangeAsked, account, visitor: Some(visitor) };
    let work = async {
        let mut tx = site.db.begin(&[user.id.about(), email.about()]).await?;
        entry.write(&mut tx, site.clock.now()).await?;
        submission.succeed(&mut tx, site).await?;
        outbox::write_asked(&mut tx, site, Letter::Change, account, email, visitor).await?;
        tx.commit().await?;
        Ok(())
    };
    Ok(match outbox::asking(site, visitor, work).await? {
        Ok(()) => {
            entry.tell();
            Asked::Done
        }
        Err(wait) => Asked::Wait(wait),
    })
}

/// What became of a change.
#[derive(Debug, PartialEq)]
pub enum Change {
    /// It is made.
    Done,
    /// Another account has the address.
    Taken,
    /// It is not the password of the account.
    Wrong,
    /// There were too many tries.
    Wait(Wait),
    /// The link is not good any more.
    Over,
}

/// Makes a link that gives an account another address, for the operator to hand out. `None` where another account has it. A mail
/// with another one that still waits is not sent: it would end this one.
pub async fn link(site: &Site, account: &Account, email: &Email) -> sqlx::Result<Option<String>> {
    let mut tx = site.db.begin(&[account.id.about(), email.about()]).await?;
    let reserved = links::is_reserved(&mut tx, site, email, Some(&account.id)).await?;
    outbox::withdraw(&mut tx, Letter::Change, Some(&account.id), email).await?;
    tx.commit().await?;
    if reserved || accounts::by_email(&site.db, email).await?.is_some() {
        return Ok(None);
    }
    links::make(site, &account.id, email, Purpose::Change).await.map(Some)
}

/// Makes a link for the operator to hand out, about the address that an account has.
pub async fn operators_link(
    site: &Site,
    account: &Account,
    email: &Email,
    purpose: Purpose,
) -> sqlx::Result<String> {
    // Of this kind there is one, which a mail that still waits would end.
    if purpose == Purpose::Confirm {
        let mut tx = site.db.begin(&[account.id.about(), email.about()]).await?;
        outbox::withdraw(&mut tx, Letter::Confirm, Some(&account.id), email).await?;
        tx.commit().await?;
    }
    links::make(site, &account.id, email, purpose).await
}

/// Gives an account the address that a link was sent to. The link proves who reads its mail, and the password whose account it
/// is: or a stranger could have somebody bring their address into an account that is not theirs. Who reads the mail of the
/// address before is told, and can undo it for seven days, during which nobody else can have it; unless the operator made the
/// link. They vouch for the new address, and for what was before it nothing can be undone any more.
pub(super) async fn apply(
    site: &Site,
    carried: &Carried,
    password: &Password,
    device: &KnownDevice,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Change> {
    let Some(account) = accounts::by_id(&site.db, &carried.link.account).await? else {
        return Ok(Change::Over); // deleted since the link was looked up
    };
    let (id, address) = (&account.id, Email::key_of(&account.email));
    let claim = Claim { address: &address, account: Some(id), session: None, device, visitor, submission };
    let proof = match passwords::attempt(site, &claim, password).await? {
        Attempt::Right(proof) => proof,
        Attempt::Wrong => return Ok(Change::Wrong),
        Attempt::Wait(wait) => return Ok(Change::Wait(wait)),
    };
    proof.settle(site, visitor, take(site, carried, &account, &proof, visitor, submission)).await
}

async fn take(
    site: &Site,
    carried: &Carried,
    account: &Account,
    proof: &Proof,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Change> {
    let (id, now) = (&account.id, site.clock.now());
    let (old, new) = (stored(&account.email)?, stored(&carried.link.email)?);
    let mut tx = site.db.begin(&[id.about(), old.about(), new.about()]).await?;
    if !proof.stands(&mut tx).await? {
        return Ok(Change::Wrong);
    }
    let used = match links::take(&mut tx, site, &carried.token, Purpose::Change).await? {
        Some(used) if used.account == *id && used.email == carried.link.email => used,
        _ => return Ok(Change::Over),
    };
    let undo = account.confirmed_at.is_some() && site.mailer.is_on();
    if let Some(seconds) = links::undoable(&mut tx, site, id).await?.full
        && undo
        && !used.by_operator
    {
        return Ok(Change::Wait(Wait::new(seconds, "The email address was changed too often.")));
    }
    if links::is_reserved(&mut tx, site, &new, Some(id)).await?
        || !accounts::set_email(&mut tx, id, &new, now).await?
    {
        return Ok(Change::Taken);
    }
    outbox::discard(&mut tx, id).await?;
    if used.by_operator {
        outbox::discard_undo(&mut tx, id).await?;
    }
    // An address that was never proved may be a stranger's, who must not get the account by it.
    if undo {
        let letter = if used.by_operator { Letter::Moved } else { Letter::Changed };
        let mail = outbox::write(&mut tx, site, letter, Some(id), &old, Some(visitor)).await?;
        if let Some(mail) = mail.filter(|_| letter == Letter::Changed) {
            links::reserve(&mut tx, site, id, &old, &mail).await?;
        }
    }
    let entry = Entry { event: Event::EmailChanged, account: Some(id), visitor: Some(visitor) };
    entry.write(&mut tx, now).await?;
    submission.succeed(&mut tx, site).await?;
    proof.commit(tx).await?;
    entry.tell();
    Ok(Change::Done)
}

/// Gives an account the address back that it had, and ends everything that whoever changed it may hold: sessions, younger
/// links, and the password, until its owner chooses another by the mail that is sent there.
pub(super) async fn restore(
    site: &Site,
    carried: &Carried,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Change> {
    let now = site.clock.now();
    let (id, old) = (&carried.link.account, stored(&carried.link.email)?);
    let mut tx = site.db.begin(&[id.about(), old.about()]).await?;
    let used = match links::take(&mut tx, site, &carried.token, Purpose::Undo).await? {
        Some(used) if used.account == *id && used.email == carried.link.email => used,
        _ => return Ok(Change::Over),
    };
    if !accounts::set_email(&mut tx, id, &old, now).await? {
        return Ok(Change::Taken);
    }
    // Those of its changes that were before the one that is undone can still be undone: this may be the act of who made them.
    outbox::discard_younger(&mut tx, &used).await?;
    links::discard_alike(&mut tx, &used, Purpose::Secure).await?;
    sessions::end_all(&mut tx, site, id, Some(visitor)).await?;
    passwords::remove(&mut tx, id).await?;
    outbox::write(&mut tx, site, Letter::Reset, Some(id), &old, Some(visitor)).await?;
    let entry = Entry { event: Event::EmailRestored, account: Some(id), visitor: Some(visitor) };
    entry.write(&mut tx, now).await?;
    submission.succeed(&mut tx, site).await?;
    tx.commit().await?;
    entry.tell();
    Ok(Change::Done)
}

fn stored(email: &str) -> web::Result<Email> {
    Email::parse(email).ok_or(Error::Broken("a stored address is none"))
}
