//! People are invited: an invitation is made or renewed, and its email is queued with it.

use crate::base::Site;
use crate::people::{AccountId, Actor};
use crate::services::invitations::{
    self, CannotInvite, InvitationId, Lifetime, Made, NewInvitation, Renewed,
};
use crate::services::outbox;

/// Whether the link of an invitation is emailed, in addition to being handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByEmail {
    /// It is, if the invitation is for an address and the site sends emails.
    Yes,
    /// It is not.
    No,
}

/// Makes an invitation.
pub async fn invite(
    site: &Site,
    new: &NewInvitation,
    by_email: ByEmail,
    actor: Actor<'_>,
) -> sqlx::Result<Result<Made, CannotInvite>> {
    let mut tx = site.db.begin_locked(&invitations::lock_keys(&new.groups)).await?;
    let made = invitations::make_in(&mut tx, site, new, actor).await?;
    if let Ok(made) = &made {
        if by_email == ByEmail::Yes {
            outbox::invite(&mut tx, site, &made.invitation, actor).await?;
        }
        tx.commit().await?;
    }
    Ok(made)
}

/// Gives an invitation a new link. `account` is that of the administrator who does it.
pub async fn renew(
    site: &Site,
    (id, lifetime): (&InvitationId, Lifetime),
    by_email: ByEmail,
    account: Option<&AccountId>,
    actor: Actor<'_>,
) -> sqlx::Result<Renewed> {
    let mut tx = site.db.begin_locked(&invitations::renew_lock_keys(id)).await?;
    let renewed = invitations::renew_in(&mut tx, site, id, lifetime, account, actor).await?;
    if let Renewed::Done(made) = &renewed {
        if by_email == ByEmail::Yes {
            outbox::invite(&mut tx, site, &made.invitation, actor).await?;
        }
        tx.commit().await?;
    }
    Ok(renewed)
}
