//! The page of an invitation: its link, once; who used it; a new link, and the end of it.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::group_words::GroupWords;
use super::one_account::Answered;
use super::{invitations as list, new_invitation, shown_link};
use crate::base::qr::QrSvg;
use crate::base::{Sentence, Site};
use crate::features::invite::{self, ByEmail};
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::people::{AccountId, Actor, Visit, accounts};
use crate::services::invitations::{self, Invitation, InvitationId, InvitationState, Renewed, Revoked};
use crate::web::moment::Moment;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![show, renew, revoke]
}

/// Accounts on one page.
const PAGE: usize = 50;

#[get("/admin/invitations/<id>?<after>")]
async fn show(
    admin: Admin,
    id: &str,
    after: Option<&str>,
    layout: Layout<'_>,
    cookies: Cookies<'_>,
    site: &State<Site>,
) -> Answered<Page> {
    let Some(invitation) = found(site, id).await? else { return Ok(Err(Status::NotFound)) };
    let link = shown_link::take(&admin, invitation.id.as_str(), cookies);
    // For the camera of a phone.
    let qr = link.as_ref().and_then(|link| QrSvg::draw(&link.address).ok());
    let page = page(&layout, site, &invitation, after, FormErrors::none()).await?;
    let page = page.with("link", link.map(|link| link.address));
    Ok(Ok(page.with("qr", qr.map(|qr| qr.reveal().to_owned()))))
}

#[derive(FromForm)]
struct Renewal<'r> {
    lasts: &'r str,
    /// Ticked if the link is emailed as well.
    mail: Option<&'r str>,
}

/// Makes a new link. A double click makes one; later the form makes another, for those who have lost the first, since its
/// page shows it once.
#[post("/admin/invitations/<id>/links", data = "<post>")]
async fn renew(
    admin: Admin,
    id: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Renewal<'_>>,
) -> Answered<Answer> {
    let site = visit.site;
    let Some(invitation) = found(site, id).await? else { return Ok(Err(Status::NotFound)) };
    let fields = post.fields();
    let chosen =
        fields.as_ref().and_then(|fields| Some((new_invitation::lifetime(fields.lasts)?, fields.mail)));
    let invalid = async |errors: FormErrors| {
        let page = page(&layout, site, &invitation, None, errors).await;
        page.map(|page| Ok(Answer::from(page)))
    };
    let Some((lifetime, mail)) = chosen else { return invalid(FormErrors::not_whole()).await };
    let by_email = if mail.is_some() { ByEmail::Yes } else { ByEmail::No };
    let by = admin.acting_from(&visit.client);
    let (what, actor) = ((&invitation.id, lifetime), Actor::Administrator(&by));
    let address = paths::admin_invitation(invitation.id.as_str());
    let submission = shown_link::submission(&visit, address, Notice::AdminInvitationRenewed);
    match invite::renew(site, what, by_email, actor, &submission).await? {
        Ok(Renewed::Done(made)) => {
            let link = new_invitation::handed_over(site, &made);
            shown_link::keep(&admin, invitation.id.as_str(), &link, visit.cookies);
            Ok(Ok(submission.answer()))
        }
        // Since the page was shown.
        Ok(Renewed::UsedUp) => Ok(Ok(back(&invitation.id, Notice::AdminInvitationOver))),
        Ok(Renewed::TooMany) => invalid(FormErrors::about_all(new_invitation::too_many())).await,
        Ok(Renewed::NoHandle(handle, _)) => {
            let gone = Sentence::new("admin-invitation-handle-gone").with("handle", handle.as_str());
            invalid(FormErrors::about_all(gone)).await
        }
        Ok(Renewed::NotFound) => Ok(Err(Status::NotFound)),
        Err(wait) => invalid(FormErrors::wait(wait)).await,
    }
}

#[post("/admin/invitations/<id>/revocation")]
async fn revoke(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    let site = visit.site;
    let Some(id) = InvitationId::parse(id) else { return Ok(Err(Status::NotFound)) };
    let by = admin.acting_from(&visit.client);
    let submission = visit.leads(paths::admin_invitation(id.as_str()), Notice::AdminInvitationRevoked);
    let actor = Actor::Administrator(&by);
    Ok(Ok(match invitations::revoke_by_form(site, &id, Some(&admin.id), actor, &submission).await? {
        Revoked::Done => submission.answer(),
        Revoked::Over => back(&id, Notice::AdminInvitationOver),
        Revoked::NotFound => return Ok(Err(Status::NotFound)),
    }))
}

/// The invitation of a page.
async fn found(site: &Site, id: &str) -> web::Result<Option<Invitation>> {
    let Some(id) = InvitationId::parse(id) else { return Ok(None) };
    Ok(invitations::find(site, &id).await?)
}

/// Back to the page of an invitation.
fn back(id: &InvitationId, notice: Notice) -> Answer {
    notice.after(Redirect::to(paths::admin_invitation(id.as_str()))).into()
}

/// The page, without the link.
async fn page(
    layout: &Layout<'_>,
    site: &Site,
    invitation: &Invitation,
    after: Option<&str>,
    errors: FormErrors,
) -> web::Result<Page> {
    let after = after.and_then(AccountId::parse);
    let after = after.as_ref().map_or("", AccountId::as_str);
    let one_more = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut accounts = invitations::accounts_of(site, &invitation.id, after, one_more).await?;
    let has_more = accounts.len() > PAGE;
    accounts.truncate(PAGE);
    let address = paths::admin_invitation(invitation.id.as_str());
    let last = accounts.last().filter(|_| has_more);
    let recent = |at| Moment::recent(at, site, layout.language());
    let used_by: Vec<Value> = accounts
        .iter()
        .map(|used| {
            json!({
                "id": used.account.as_str(),
                "name": used.name,
                "email": used.email.shown(),
                "at": recent(used.used_at),
            })
        })
        .collect();
    let context = json!({
        "invitation": list::shown(layout, site, invitation, &GroupWords::read(layout, site).await?),
        "by": made_by(site, invitation).await?,
        // One that ended can be opened again, one that is used up cannot.
        "renewable": invitation.state(site.clock.now()) != InvitationState::UsedUp,
        "lasts": new_invitation::lasts(layout, ""),
        "used_by": used_by,
        "first": (!after.is_empty()).then(|| address.clone()),
        "more": last.map(|last| format!("{address}?after={}", last.account.as_str())),
    });
    let page = layout.page("admin_invitation.html", "admin-invitation-title", context);
    Ok(page.with_errors(errors))
}

/// The administrator who made it, if it was one whose account still exists.
async fn made_by(site: &Site, invitation: &Invitation) -> sqlx::Result<Option<Value>> {
    let Some(id) = &invitation.created_by_account else { return Ok(None) };
    let account = accounts::by_id(&site.db, id).await?;
    Ok(account.map(|account| json!({ "id": account.id.as_str(), "name": account.name })))
}
