//! The steps of a plan, taken in one transaction, in their order: groups, accounts, memberships, invitations, apps.

use super::hashes::Hashes;
use super::node::Mistake;
use super::steps::{Joining, Plan};
use super::stopped::Stopped;
use super::store;
use crate::base::{Site, Tx};
use crate::features::account_acts;
use crate::people::accounts::{self, AccountId, HandleSet, NewAccount};
use crate::people::audit::{self, Entry, Event};
use crate::people::groups::{self, AdminsBefore, GroupName};
use crate::people::{Actor, belongings};
use crate::services::invitations::{self, CannotInvite, InvitationId, MAX_OPEN, NewInvitation};
use crate::services::{links, outbox, passwords};
use crate::web::Error;

/// Who acts.
const BY: Actor<'_> = Actor::CommandLine;

/// What is known once all was done.
#[derive(Default)]
pub(super) struct Done {
    /// The accounts that were deleted.
    pub(super) gone: Vec<AccountId>,
    /// The invitations that were made and not emailed, with the places of their lines.
    pub(super) invited: Vec<(usize, InvitationId)>,
}

/// Takes all steps. `None` if something is not as it was when the plan was made: the transaction is then to
/// be dropped, and the plan to be made again.
pub(super) async fn execute(
    tx: &mut Tx,
    site: &Site,
    plan: &Plan<'_>,
    hashes: &Hashes,
) -> Result<Option<Done>, Stopped> {
    let admins = match plan.takes_admin {
        Some(at) => Some((at, AdminsBefore::read(tx, site).await?)),
        None => None,
    };
    groups(tx, site, plan).await?;
    let gone = change(tx, site, plan).await?;
    let Some(made) = make(tx, site, plan, hashes).await? else { return Ok(None) };
    if !give_handles(tx, site, plan, &made).await? {
        return Ok(None);
    }
    memberships(tx, site, plan, &made).await?;
    for (step, account) in plan.make.iter().zip(&made) {
        let told = belongings::made(tx, site, account).await;
        told.map_err(|error| of_app(step.declared.at, error))?;
    }
    let Some(invited) = invite(tx, site, plan).await? else { return Ok(None) };
    plan.apps.take(tx, site).await?;
    if let Some((at, admins)) = admins
        && !admins.keep_one(tx, site).await?
    {
        let told = "no administrator who can log in would be left. Make another one first.";
        return Err(Mistake::new(at, told).into());
    }
    Ok(Some(Done { gone, invited }))
}

/// An app that refuses an account is told at its place.
fn of_app(at: usize, error: Error) -> Stopped {
    match error {
        Error::Database(_) | Error::Busy => error.into(),
        error => Mistake::new(at, format!("the app refuses this: {error}.")).into(),
    }
}

async fn groups(tx: &mut Tx, site: &Site, plan: &Plan<'_>) -> sqlx::Result<()> {
    let now = site.clock.now();
    for (name, title) in &plan.make_groups {
        groups::create_in(tx, name, title, now).await?;
    }
    for (name, title) in &plan.retitle {
        groups::retitle_in(tx, name, title, now).await?;
    }
    for name in &plan.delete_groups {
        groups::delete_in(tx, name, now).await?;
    }
    if plan.join.iter().any(|(_, group)| group.is_admins()) {
        groups::ensure(tx, &GroupName::admins(), BY, now).await?;
    }
    Ok(())
}

/// Changes the accounts that were there. Returns those that are gone.
async fn change(tx: &mut Tx, site: &Site, plan: &Plan<'_>) -> Result<Vec<AccountId>, Stopped> {
    for taken in &plan.delete {
        let deleted = account_acts::delete_in(tx, site, (&taken.account, &taken.email), BY).await;
        deleted.map_err(|error| of_app(taken.at, error))?;
    }
    for taken in &plan.disable {
        account_acts::disable_in(tx, site, (&taken.account, &taken.email), BY).await?;
    }
    for account in &plan.enable {
        account_acts::enable_in(tx, site, account, BY).await?;
    }
    for (account, name) in &plan.rename {
        account_acts::rename_in(tx, site, (account, *name), BY).await?;
    }
    for (account, _) in &plan.set_password {
        let entry = Entry { event: Event::PasswordChanged, account: Some(account), actor: BY };
        entry.record_in(tx, None, site.clock.now()).await?;
    }
    Ok(plan.delete.iter().map(|taken| taken.account.clone()).collect())
}

