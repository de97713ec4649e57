//! The list of invitations, newest first: the open ones, and those that ended within 30 days.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::group_words::GroupWords;
use super::paging::{Asked, MOST, Part, Place};
use crate::base::Site;
use crate::layout::Layout;
use crate::people::Handle;
use crate::people::groups::Admin;
use crate::services::invitations::{self, Invitation, InvitationId};
use crate::web::moment::Moment;
use crate::web::{self, Page, paths};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![index]
}

#[get("/admin/invitations?<asked..>")]
async fn index(_admin: Admin, asked: Asked<'_>, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let part = part(site, &asked.place(InvitationId::parse)).await?;
    // Counted once, on the page that is seen most.
    let open = if part.is_newest() { Some(invitations::count_open(site).await?) } else { None };
    let groups = GroupWords::read(&layout, site).await?;
    let row = |invitation| shown(&layout, site, invitation, &groups);
    let rows: Vec<Value> = part.rows.iter().map(row).collect();
    let context = json!({
        "invitations": rows,
        "open": open,
        "links": part.links(paths::ADMIN_INVITATIONS, |invitation| invitation.id.to_string()),
    });
    Ok(layout.page("admin_invitations.html", "admin-invitations-title", context))
}

/// One page of the list.
async fn part(site: &Site, place: &Place<InvitationId>) -> sqlx::Result<Part<Invitation>> {
    if let Place::NewerThan(than) = place
        && let Some(part) = Part::newer(invitations::newer(site, than, MOST).await?)
    {
        return Ok(part);
    }
    let than = place.older_than();
    Ok(Part::older(invitations::newest(site, than, MOST).await?, than.is_none()))
}

/// An invitation, for this list and for its own page.
pub(super) fn shown(layout: &Layout<'_>, site: &Site, invitation: &Invitation, groups: &GroupWords) -> Value {
    let now = site.clock.now();
    json!({
        "id": invitation.id.as_str(),
        "note": invitation.note.as_str(),
        "email": invitation.email.as_ref().map(|email| email.shown()),
        "groups": groups.list(&invitation.groups),
        "handle": invitation.handle.as_ref().map(Handle::as_str),
        "state": invitation.state(now).code(),
        // It has not ended: the maker may not lead anyone into `admins` any more.
        "unbacked": !invitation.is_backed && invitation.ends_at > now,
        "left": invitation.uses_left,
        "used": invitation.used,
        "ends": Moment::recent(invitation.ends_at, site, layout.language()),
        "made": Moment::recent(invitation.created_at, site, layout.language()),
    })
}
