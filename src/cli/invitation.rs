//! Invitations from the command line: created, listed, revoked, given a new link, with or without a running site.

use serde_json::{Value, json};

use super::invitation_arguments::{InvitationCommand, NewInvitationArguments, RenewArguments};
use super::lookup::{failed, no_group_to_join, typed_group, typed_new_email, unread, when};
use super::output;
use super::serve::{site_of_command, small_runtime};
use super::{account_handle, handed_over};
use crate::base::config::{self, Flags};
use crate::base::rate_limit::RetryAfter;
use crate::base::{Refusal, Site, db};
use crate::features::invite::{self, ByEmail, Invited};
use crate::people::accounts::HandleSet;
use crate::people::groups::GroupName;
use crate::people::{Actor, Handle};
use crate::services::invitations::{
    self, CannotInvite, Invitation, InvitationId, InvitationState, MAX_OPEN, Made, NewInvitation, NotFree,
    Note, Renewed, Revoked,
};
use crate::web::Submission;

/// Who acts here.
const BY: Actor<'_> = Actor::CommandLine;
/// Rows read at once.
const PAGE: i64 = 500;

/// Runs the command.
pub(super) fn invitation(flags: &Flags, command: &InvitationCommand) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let site = site_of_command(&config, db::attach(&config.settings).await?)?;
        let done = dispatch(&site, config.is_reached_by_default(), command).await;
        site.db.close().await;
        done
    })
}

async fn dispatch(site: &Site, only_here: bool, command: &InvitationCommand) -> Result<(), Refusal> {
    match command {
        InvitationCommand::Add(typed) => add(site, only_here, typed).await,
        InvitationCommand::List { json } => list(site, *json).await,
        InvitationCommand::Revoke { id } => revoke(site, id).await,
        InvitationCommand::Renew(typed) => renew(site, only_here, typed).await,
    }
}

async fn add(site: &Site, only_here: bool, typed: &NewInvitationArguments) -> Result<(), Refusal> {
    let by_email = by_email(site, typed.mail)?;
    let note = typed.note.as_deref().unwrap_or_default();
    let new = NewInvitation {
        email: typed.email.as_deref().map(typed_new_email).transpose()?,
        groups: typed.groups.iter().map(|name| typed_group(name)).collect::<Result<_, _>>()?,
        handle: typed.handle.as_deref().map(|typed| account_handle::parsed(site, typed)).transpose()?,
        uses: typed.uses,
        lifetime: typed.lifetime,
        note: Note::parse(note)
            .ok_or_else(|| Refusal::new(format!("{note:?} cannot be a note. {}", Note::RULE)))?,
        created_by_account: None,
    };
    let made = invite::invite(site, &new, by_email, BY, |_| Submission::none()).await;
    match made.map_err(failed)? {
        Invited::Done(made, _) => {
            print(site, only_here, &made, typed.json);
            Ok(())
        }
        Invited::Refused(CannotInvite::OnlyOnce) => {
            Err(Refusal::new("An invitation for one address can be used once. Leave out --uses or --email."))
        }
        Invited::Refused(CannotInvite::HandleOnce) => Err(Refusal::new(
            "An invitation with a handle can be used once, since no two accounts have the same. Leave out --uses or \
             --handle.",
        )),
        Invited::Refused(CannotInvite::Handle(handle, why)) => Err(not_free(site, &handle, why)),
        Invited::Refused(CannotInvite::NoGroup(name)) => Err(no_group_to_join(site, &name).await),
        Invited::Refused(CannotInvite::TooMany) => Err(too_many(site)),
        Invited::Wait(wait) => Err(too_early(site, &wait)),
    }
}

async fn list(site: &Site, json: bool) -> Result<(), Refusal> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let page = invitations::newest(site, last.as_ref(), PAGE).await.map_err(unread)?;
        let Some(oldest) = page.last() else { break };
        last = Some(oldest.id.clone());
        all.extend(page);
    }
    if json {
        output::line(all.iter().map(|invitation| as_json(site, invitation)).collect::<Value>());
        return Ok(());
    }
    for invitation in &all {
        output::line(row(site, invitation));
    }
    if all.is_empty() {
        output::line("There are no invitations.");
    }
    Ok(())
}

async fn revoke(site: &Site, id: &str) -> Result<(), Refusal> {
    let id = typed_id(site, id)?;
    match invitations::revoke(site, &id, None, BY).await.map_err(failed)? {
        Revoked::Done => {
            output::line("Revoked the invitation: its link no longer works. Accounts that used it stay.");
            Ok(())
        }
        Revoked::Over => Err(Refusal::new("This invitation is already over.")),
        Revoked::NotFound => Err(none(site, id.as_str())),
    }
}

async fn renew(site: &Site, only_here: bool, typed: &RenewArguments) -> Result<(), Refusal> {
    let (id, by_email) = (typed_id(site, &typed.id)?, by_email(site, typed.mail)?);
    if typed.mail {
        let found = invitations::find(site, &id).await.map_err(unread)?;
        if found.ok_or_else(|| none(site, id.as_str()))?.email.is_none() {
            return Err(Refusal::new(
                "This invitation is for no address, so there is none to email it to. Leave out --mail and hand the \
                 link over.",
            ));
        }
    }
    let what = (&id, typed.lifetime);
    let renewed = invite::renew(site, what, by_email, BY, &Submission::none()).await.map_err(failed)?;
    match renewed.map_err(|wait| too_early(site, &wait))? {
        Renewed::Done(made) => {
            print(site, only_here, &made, typed.json);
            Ok(())
        }
        Renewed::UsedUp => Err(Refusal::new(format!(
            "This invitation is used up. Create another one: {} invitation add",
            site.settings.program.name
        ))),
        Renewed::TooMany => Err(too_many(site)),
        Renewed::NoHandle(handle, _) => Err(Refusal::new(format!(
            "The handle {handle} of this invitation is not free any more. Create another one: {} invitation add",
            site.settings.program.name
        ))),
        Renewed::NotFound => Err(none(site, id.as_str())),
    }
}

