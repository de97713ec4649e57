//! The decision: is this still the same user? Checks the password of a user who is logged in.

use crate::base::limit::Wait;
use crate::base::{Password, Site, Token};
use crate::features::passwords::{self, Attempt, Claim, Proof};
use crate::people::audit::{Entry, Event};
use crate::people::sessions::{self, KnownDevice};
use crate::people::{Email, User};
use crate::web::{self, Submission, Visitor};

/// The result.
#[derive(Debug)]
pub(super) enum Confirmed {
    /// It is: the session continues, fresh, with this token.
    Fresh(Token),
    /// The password was wrong.
    Wrong,
    /// There were too many attempts.
    Wait(Wait),
    /// The session ended in the meantime.
    Ended,
}

/// Checks the password of a user who is logged in.
pub(super) async fn confirm(
    site: &Site,
    user: &User,
    password: &Password,
    device: &KnownDevice,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Confirmed> {
    let address = Email::key_of(&user.email);
    let (account, session) = (Some(&user.id), Some(&user.session));
    let claim = Claim { address: &address, account, session, device, visitor, submission };
    let proof = match passwords::attempt(site, &claim, password).await? {
        Attempt::Right(proof) => proof,
        Attempt::Wrong => return Ok(Confirmed::Wrong),
        Attempt::Wait(wait) => return Ok(Confirmed::Wait(wait)),
    };
    proof.settle(site, visitor, refresh(site, user, &proof, visitor, submission)).await
}

async fn refresh(
    site: &Site,
    user: &User,
    proof: &Proof,
    visitor: &Visitor,
    submission: &Submission,
) -> web::Result<Confirmed> {
    let entry = Entry { event: Event::Reauthenticated, account: Some(&user.id), visitor: Some(visitor) };
    let mut tx = site.db.begin(&[user.id.about()]).await?;
    let Some(authenticated) = proof.authenticated(&mut tx, site.clock.now()).await? else {
        return Ok(Confirmed::Wrong);
    };
    let Some(token) = sessions::refresh(&mut tx, site, &user.session, &authenticated).await? else {
        return Ok(Confirmed::Ended);
    };
    entry.write(&mut tx, site.clock.now()).await?;
    // When that is over, the same form has to be able to give the password again.
    let submission = submission.clone().true_for(site.settings.fresh_for.seconds());
    submission.succeed(&mut tx, site, Some(user.id.as_str())).await?;
    proof.commit(tx).await?;
    entry.tell();
    Ok(Confirmed::Fresh(token))
}
