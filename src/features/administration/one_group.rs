//! The page of a group: its members, by key; who joins it and leaves it; the end of it.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::accounts::{counted_sentence, part};
use super::done::done;
use super::one_account::Answered;
use super::paging::{Asked, Place};
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::groups::{self, Added, Admin, GroupName, Removed};
use crate::people::{AccountId, Actor, Email, Visit, accounts};
use crate::services::administration::{self, Listed, Only};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![show, join, leave, delete]
}

#[get("/admin/groups/<name>?<asked..>")]
async fn show(
    admin: Admin,
    name: &str,
    asked: Asked<'_>,
    layout: Layout<'_>,
    site: &State<Site>,
) -> Answered<Page> {
    let Some(group) = found(site, name).await? else { return Ok(Err(Status::NotFound)) };
    page(&layout, site, &admin, &group, &asked.place(AccountId::parse), Typed::default()).await.map(Ok)
}

#[derive(FromForm)]
struct Joining<'r> {
    email: &'r str,
}

#[post("/admin/groups/<name>/members", data = "<post>")]
async fn join(
    admin: Admin,
    name: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Joining<'_>>,
) -> Answered<Answer> {
    let site = visit.site;
    let Some(group) = found(site, name).await? else { return Ok(Err(Status::NotFound)) };
    let typed = post.typed("email");
    let invalid = async |errors: FormErrors| {
        let typed = Typed { email: &typed, errors, ..Typed::default() };
        let page = page(&layout, site, &admin, &group, &Place::Newest, typed).await;
        page.map(|page| Ok(Answer::from(page)))
    };
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let Some(email) = Email::parse(fields.email) else {
        return invalid(FormErrors::of("email", Email::advice(fields.email))).await;
    };
    let Some(account) = accounts::by_email(&site.db, &email).await? else {
        return invalid(FormErrors::of("email", "admin-group-no-account")).await;
    };
    // A stranger may have signed up with the address of the person who is meant.
    if site.mailer.is_on() && account.confirmed_at.is_none() {
        return invalid(FormErrors::of("email", "admin-group-unconfirmed")).await;
    }
    let by = admin.acting_from(&visit.client);
    match groups::add(site, &group.name, &account.id, Actor::Administrator(&by)).await? {
        Added::Done => {
            let submission = visit.leads(paths::admin_group(group.name.as_str()), Notice::AdminGroupJoined);
            done(site, &admin, submission).await.map(Ok)
        }
        Added::Unchanged => invalid(FormErrors::of("email", "admin-group-member")).await,
        Added::NoGroup => Ok(Err(Status::NotFound)),
    }
}

#[derive(FromForm)]
struct Leaving<'r> {
    account: &'r str,
}

#[post("/admin/groups/<name>/departures", data = "<post>")]
async fn leave(admin: Admin, name: &str, visit: Visit<'_>, post: Post<'_, Leaving<'_>>) -> Answered<Answer> {
    let site = visit.site;
    let Some(group) = found(site, name).await? else { return Ok(Err(Status::NotFound)) };
    let Some(account) = post.fields().and_then(|fields| AccountId::parse(fields.account)) else {
        return Ok(Err(Status::BadRequest));
    };
    // They would be refused the next page; another administrator can remove them.
    if group.name.is_admins() && account == admin.id {
        return Ok(Ok(back(&group.name, Notice::AdminOwnMembership)));
    }
    let by = admin.acting_from(&visit.client);
    match groups::remove(site, &group.name, &account, Actor::Administrator(&by)).await? {
        // One who is no member has been removed before: it is as it was meant.
        Removed::Done | Removed::Unchanged => {
            let submission = visit.leads(paths::admin_group(group.name.as_str()), Notice::AdminGroupLeft);
            done(site, &admin, submission).await.map(Ok)
        }
        Removed::LastAdmin => Ok(Ok(back(&group.name, Notice::AdminLast))),
    }
}

#[derive(FromForm)]
struct Deletion<'r> {
    confirmation: &'r str,
}

#[post("/admin/groups/<name>/deletion", data = "<post>")]
async fn delete(
    admin: Admin,
    name: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Deletion<'_>>,
) -> Answered<Answer> {
    let site = visit.site;
    let Some(group) = found(site, name).await? else { return Ok(Err(Status::NotFound)) };
    if group.name.is_admins() {
        return Ok(Err(Status::NotFound)); // its page has no such form
    }
    let typed = post.typed("confirmation");
    let errors = match post.fields() {
        None => FormErrors::not_whole(),
        Some(fields) if fields.confirmation.trim() == group.name.as_str() => FormErrors::none(),
        Some(_) => FormErrors::of("confirmation", "admin-group-not-its-name"),
    };
    if !errors.is_empty() {
        let typed = Typed { confirmation: &typed, errors, ..Typed::default() };
        let page = page(&layout, site, &admin, &group, &Place::Newest, typed).await?;
        return Ok(Ok(page.into()));
    }
    let by = admin.acting_from(&visit.client);
    // One that is gone has been deleted before.
    groups::delete(site, &group.name, Actor::Administrator(&by)).await?;
    done(site, &admin, visit.leads(paths::ADMIN_GROUPS, Notice::AdminGroupDeleted)).await.map(Ok)
}

/// The group of a page.
struct Shown {
    name: GroupName,
    title: String,
}

/// The group with this name. Its members are not counted.
async fn found(site: &Site, name: &str) -> web::Result<Option<Shown>> {
    let Some(name) = GroupName::parse(name) else { return Ok(None) };
    let title = administration::group_title(&site.db, &name).await?;
    Ok(title.map(|title| Shown { name, title }))
}

/// Back to the page of a group, on which nothing is different.
fn back(name: &GroupName, notice: Notice) -> Answer {
    notice.after(Redirect::to(paths::admin_group(name.as_str()))).into()
}

/// What was typed into the forms of the page, and what was wrong.
#[derive(Default)]
struct Typed<'t> {
    email: &'t str,
    confirmation: &'t str,
    errors: FormErrors,
}

async fn page(
    layout: &Layout<'_>,
    site: &Site,
    admin: &Admin,
    group: &Shown,
    place: &Place<AccountId>,
    typed: Typed<'_>,
) -> web::Result<Page> {
    let Typed { email, confirmation, errors } = typed;
    let only = Only::Group(group.name.clone());
    let part = part(site, &only, place).await?;
    // Counting takes longer than listing: it is done once, on the page that is seen most.
    let count = match part.is_newest() {
        true => Some(administration::count(&site.db, &only, false).await?),
        false => None,
    };
    let title = layout.group_title(&group.name, &group.title);
    let context = json!({
        "group": { "name": group.name.as_str(), "title": title, "is_admins": group.name.is_admins() },
        "count": count.map(|count| layout.say(&counted_sentence(count))),
        "members": part.rows.iter().map(|account| row(admin, group, account)).collect::<Vec<_>>(),
        "links": part.links(&paths::admin_group(group.name.as_str()), |account| account.id.to_string()),
        "email": Email::shown_again(email),
        "confirmation": confirmation,
        "focus": errors.focus(&["email", "confirmation"], ""),
    });
    let title = Sentence::new("admin-group-title").with("title", title);
    Ok(layout.page("admin_group.html", title, context).with_errors(errors))
}

fn row(admin: &Admin, group: &Shown, account: &Listed) -> Value {
    json!({
        "id": account.id.as_str(),
        "name": account.name,
        "email": account.email.shown(),
        "disabled": account.disabled_at.is_some(),
        // An administrator is removed by another one.
        "stays": group.name.is_admins() && account.id == admin.id,
    })
}