/// Prints the link of an invitation. It is printed once: the database has only a hash of it.
fn print(site: &Site, only_here: bool, made: &Made, json: bool) {
    let (invitation, link) = (&made.invitation, made.address(site));
    if json {
        handed_over::warn(site, only_here);
        let mut all = as_json(site, invitation);
        if let Value::Object(all) = &mut all {
            all.insert("link".to_owned(), link.into());
        }
        output::line(all);
        return;
    }
    let words = format!(
        "The link works {}, until {}. To take it back: {} invitation revoke {}",
        times(invitation.uses_left),
        when(invitation.ends_at),
        site.settings.program.name,
        invitation.id
    );
    handed_over::link(site, only_here, &link, &words);
}

/// An invitation on one line, with what matters about it.
fn row(site: &Site, invitation: &Invitation) -> String {
    let Invitation { id, email, groups, handle, uses_left, used, ends_at, created_at, note, .. } = invitation;
    let state = match invitation.state(site.clock.now()) {
        InvitationState::Open => format!("works {} until {}", times(*uses_left), when(*ends_at)),
        InvitationState::UsedUp => "used up".to_owned(),
        // It has not ended.
        InvitationState::Over if *ends_at > site.clock.now() => {
            "over: the administrator who created it has lost their rights".to_owned()
        }
        InvitationState::Over => format!("over since {}", when(*ends_at)),
    };
    let names: Vec<_> = groups.iter().map(GroupName::as_str).collect();
    let more = [
        (*used > 0).then(|| format!("used {}", times(*used))),
        email.as_ref().map(|email| format!("for {email}")),
        (!names.is_empty()).then(|| format!("into {}", names.join(", "))),
        handle.as_ref().map(|handle| format!("with the handle {handle}")),
        (!note.as_str().is_empty()).then(|| format!("({})", note.as_str())),
    ];
    let more: String = more.into_iter().flatten().map(|part| format!("  {part}")).collect();
    format!("{}  {id}  {state}{more}", when(*created_at))
}

fn as_json(site: &Site, invitation: &Invitation) -> Value {
    json!({
        "id": invitation.id.as_str(),
        "state": invitation.state(site.clock.now()).code(),
        "email": invitation.email,
        "groups": invitation.groups.iter().map(GroupName::as_str).collect::<Vec<_>>(),
        "handle": invitation.handle,
        "uses_left": invitation.uses_left,
        "used": invitation.used,
        "ends_at": when(invitation.ends_at),
        "created_at": when(invitation.created_at),
        "created_by": invitation.created_by.code(),
        "note": invitation.note.as_str(),
    })
}

/// A number of uses, for people.
fn times(number: i64) -> String {
    match number {
        1 => "once".to_owned(),
        number => format!("{number} times"),
    }
}

/// The error for a handle that it cannot bring.
fn not_free(site: &Site, handle: &Handle, why: NotFree) -> Refusal {
    let promised = || {
        let program = site.settings.program.name;
        Refusal::new(format!(
            "Another invitation promises the handle {handle}. Choose another one, or revoke that invitation: `{program} \
             invitation list` lists it."
        ))
    };
    let refused = match why {
        NotFree::Taken => account_handle::refused(handle, HandleSet::Taken),
        NotFree::UsedBefore => account_handle::refused(handle, HandleSet::UsedBefore),
        NotFree::Promised => None,
    };
    refused.unwrap_or_else(promised)
}

/// Whether the link is emailed, which takes a site that sends emails.
fn by_email(site: &Site, typed: bool) -> Result<ByEmail, Refusal> {
    match (typed, site.mailer.is_on()) {
        (true, false) => Err(Refusal::new(
            "Email is off, since smtp_url is not set. Leave out --mail and hand the link over.",
        )),
        (true, true) => Ok(ByEmail::Yes),
        (false, _) => Ok(ByEmail::No),
    }
}

/// Parses a typed ID.
fn typed_id(site: &Site, typed: &str) -> Result<InvitationId, Refusal> {
    InvitationId::parse(typed).ok_or_else(|| none(site, typed))
}

/// The error for an ID that no invitation has.
fn none(site: &Site, typed: &str) -> Refusal {
    let program = site.settings.program.name;
    Refusal::new(format!(
        "There is no invitation with the ID {typed:?}. `{program} invitation list` lists all invitations."
    ))
}

/// The error if something is to wait.
fn too_early(site: &Site, wait: &RetryAfter) -> Refusal {
    Refusal::new(site.words.text(site.settings.language, &wait.sentence()))
}

/// The error if there are too many.
fn too_many(site: &Site) -> Refusal {
    let program = site.settings.program.name;
    Refusal::new(format!(
        "There are {MAX_OPEN} open invitations, and that is the most. Revoke some: `{program} invitation list` lists \
         them."
    ))
}
