//! A change of the password by its owner, who knows the old one.

use super::attempt::{Attempt, Claim, attempt};
use super::check::Proof;
use super::store;
use crate::base::limit::Wait;
use crate::base::{Password, Site};
use crate::features::outbox::{self, Letter};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, End, KnownDevice, RememberToken, Renewed};
use crate::people::{Email, User};
use crate::web;

/// The result.
#[derive(Debug)]
pub enum Changed {
    /// It was changed. The session and its device continue with these tokens; all other sessions and devices
    /// of the account have ended.
    Done(Renewed),
    /// The old password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(Wait),
    /// The session ended in the meantime.
    Ended,
}

/// Changes the password of a user who is logged in, to one that was judged good.
pub async fn change(
    site: &Site,
    user: &User,
    old: &Password,
    new: &Password,
    device: &KnownDevice,
    remembered: Option<&RememberToken>,
    by: End<'_>,
) -> web::Result<Changed> {
    let visitor = by.visitor;
    let address = Email::key_of(&user.email);
    let (account, session) = (Some(&user.id), Some(&user.session));
    let claim = Claim { address: &address, account, session, device, visitor, submission: by.submission };
    let proof = match attempt(site, &claim, old).await? {
        Attempt::Right(proof) => proof,
        Attempt::Wrong => return Ok(Changed::Wrong),
        Attempt::Wait(wait) => return Ok(Changed::Wait(wait)),
    };
    let work = replace(site, user, new, &proof, remembered, by);
    proof.settle(site, visitor, work).await
}

async fn replace(
    site: &Site,
    user: &User,
    new: &Password,
    proof: &Proof,
    remembered: Option<&RememberToken>,
    by: End<'_>,
) -> web::Result<Changed> {
    let visitor = by.visitor;
    let hash = site.hashing.hash(new).await?;
    let entry = Entry { event: Event::PasswordChanged, account: Some(&user.id), visitor: Some(visitor) };
    let now = site.clock.now();
    let mut tx = site.db.begin(&[user.id.about()]).await?;
    let Some(authenticated) = proof.authenticated(&mut tx, now).await? else {
        return Ok(Changed::Wrong);
    };
    store::put(&mut tx, &user.id, &hash, now).await?;
    outbox::discard(&mut tx, &user.id).await?;
    let rest = sessions::end_rest(&mut tx, site, (&user.session, &authenticated), remembered, by);
    let Some(renewed) = rest.await? else { return Ok(Changed::Ended) };
    entry.write(&mut tx, now).await?;
    outbox::notify(&mut tx, site, Letter::Password, &user.id, Some(visitor)).await?;
    by.submission.succeed(&mut tx, site, Some(user.id.as_str())).await?;
    proof.commit(tx).await?;
    entry.tell();
    Ok(Changed::Done(renewed))
}
