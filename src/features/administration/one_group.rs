//! The page of a group: its members, by key; who joins it and leaves it; the end of it.

use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::accounts::{counted_sentence, part};
use super::app_view::{self, Audience};
use super::joining::{self, Joined};
use super::one_account::Answered;
use super::paging::{Asked, Place};
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::groups::{self, Admin, GroupName};
use crate::people::{AccountId, Actor, Email, Visit, accounts};
use crate::services::administration::{self, Listed, Only};
use crate::services::apps::{self, App};
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
    let address = paths::admin_group(group.name.as_str());
    match joining::join(&admin, &visit, (&account, &group.name), address).await? {
        Joined::Done(answer) => Ok(Ok(*answer)),
        Joined::Unproved => invalid(FormErrors::of("email", "admin-group-unconfirmed")).await,
        Joined::Member => invalid(FormErrors::of("email", "admin-group-member")).await,
        Joined::NoGroup => Ok(Err(Status::NotFound)),
    }
}

#[derive(FromForm)]
struct Leaving<'r> {
    account: &'r str,
}

#[post("/admin/groups/<name>/departures", data = "<post>")]
async fn leave(admin: Admin, name: &str, visit: Visit<'_>, post: Post<'_, Leaving<'_>>) -> Answered<Answer> {
    let Some(group) = found(visit.site, name).await? else { return Ok(Err(Status::NotFound)) };
    let Some(account) = post.fields().and_then(|fields| AccountId::parse(fields.account)) else {
        return Ok(Err(Status::BadRequest));
    };
    let address = paths::admin_group(group.name.as_str());
    joining::leave(&admin, &visit, (&account, &group.name), address).await.map(Ok)
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
    let submission = visit.leads(paths::ADMIN_GROUPS, Notice::AdminGroupDeleted);
    // One that is gone has been deleted before.
    groups::delete_by_form(site, &group.name, Actor::Administrator(&by), &submission).await?;
    Ok(Ok(submission.answer()))
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
    let all = apps::read(&site.db).await?;
    let naming: Vec<&App> = all.naming(&group.name).into_iter().map(AsRef::as_ref).collect();
    let context = json!({
        "group": { "name": group.name.as_str(), "title": title, "is_admins": group.name.is_admins() },
        "count": count.map(|count| layout.say(&counted_sentence(count))),
        "members": part.rows.iter().map(|account| row(admin, group, account)).collect::<Vec<_>>(),
        "apps": naming.iter().map(|app| app_row(app)).collect::<Vec<_>>(),
        "closes": closes(layout, &naming, &group.name),
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

fn app_row(app: &App) -> Value {
    json!({ "page": app_view::address(&app.name, &app.id), "title": app.title.as_str() })
}

/// What the deletion of the group does to the apps that name it: a group that is gone opens none of them.
fn closes(layout: &Layout<'_>, naming: &[&App], group: &GroupName) -> Vec<String> {
    let only_for_it = |app: &&&App| matches!(Audience::of(app), Audience::Groups([only]) if only == group);
    let nobody: Vec<&App> = naming.iter().filter(only_for_it).copied().collect();
    let sentence = |key: &'static str, apps: &[&App]| {
        let titles: Vec<&str> = apps.iter().map(|app| app.title.as_str()).collect();
        let count = i64::try_from(apps.len()).unwrap_or(i64::MAX);
        let sentence = Sentence::new(key).with("apps", titles.join(", ")).with("count", count);
        (!apps.is_empty()).then(|| layout.say(&sentence))
    };
    let said = [sentence("admin-group-apps-close", naming), sentence("admin-group-apps-nobody", &nobody)];
    said.into_iter().flatten().collect()
}
