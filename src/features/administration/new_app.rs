//! A new app. The page after it has the command that prints the lines for the proxy.

use rocket::{Route, State, get, post, routes};

use super::app_form::{self, Fields, Typed};
use super::app_view;
use super::group_words::GroupWords;
use crate::base::Site;
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::people::{Actor, Visit};
use crate::services::apps::{self, AppId, AppName, Created, NewApp};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![new, create]
}

#[get("/admin/apps/new")]
async fn new(_admin: Admin, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    form(&layout, site, &Typed::nothing(), FormErrors::none()).await
}

#[post("/admin/apps/new", data = "<post>")]
async fn create(
    admin: Admin,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Fields<'_>>,
) -> web::Result<Answer> {
    let site = visit.site;
    let typed = Typed::sent(&post);
    let invalid = async |errors: FormErrors| form(&layout, site, &typed, errors).await.map(Answer::from);
    let fields = post.fields();
    let Some((fields, name)) = fields.and_then(|fields| fields.name.map(|name| (fields, name))) else {
        return invalid(FormErrors::not_whole()).await;
    };
    let parsed = app_form::parsed(&fields, &GroupWords::read(&layout, site).await?, &[]);
    let (name, change) = match (AppName::parse(name), parsed) {
        (Some(name), Ok(change)) => (name, change),
        (name, parsed) => {
            let wrong = name.is_none().then_some("admin-group-name-wrong");
            return invalid(parsed.err().unwrap_or_default().and("name", wrong)).await;
        }
    };
    let app = NewApp::of(name).with(&change);
    let by = admin.acting_from(&visit.client);
    let leads = |id: &AppId| visit.leads(app_view::address(&app.name, id), Notice::AdminAppCreated);
    match apps::create_by_form(site, &app, Actor::Administrator(&by), leads).await? {
        Created::Done(id) => Ok(leads(&id).answer()),
        Created::NameTaken => invalid(FormErrors::of("name", "admin-app-taken")).await,
        Created::Wrong(wrong) => invalid(app_form::refused(&wrong)).await,
    }
}

/// The page, with what was typed.
async fn form(layout: &Layout<'_>, site: &Site, typed: &Typed, errors: FormErrors) -> web::Result<Page> {
    let context = typed.shown(&GroupWords::read(layout, site).await?, &errors, "name");
    Ok(layout.page("admin_new_app.html", "admin-new-app-title", context).with_errors(errors))
}
