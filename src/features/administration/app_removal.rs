//! The question before an app is removed: what that does, in numbers.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::accounts::counted_sentence;
use super::app_view::{self, Audience, found};
use super::group_words::GroupWords;
use super::one_account::Answered;
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::people::{Actor, Visit};
use crate::services::administration::{self, COUNTED, Counted};
use crate::services::apps::{self, App};
use crate::web::{self, Answer, Notice, Page, paths};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![ask, remove]
}

#[get("/admin/apps/<name>/removal")]
async fn ask(_admin: Admin, name: &str, layout: Layout<'_>, site: &State<Site>) -> Answered<Page> {
    let app = match found(site, name).await? {
        Ok(app) => app,
        Err(status) => return Ok(Err(status)),
    };
    let groups = GroupWords::read(&layout, site).await?;
    let facts = [accounts(site, &groups, &app).await?, browsers(site, &app).await?, addresses(&app)];
    let context = json!({
        "app": app_view::shown(&layout, &groups, &app),
        "facts": facts.map(|fact| layout.say(&fact)),
    });
    let title = Sentence::new("admin-app-remove-title").with("title", app.title.as_str());
    Ok(Ok(layout.page("admin_app_removal.html", title, context)))
}

#[post("/admin/apps/<name>/removal")]
async fn remove(admin: Admin, name: &str, visit: Visit<'_>) -> Answered<Answer> {
    let site = visit.site;
    let app = match found(site, name).await? {
        Ok(app) => app,
        Err(status) => return Ok(Err(status)),
    };
    let by = admin.acting_from(&visit.client);
    let submission = visit.leads(paths::ADMIN_APPS, Notice::AdminAppRemoved);
    // One that is gone has been removed before.
    apps::delete_by_form(site, &app.name, Actor::Administrator(&by), &submission).await?;
    Ok(Ok(submission.answer()))
}

/// Who can open it no more.
async fn accounts(site: &Site, groups: &GroupWords, app: &App) -> web::Result<Sentence> {
    let who = match Audience::of(app) {
        Audience::Groups(named) => {
            counted_sentence(administration::count_of_app(&site.db, &app.id, named.len()).await?)
        }
        everyone => everyone.sentence(groups),
    };
    Ok(Sentence::new("admin-app-remove-accounts").with("who", who))
}

/// How many browsers are logged out of it at once.
async fn browsers(site: &Site, app: &App) -> web::Result<Sentence> {
    Ok(match administration::browsers_of_app(&site.db, &app.id).await? {
        Counted::Exactly(count) => Sentence::new("admin-app-remove-browsers").with("count", count),
        Counted::Many => Sentence::new("admin-app-remove-many-browsers").with("count", COUNTED),
    })
}

/// How many addresses its proxy closes.
fn addresses(app: &App) -> Sentence {
    let count = i64::try_from(app.origins.len()).unwrap_or(i64::MAX);
    Sentence::new("admin-app-remove-addresses").with("count", count)
}
