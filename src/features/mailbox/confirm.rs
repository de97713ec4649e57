//! The decision: does this address belong to this user? The link alone proves who reads its email, not who
//! signed up: a stranger may have done so with a password of their own, to wait inside an account that its
//! owner considers theirs. So the password is asked for as well. An owner who does not know it chooses
//! another with a reset link, which locks the stranger out.

use crate::base::limit::Wait;
use crate::base::{Password, Site};
use crate::features::links::{self, Carried, Purpose};
use crate::features::outbox;
use crate::features::passwords::{self, Attempt, Claim, Proof};
use crate::people::accounts;
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownDevice, Started};
use crate::people::{AccountId, Email};
use crate::web::{self, Submission, Visitor};

/// The result.
#[derive(Debug)]
pub(super) enum Confirmed {
    /// Confirmed: a session was started.
    Done(Started, AccountId),
    /// The password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(Wait),
    /// The link is no longer valid.
    Over,
}

/// Confirms the address of an account with a link and its password. Every existing session ends.
pub(super) async fn confirm(
    site: &Site,
    carried: &Carried,
    password: &Password,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Confirmed> {
    let Carried { token, link } = carried;
    let (address, account) = (Email::key_of(&link.email), Some(&link.account));
    // A visitor with the link reads the email of the address: wrong passwords of strangers do not make them
    // wait.
    let device = &KnownDevice::by_link(&token.hash(), &link.account, site.clock.now());
    let claim = Claim { address: &address, account, session: None, device, visitor, submission };
    let proof = match passwords::attempt(site, &claim, password).await? {
        Attempt::Right(proof) => proof,
        Attempt::Wrong => return Ok(Confirmed::Wrong),
        Attempt::Wait(wait) => return Ok(Confirmed::Wait(wait)),
    };
    proof.settle(site, visitor, take(site, carried, &proof, visitor, submission)).await
}

async fn take(
    site: &Site,
    carried: &Carried,
    proof: &Proof,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Confirmed> {
    let (now, account) = (site.clock.now(), proof.account());
    let mut tx = site.db.begin(&[account.about()]).await?;
    let Some(authenticated) = proof.authenticated(&mut tx, now).await? else {
        return Ok(Confirmed::Wrong);
    };
    match links::take(&mut tx, site, &carried.token, Purpose::Confirm).await? {
        Some(used) if used.account == *account => {}
        _ => return Ok(Confirmed::Over),
    }
    accounts::confirm(&mut tx, account, now).await?;
    sessions::end_all(&mut tx, site, account, Some(visitor)).await?;
    outbox::discard(&mut tx, account).await?;
    let started = sessions::start(&mut tx, site, &authenticated, false, visitor).await?;
    accounts::set_logged_in(&mut tx, account, now).await?;
    let entries = [Event::Confirmed, Event::LoggedIn].map(|event| Entry {
        event,
        account: Some(account),
        visitor: Some(visitor),
    });
    for entry in &entries {
        entry.write(&mut tx, now).await?;
    }
    submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    proof.commit(tx).await?;
    entries.iter().for_each(Entry::tell);
    Ok(Confirmed::Done(started, account.clone()))
}
