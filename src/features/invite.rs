//! People are invited: an invitation is made or renewed, its email is queued, and the form that asked for it counts as done,
//! in one transaction.

use crate::base::rate_limit::RetryAfter;
use crate::base::{Site, Tx};
use crate::people::{AccountId, Actor};
use crate::services::invitations::{
    self, CannotInvite, Invitation, InvitationId, Lifetime, Made, NewInvitation, Renewed,
};
use crate::services::outbox;
use crate::web::Submission;

/// Whether the link of an invitation is emailed, in addition to being handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByEmail {
    /// It is, if the invitation is for an address and the site sends emails.
    Yes,
    /// It is not.
    No,
}

/// The result of inviting someone.
#[derive(Debug)]
pub enum Invited {
    /// Here is the invitation, and the answer of the form.
    Done(Box<Made>, Submission),
    /// It cannot be made: nothing happened.
    Refused(CannotInvite),
    /// Administrators have had many emails sent to its address: nothing happened.
    Wait(RetryAfter),
}

/// Makes an invitation. `leads` says where the answer of the form leads.
pub async fn invite(
    site: &Site,
    new: &NewInvitation,
    by_email: ByEmail,
    actor: Actor<'_>,
    leads: impl FnOnce(&InvitationId) -> Submission,
) -> sqlx::Result<Invited> {
    let mut tx = site.db.begin_locked(&invitations::lock_keys(&new.groups)).await?;
    let made = match invitations::make_in(&mut tx, site, new, actor).await? {
        Ok(made) => made,
        Err(refusal) => return Ok(Invited::Refused(refusal)),
    };
    if let Err(wait) = mail(&mut tx, site, &made.invitation, by_email, actor).await? {
        return Ok(Invited::Wait(wait));
    }
    let submission = leads(&made.invitation.id);
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await?;
    Ok(Invited::Done(Box::new(made), submission))
}

/// Gives an invitation a new link. An error with the time to wait if administrators have had many emails sent to its
/// address: then nothing happened.
pub async fn renew(
    site: &Site,
    (id, lifetime): (&InvitationId, Lifetime),
    by_email: ByEmail,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Result<Renewed, RetryAfter>> {
    let mut tx = site.db.begin_locked(&invitations::renew_lock_keys(id)).await?;
    let renewed = invitations::renew_in(&mut tx, site, id, lifetime, actor.account(), actor).await?;
    if let Renewed::Done(made) = &renewed {
        if let Err(wait) = mail(&mut tx, site, &made.invitation, by_email, actor).await? {
            return Ok(Err(wait));
        }
        submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
        tx.commit().await?;
    }
    Ok(Ok(renewed))
}

/// Queues the email of an invitation, if it is to be sent.
async fn mail(
    tx: &mut Tx,
    site: &Site,
    invitation: &Invitation,
    by_email: ByEmail,
    actor: Actor<'_>,
) -> sqlx::Result<Result<(), RetryAfter>> {
    let Some(address) = invitation.email.as_ref().filter(|_| by_email == ByEmail::Yes) else {
        return Ok(Ok(()));
    };
    if let Err(wait) = outbox::count_by_administrator(tx, site, address, actor).await? {
        return Ok(Err(wait));
    }
    outbox::invite(tx, site, invitation, actor).await?;
    Ok(Ok(()))
}
