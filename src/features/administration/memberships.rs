//! The forms on the page of an account that put it into a group, and take it out. The page of a group has the same for
//! accounts: these are for those who have the account before them.

use rocket::http::Status;
use rocket::{FromForm, Route, post, routes};

use super::joining::{self, Joined};
use super::one_account::{Answered, Typed, found, page};
use crate::base::Sentence;
use crate::layout::Layout;
use crate::people::Visit;
use crate::people::groups::{Admin, GroupName};
use crate::web::{Answer, FormErrors, Post, paths};

/// Their routes.
pub(super) fn routes() -> Vec<Route> {
    routes![join, leave]
}

#[derive(FromForm)]
struct Chosen<'r> {
    /// The name of a group; empty if none was chosen.
    group: &'r str,
}

#[post("/admin/accounts/<id>/memberships", data = "<post>")]
async fn join(
    admin: Admin,
    id: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Chosen<'_>>,
) -> Answered<Answer> {
    let site = visit.site;
    let Some(account) = found(site, id).await? else { return Ok(Err(Status::NotFound)) };
    let invalid = async |errors: FormErrors| {
        let typed = Typed { errors, ..Typed::default() };
        let page = page(&layout, site, &admin, &account, typed).await;
        page.map(|page| Ok(Answer::from(page)))
    };
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let no_group = || Sentence::new("admin-new-no-group").with("group", fields.group);
    if fields.group.is_empty() {
        return invalid(FormErrors::of("group", "admin-membership-none")).await;
    }
    let Some(name) = GroupName::parse(fields.group) else {
        return invalid(FormErrors::of("group", no_group())).await;
    };
    let page = paths::admin_account(account.id.as_str());
    match joining::join(&admin, &visit, (&account, &name), page).await? {
        Joined::Done(answer) => Ok(Ok(*answer)),
        // The page has no such form then.
        Joined::Unproved => invalid(FormErrors::about_all("admin-membership-unconfirmed")).await,
        Joined::Member => invalid(FormErrors::of("group", "admin-group-member")).await,
        Joined::NoGroup => invalid(FormErrors::of("group", no_group())).await,
    }
}

#[post("/admin/accounts/<id>/departures", data = "<post>")]
async fn leave(admin: Admin, id: &str, visit: Visit<'_>, post: Post<'_, Chosen<'_>>) -> Answered<Answer> {
    let Some(account) = found(visit.site, id).await? else { return Ok(Err(Status::NotFound)) };
    let Some(name) = post.fields().and_then(|fields| GroupName::parse(fields.group)) else {
        return Ok(Err(Status::BadRequest));
    };
    let page = paths::admin_account(account.id.as_str());
    joining::leave(&admin, &visit, (&account.id, &name), page).await.map(Ok)
}
