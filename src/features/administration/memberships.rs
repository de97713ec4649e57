//! The forms on the page of an account that put it into a group, and take it out. The page of a group has the same for
//! accounts: these are for those who have the account before them.

use rocket::http::Status;
use rocket::{FromForm, Route, post, routes};

use super::done::done;
use super::one_account::{Answered, Typed, back, found, page};
use crate::base::Sentence;
use crate::layout::Layout;
use crate::people::groups::{self, Added, Admin, GroupName, Removed};
use crate::people::{Actor, Visit, accounts};
use crate::web::{Answer, FormErrors, Notice, Post, paths};

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
    // A stranger may have signed up with the address of the person who is meant: the page has no such form then.
    let is_unproved = site.mailer.is_on() && account.confirmed_at.is_none();
    if is_unproved && !accounts::awaits_first_password(site.db.reader(), &account.id).await? {
        return invalid(FormErrors::about_all("admin-membership-unconfirmed")).await;
    }
    let by = admin.acting_from(&visit.client);
    match groups::add(site, &name, &account.id, Actor::Administrator(&by)).await? {
        Added::Done => {
            let submission = visit.leads(paths::admin_account(account.id.as_str()), Notice::AdminGroupJoined);
            done(site, &admin, submission).await.map(Ok)
        }
        Added::Unchanged => invalid(FormErrors::of("group", "admin-group-member")).await,
        Added::NoGroup => invalid(FormErrors::of("group", no_group())).await,
    }
}

#[post("/admin/accounts/<id>/departures", data = "<post>")]
async fn leave(admin: Admin, id: &str, visit: Visit<'_>, post: Post<'_, Chosen<'_>>) -> Answered<Answer> {
    let site = visit.site;
    let Some(account) = found(site, id).await? else { return Ok(Err(Status::NotFound)) };
    let Some(name) = post.fields().and_then(|fields| GroupName::parse(fields.group)) else {
        return Ok(Err(Status::BadRequest));
    };
    // They would be refused the next page; another administrator can remove them.
    if name.is_admins() && account.id == admin.id {
        return Ok(Ok(back(&account, Notice::AdminOwnMembership)));
    }
    let by = admin.acting_from(&visit.client);
    match groups::remove(site, &name, &account.id, Actor::Administrator(&by)).await? {
        // One that is not in the group has been removed before: it is as it was meant.
        Removed::Done | Removed::Unchanged => {
            let submission = visit.leads(paths::admin_account(account.id.as_str()), Notice::AdminGroupLeft);
            done(site, &admin, submission).await.map(Ok)
        }
        Removed::LastAdmin => Ok(Ok(back(&account, Notice::AdminLast))),
    }
}
