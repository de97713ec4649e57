//! What administrators and the operator did, newest first, for all accounts: who, to whom, from where, and what was
//! before and after.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::paging::{Asked, MOST, Part, Place};
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::audit::{self, Act, ActKey, Event, Told};
use crate::people::groups::Admin;
use crate::people::{AccountId, ActorKind, Name};
use crate::services::invitations::{self, InvitationId, Note};
use crate::web::moment::{self, Moment};
use crate::web::{self, Page, paths};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![index]
}

#[get("/admin/activity?<asked..>")]
async fn index(_admin: Admin, asked: Asked<'_>, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let part = part(site, &asked.place(ActKey::parse)).await?;
    let named: Vec<InvitationId> = part.rows.iter().filter_map(invitation_of).collect();
    let kept = invitations::kept(site, &named).await?;
    let days = part.rows.chunk_by(|one, next| moment::day(one.at(), site) == moment::day(next.at(), site));
    let days: Vec<Value> = days.filter_map(|acts| day(&layout, site, acts, &kept)).collect();
    let context = json!({
        "days": days,
        "first": part.is_newest(),
        "kept": site.settings.activity_kept.seconds() / 86_400,
        "links": part.links(paths::ADMIN_ACTIVITY, |act| act.key.to_string()),
    });
    Ok(layout.page("admin_activity.html", "admin-activity-title", context))
}

/// One page of the list.
async fn part(site: &Site, place: &Place<ActKey>) -> sqlx::Result<Part<Act>> {
    if let Place::NewerThan(than) = place
        && let Some(part) = Part::newer(audit::acts_after(site, than, MOST).await?)
    {
        return Ok(part);
    }
    let than = place.older_than();
    Ok(Part::older(audit::acts_before(site, than, MOST).await?, than.is_none()))
}

/// Invitations that are kept: they have a page, and a note says which one it is.
type Kept = [(InvitationId, Note)];

/// What was done on one day, newest first.
fn day(layout: &Layout<'_>, site: &Site, acts: &[Act], kept: &Kept) -> Option<Value> {
    let at = acts.first()?.at();
    let acts: Vec<Value> = acts.iter().map(|act| row(layout, site, act, kept)).collect();
    let heading = layout.say(&moment::heading(at, site));
    Some(json!({ "heading": heading, "day": moment::day(at, site), "acts": acts }))
}

fn row(layout: &Layout<'_>, site: &Site, act: &Act, kept: &Kept) -> Value {
    let person = |id: &AccountId, name: Option<&Name>| json!({ "id": id.as_str(), "name": name });
    let from =
        act.address.as_deref().map(|ip| act.browser.in_sentence(Sentence::new("place").with("ip", ip)));
    let told = act.detail.as_ref().map_or(Told::Nothing, |detail| detail.told(act.event));
    let invitation = invitation_of(act).and_then(|id| kept.iter().find(|(kept, _)| *kept == id));
    json!({
        "sentence": layout.say(&sentence(act)),
        "account": act.account.as_ref().map(|(id, name)| person(id, Some(name))),
        "who": act.administrator.as_ref().map(|(id, name)| person(id, name.as_ref())),
        "by_operator": act.actor == Some(ActorKind::CommandLine),
        "from": from.map(|from| layout.say(&from)),
        "told": about(told),
        "invitation": invitation.map(|(id, _)| id.as_str()),
        "note": invitation.map(|(_, note)| note.as_str()),
        "at": Moment::clock(act.at(), site, layout.language()),
    })
}

/// What stands below the sentence of an event: the thing it was about, the kind of an email, or before and after.
pub(super) fn about(told: Told<'_>) -> Value {
    match told {
        Told::Nothing => Value::Null,
        Told::About(thing) => json!({ "thing": thing }),
        Told::Email(kind) => json!({ "email": kind }),
        Told::Change(before, after) => json!({ "before": before, "after": after }),
    }
}

/// The invitation that an act was about.
fn invitation_of(act: &Act) -> Option<InvitationId> {
    if !matches!(act.event?, Event::InvitationMade | Event::InvitationRenewed | Event::InvitationRevoked) {
        return None;
    }
    match act.detail.as_ref()?.told(act.event) {
        Told::About(id) => InvitationId::parse(id),
        Told::Nothing | Told::Email(_) | Told::Change(..) => None,
    }
}

/// What was done, for someone who is not the owner of the account. What only owners do has their sentence.
fn sentence(act: &Act) -> Sentence {
    let Some(event) = act.event else {
        return act.sentence_of_app().unwrap_or_else(|| "event-unknown".into());
    };
    let key = match event {
        Event::SignedUp => "admin-did-signed-up",
        Event::Unlocked => "admin-did-unlocked",
        Event::DeviceEnded => "admin-did-device-ended",
        Event::AllEnded => "admin-did-all-ended",
        Event::PasswordChanged => "admin-did-password-changed",
        Event::ResetLinkMade => "admin-did-reset-link-made",
        Event::Confirmed => "admin-did-confirmed",
        Event::EmailChangeAsked => "admin-did-email-change-asked",
        Event::NameChanged => "admin-did-name-changed",
        Event::HandleChanged => "admin-did-handle-changed",
        Event::Disabled => "admin-did-disabled",
        Event::Enabled => "admin-did-enabled",
        Event::GroupCreated => "admin-did-group-created",
        Event::GroupDeleted => "admin-did-group-deleted",
        Event::GroupTitleChanged => "admin-did-group-title-changed",
        Event::GroupJoined => "admin-did-group-joined",
        Event::GroupLeft => "admin-did-group-left",
        Event::AppCreated => "admin-did-app-created",
        Event::AppChanged => "admin-did-app-changed",
        Event::AppDisabled => "admin-did-app-disabled",
        Event::AppEnabled => "admin-did-app-enabled",
        Event::AppDeleted => "admin-did-app-deleted",
        Event::FactorRemoved => "admin-did-factor-removed",
        Event::TwoFactorOff => "admin-did-two-factor-off",
        Event::RecoveryCodeMade => "admin-did-recovery-code-made",
        Event::InvitationMade => "admin-did-invitation-made",
        Event::InvitationRenewed => "admin-did-invitation-renewed",
        Event::InvitationRevoked => "admin-did-invitation-revoked",
        Event::EmailRetried => "admin-did-email-retried",
        Event::EmailDropped => "admin-did-email-dropped",
        Event::Deleted => "admin-did-deleted",
        other => return of_owner(other, act.actor),
    };
    key.into()
}

/// The sentence that the owner of the account reads.
fn of_owner(event: Event, actor: Option<ActorKind>) -> Sentence {
    let actor = actor.unwrap_or(ActorKind::CommandLine).code();
    let key = format!("event-{}", event.code().replace('_', "-"));
    Sentence::new(key).with("actor", actor).with("remembered", "no")
}