/// Makes accounts, and gives passwords to them and to others. Returns the IDs of those that were made. `None`
/// if an address was taken, or a password set, in this moment.
async fn make(
    tx: &mut Tx,
    site: &Site,
    plan: &Plan<'_>,
    hashes: &Hashes,
) -> sqlx::Result<Option<Vec<AccountId>>> {
    let now = site.clock.now();
    let new = plan.make.iter().map(|step| NewAccount {
        email: &step.declared.email,
        name: step.name,
        is_disabled: step.is_disabled,
    });
    let new: Vec<NewAccount<'_>> = new.collect();
    let Some(made) = accounts::insert_confirmed(tx, &new, now).await? else { return Ok(None) };
    let keys: Vec<String> = new.iter().map(|account| account.email.key()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    if !links::reserved_among(tx, &keys, now).await?.is_empty() {
        return Ok(None);
    }
    let of_new = plan.make.iter().zip(&made).map(|(step, account)| (account, step.index));
    let of_others = plan.set_password.iter().map(|(account, index)| (account, *index));
    let stored = |(account, index): (_, usize)| Some((account, hashes.get(&index)?.as_str()));
    let stored: Vec<(&AccountId, &str)> = of_new.chain(of_others).filter_map(stored).collect();
    if !passwords::insert_many(tx, &stored, now).await? {
        return Ok(None);
    }
    let disabled = plan.make.iter().zip(&made).filter(|(step, _)| step.is_disabled);
    let disabled: Vec<AccountId> = disabled.map(|(_, account)| account.clone()).collect();
    for (event, accounts) in [(Event::SignedUp, made.clone()), (Event::Disabled, disabled)] {
        let of = accounts.into_iter().map(|account| (account, None)).collect();
        audit::record_many(tx, event, of, now).await?;
    }
    Ok(Some(made))
}

/// Gives handles to those that were there, and to those that were made. False if another account was given one of them
/// in this moment.
async fn give_handles(tx: &mut Tx, site: &Site, plan: &Plan<'_>, made: &[AccountId]) -> sqlx::Result<bool> {
    let of_others = plan.set_handle.iter().map(|(account, handle)| (account, *handle));
    let of_new = plan.make.iter().zip(made);
    let of_new = of_new.filter_map(|(step, account)| Some((account, step.declared.handle.as_ref()?)));
    for (account, handle) in of_others.chain(of_new) {
        let set = account_acts::set_handle_in(tx, site, account, Some(handle), BY).await?;
        if matches!(set, HandleSet::Taken | HandleSet::UsedBefore) {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn memberships(tx: &mut Tx, site: &Site, plan: &Plan<'_>, made: &[AccountId]) -> sqlx::Result<()> {
    let now = site.clock.now();
    for (account, group) in &plan.leave {
        groups::leave(tx, group, account, BY, now).await?;
    }
    let joining = plan.join.iter().filter_map(|(who, group)| {
        let account = match who {
            Joining::Found(account) => account,
            Joining::New(place) => made.get(*place)?,
        };
        Some((account.clone(), (*group).clone()))
    });
    groups::join_many(tx, joining.collect(), now).await
}

/// Takes invitations back, and makes others. `None` if an account was given the handle of one in this moment.
async fn invite(
    tx: &mut Tx,
    site: &Site,
    plan: &Plan<'_>,
) -> Result<Option<Vec<(usize, InvitationId)>>, Stopped> {
    for revoke in &plan.revoke {
        // One that is over or gone has nothing to be taken back.
        invitations::revoke_in(tx, site, &revoke.id, None, BY).await?;
        store::delete(tx, revoke.key).await?;
    }
    let mut invited = Vec::new();
    for (line, declared) in &plan.invite {
        let new = NewInvitation {
            email: declared.email.clone(),
            groups: declared.groups.iter().map(|named| named.name.clone()).collect(),
            handle: declared.handle.clone(),
            uses: declared.uses,
            lifetime: declared.lifetime,
            note: declared.note.clone(),
            created_by_account: None,
        };
        let made = match invitations::make_in(tx, site, &new, BY).await? {
            Ok(made) => made.invitation,
            Err(CannotInvite::Handle(..)) => return Ok(None),
            Err(why) => return Err(Mistake::new(declared.at, cannot_invite(&why)).into()),
        };
        store::insert(tx, &declared.key, &made.id, site.clock.now()).await?;
        if declared.mail {
            outbox::invite(tx, site, &made, BY).await?;
        } else {
            invited.push((*line, made.id));
        }
    }
    Ok(Some(invited))
}

fn cannot_invite(why: &CannotInvite) -> String {
    match why {
        CannotInvite::OnlyOnce => {
            "an invitation for one address can be used once: leave out uses.".to_owned()
        }
        CannotInvite::HandleOnce => {
            "an invitation with a handle can be used once: leave out uses.".to_owned()
        }
        CannotInvite::Handle(handle, _) => format!("the handle {handle} is not free."),
        CannotInvite::NoGroup(name) => format!("there is no group {name}."),
        CannotInvite::TooMany => {
            format!("there would be more open invitations than the limit of {MAX_OPEN}. Revoke some.")
        }
    }
}
