//! The first administrator is the first invitation. While no account in `admins` can log in, each start makes
//! a link into that group, in the place of the last start's. Only a terminal shows it, to those who started the
//! program: what is written to a file or a log is read by others, and later. So no one becomes an
//! administrator by being the first visitor.

use sqlx::{Any, Executor};

use crate::base::Site;
use crate::base::db::meta;
use crate::people::Actor;
use crate::people::groups::{self, GroupName};
use crate::services::invitations::{
    self, InvitationId, InvitationState, Lifetime, Made, NewInvitation, Note, Renewed,
};

/// Who acts here: the operator, who started the program.
const BY: Actor<'static> = Actor::CommandLine;
/// The name under which the database keeps the id of the last start's invitation.
const ROW: &str = "first_administrator";
/// What the list of invitations says about it.
const NOTE: &str = "First administrator";

/// How one becomes the first administrator.
#[derive(Debug)]
pub enum Offer {
    /// By this link, good once, for a day.
    Link(Box<Made>),
    /// By a link that a command makes.
    Command,
}

/// What a start says: how one becomes the first administrator. `None` if there is an administrator who can
/// log in. The link of the last start is over in any case. There is a new one only if it is shown to no one
/// but the operator, who started the program.
pub async fn offer(site: &Site, is_shown: bool) -> sqlx::Result<Option<Offer>> {
    let has_an_admin = groups::has_an_admin(site).await?;
    if is_shown && !has_an_admin {
        let made = link(site).await?;
        return Ok(Some(made.map_or(Offer::Command, Offer::Link)));
    }
    if let Some(id) = last(site.db.reader()).await? {
        invitations::revoke(site, &id, None, BY).await?;
    }
    Ok((!has_an_admin).then_some(Offer::Command))
}

/// Takes the link of the last start back once there is an administrator who can log in: those who read it later, on the
/// terminal, must not become one too.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let Some(id) = last(site.db.reader()).await? else { return Ok(()) };
    let found = invitations::find(site, &id).await?;
    let is_open = found.is_some_and(|found| found.state(site.clock.now()) == InvitationState::Open);
    if is_open && groups::has_an_admin(site).await? {
        invitations::revoke(site, &id, None, BY).await?;
    }
    Ok(())
}

/// Makes the link. `None` if as many invitations are open as may be.
async fn link(site: &Site) -> sqlx::Result<Option<Box<Made>>> {
    let new = NewInvitation {
        groups: vec![GroupName::admins()],
        lifetime: Lifetime::ONE_DAY,
        note: Note::parse(NOTE).unwrap_or_default(),
        ..NewInvitation::default()
    };
    loop {
        let before = last(site.db.reader()).await?;
        let mut keys = invitations::lock_keys(&new.groups);
        keys.extend(before.iter().flat_map(invitations::renew_lock_keys));
        let mut tx = site.db.begin_locked(&keys).await?;
        if last(&mut tx).await? != before {
            continue; // another instance starts at this moment
        }
        if let Some(id) = &before {
            match invitations::renew_in(&mut tx, site, id, new.lifetime, None, BY).await? {
                Renewed::Done(made) => {
                    tx.commit().await?;
                    return Ok(Some(made));
                }
                Renewed::TooMany => return Ok(None),
                // Its user is no administrator any more, or cannot log in.
                Renewed::UsedUp | Renewed::NoHandle(..) | Renewed::NotFound => {}
            }
        }
        let Ok(made) = invitations::make_in(&mut tx, site, &new, BY).await? else { return Ok(None) };
        meta::keep(&mut tx, ROW, made.invitation.id.as_str()).await?;
        tx.commit().await?;
        return Ok(Some(Box::new(made)));
    }
}

/// The invitation of the last start.
async fn last<'e>(executor: impl Executor<'e, Database = Any>) -> sqlx::Result<Option<InvitationId>> {
    let id = meta::value(executor, ROW).await?;
    Ok(id.as_deref().and_then(InvitationId::parse))
}
