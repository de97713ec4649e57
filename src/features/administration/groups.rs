//! The list of groups, by name, and a new one.

use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::accounts::counted_sentence;
use super::paging::{Asked, MOST, Part, Place};
use crate::base::Site;
use crate::layout::Layout;
use crate::people::groups::{self, Admin, GroupName, GroupTitle};
use crate::people::{Actor, Visit};
use crate::services::administration::{self, ListedGroup};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![index, create]
}

#[get("/admin/groups?<asked..>")]
async fn index(_admin: Admin, asked: Asked<'_>, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    page(&layout, site, &asked, ["", ""], FormErrors::none()).await
}

#[derive(FromForm)]
struct New<'r> {
    name: &'r str,
    /// What people call it; empty if that is its name.
    title: &'r str,
}

#[post("/admin/groups", data = "<post>")]
async fn create(
    admin: Admin,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, New<'_>>,
) -> web::Result<Answer> {
    let site = visit.site;
    let [name, title] = ["name", "title"].map(|field| post.typed(field));
    let invalid = async |errors: FormErrors| {
        page(&layout, site, &Asked::default(), [&name, &title], errors).await.map(Answer::from)
    };
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let parsed = GroupName::parse(fields.name);
    let given = match (&parsed, fields.title.trim()) {
        (Some(name), "") => Some(GroupTitle::of(name)),
        (None, "") => None,
        (_, typed) => GroupTitle::parse(typed),
    };
    let (Some(group), Some(given)) = (&parsed, &given) else {
        let of_title = given.is_none() && !fields.title.trim().is_empty();
        let errors = FormErrors::none()
            .and("name", parsed.is_none().then_some("admin-group-name-wrong"))
            .and("title", of_title.then_some("admin-group-title-wrong"));
        return invalid(errors).await;
    };
    let by = admin.acting_from(&visit.client);
    let submission = visit.leads(paths::admin_group(group.as_str()), Notice::AdminGroupCreated);
    if !groups::create_by_form(site, group, given, Actor::Administrator(&by), &submission).await? {
        return invalid(FormErrors::of("name", "admin-group-taken")).await;
    }
    Ok(submission.answer())
}

/// The page, with what was typed: name, title.
async fn page(
    layout: &Layout<'_>,
    site: &Site,
    asked: &Asked<'_>,
    [name, title]: [&str; 2],
    errors: FormErrors,
) -> web::Result<Page> {
    let part = part(site, &asked.place(GroupName::parse)).await?;
    // It has a row: someone who is in it has asked.
    let admins = match part.is_newest() {
        true => administration::group(&site.db, &GroupName::admins()).await?,
        false => None,
    };
    let rows: Vec<Value> = admins.iter().chain(&part.rows).map(|group| row(layout, group)).collect();
    let context = json!({
        "groups": rows,
        "links": part.links(paths::ADMIN_GROUPS, |group| group.name.to_string()),
        "by_name": true,
        "name": name,
        "title": title,
        "focus": errors.focus(&["name", "title"], ""),
    });
    Ok(layout.page("admin_groups.html", "admin-groups-title", context).with_errors(errors))
}

/// One page of the list, which is in the order of names: what follows is "older".
async fn part(site: &Site, place: &Place<GroupName>) -> sqlx::Result<Part<ListedGroup>> {
    if let Place::NewerThan(than) = place
        && let Some(part) = Part::newer(administration::groups_before(&site.db, than, MOST).await?)
    {
        return Ok(part);
    }
    let than = place.older_than();
    Ok(Part::older(administration::groups_after(&site.db, than, MOST).await?, than.is_none()))
}

fn row(layout: &Layout<'_>, group: &ListedGroup) -> Value {
    json!({
        "name": group.name.as_str(),
        "title": layout.group_title(&group.name, &group.title),
        "members": layout.say(&counted_sentence(group.members)),
    })
}
