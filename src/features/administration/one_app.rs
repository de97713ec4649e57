//! The page of an app: who may open it, what its proxy needs, what of it can be changed, and its end.

use rocket::http::Status;
use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::accounts::counted_sentence;
use super::app_form::{self, Fields, Typed};
use super::app_meanwhile;
use super::app_view::{self, Audience, found};
use super::group_words::GroupWords;
use super::one_account::Answered;
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::people::{Actor, Visit};
use crate::services::administration::{self, AppGroup};
use crate::services::apps::{
    self, App, AppChange, AppRevision, AppTitle, Changed, ChangedMeanwhile, SetDisabled,
};
use crate::web::moment;
use crate::web::{self, Answer, FormErrors, Notice, Page, Post};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![show, change, disable, enable]
}

#[get("/admin/apps/<name>")]
async fn show(_admin: Admin, name: &str, layout: Layout<'_>, site: &State<Site>) -> Answered<Page> {
    let app = match found(site, name).await? {
        Ok(app) => app,
        Err(status) => return Ok(Err(status)),
    };
    page(&layout, site, &app, &Typed::of(&app), FormErrors::none()).await.map(Ok)
}

#[post("/admin/apps/<name>/settings", data = "<post>")]
async fn change(
    admin: Admin,
    name: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Fields<'_>>,
) -> Answered<Answer> {
    let site = visit.site;
    let app = match found(site, name).await? {
        Ok(app) => app,
        Err(status) => return Ok(Err(status)),
    };
    let typed = Typed::sent(&post);
    let invalid = async |errors: FormErrors| {
        let page = page(&layout, site, &app, &typed, errors).await;
        page.map(|page| Ok(Answer::from(page)))
    };
    let fields = post.fields().filter(|fields| fields.name.is_none());
    let Some((fields, made_from)) = fields.and_then(|fields| fields.made_from.map(|made| (fields, made)))
    else {
        return invalid(FormErrors::not_whole()).await;
    };
    let change = match app_form::parsed(&fields, &GroupWords::read(&layout, site).await?, &app.named_groups())
    {
        Ok(change) => change,
        Err(errors) => return invalid(errors).await,
    };
    let title = change.title.clone().unwrap_or_else(|| AppTitle::of(&app.name));
    let change = AppChange { title: Some(title), ..change };
    let by = admin.acting_from(&visit.client);
    let (actor, change) = (Actor::Administrator(&by), (&change, &AppRevision::carried(made_from)));
    let submission = visit.leads(app_view::address(&app.name, &app.id), Notice::AdminAppChanged);
    match apps::change_by_form(site, &app.name, change, actor, &submission).await? {
        Ok(Changed::Done | Changed::Unchanged) => Ok(Ok(submission.answer())),
        Ok(Changed::NoApp) => Ok(Err(Status::NotFound)),
        Ok(Changed::Wrong(wrong)) => invalid(app_form::refused(&wrong)).await,
        Err(ChangedMeanwhile) => meanwhile(&layout, site, name, typed).await,
    }
}

/// The page as the app is now, with what was typed. Who sends it again has seen what it says now.
async fn meanwhile(layout: &Layout<'_>, site: &Site, name: &str, mut typed: Typed) -> Answered<Answer> {
    let app = match found(site, name).await? {
        Ok(app) => app,
        Err(status) => return Ok(Err(status)),
    };
    let errors = app_meanwhile::errors(site, &app, &typed).await?;
    typed.made_from = AppRevision::of(&app).as_str().to_owned();
    page(layout, site, &app, &typed, errors).await.map(|page| Ok(page.into()))
}

#[post("/admin/apps/<name>/disabling")]
async fn disable(admin: Admin, name: &str, visit: Visit<'_>) -> Answered<Answer> {
    set_disabled(&admin, name, &visit, true).await
}

#[post("/admin/apps/<name>/enabling")]
async fn enable(admin: Admin, name: &str, visit: Visit<'_>) -> Answered<Answer> {
    set_disabled(&admin, name, &visit, false).await
}

/// Disables the app of a page, or enables it again, and leads back to it. What is so already stays so.
async fn set_disabled(admin: &Admin, name: &str, visit: &Visit<'_>, disabled: bool) -> Answered<Answer> {
    let site = visit.site;
    let app = match found(site, name).await? {
        Ok(app) => app,
        Err(status) => return Ok(Err(status)),
    };
    let by = admin.acting_from(&visit.client);
    let notice = if disabled { Notice::AdminAppDisabled } else { Notice::AdminAppEnabled };
    let submission = visit.leads(app_view::address(&app.name, &app.id), notice);
    let actor = Actor::Administrator(&by);
    match apps::set_disabled_by_form(site, &app.name, disabled, actor, &submission).await? {
        SetDisabled::Done | SetDisabled::Unchanged => Ok(Ok(submission.answer())),
        SetDisabled::NoApp => Ok(Err(Status::NotFound)),
    }
}

/// The page, with what was typed into the form of what can be changed.
async fn page(
    layout: &Layout<'_>,
    site: &Site,
    app: &App,
    typed: &Typed,
    errors: FormErrors,
) -> web::Result<Page> {
    let groups = GroupWords::read(layout, site).await?;
    let mut context = typed.shown(&groups, &errors, "");
    context["app"] = shown(layout, site, &groups, app);
    context["audience"] = audience(layout, site, app).await?;
    let title = Sentence::new("admin-app-title").with("title", app.title.as_str());
    Ok(layout.page("admin_app.html", title, context).with_errors(errors))
}

/// The app, with its addresses and the commands about its proxy.
fn shown(layout: &Layout<'_>, site: &Site, groups: &GroupWords, app: &App) -> Value {
    let mut shown = app_view::shown(layout, groups, app);
    let program = site.settings.program.name;
    shown["origins"] = app.origins.iter().map(|origin| origin.as_str()).collect();
    shown["since"] = json!(app.disabled_at.map(|at| layout.say(&moment::date(at, site))));
    // Where the app listens, this site does not know: the port is that of the example.
    shown["snippet"] = format!("{program} app snippet {} nginx --app 127.0.0.1:3000", app.name).into();
    shown["parts"] = app_view::parts(layout, groups, app);
    shown["check"] = format!("{program} app check {}", app.name).into();
    shown["untrusted"] = json!(site.settings.trusted_proxies.0.is_empty().then(|| {
        let untrusted = Sentence::new("admin-app-proxy-untrusted");
        layout.say(&untrusted.with("example", "trusted_proxies = [\"127.0.0.1\", \"::1\"]"))
    }));
    shown
}

/// Who may open it: everyone, or the members of groups, each with their number.
async fn audience(layout: &Layout<'_>, site: &Site, app: &App) -> web::Result<Value> {
    let Audience::Groups(named) = Audience::of(app) else {
        let for_accounts = Audience::of(app) == Audience::Accounts;
        return Ok(json!({ "groups": null, "for_accounts": for_accounts }));
    };
    let count = administration::count_of_app(&site.db, &app.id, named.len()).await?;
    let groups = administration::groups_of_app(&site.db, &app.id).await?;
    let group = |AppGroup { name, title, members }: &AppGroup| {
        json!({
            "name": name.as_str(),
            "title": title.as_deref().map(|title| layout.group_title(name, title)),
            "members": layout.say(&counted_sentence(*members)),
        })
    };
    Ok(json!({
        "groups": groups.iter().map(group).collect::<Vec<_>>(),
        "count": layout.say(&counted_sentence(count)),
    }))
}
