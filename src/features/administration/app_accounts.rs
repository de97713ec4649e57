//! Which accounts may open an app, newest first. Where everyone may, that is the list of accounts.

use rocket::response::Redirect;
use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::app_view::{self, Audience};
use super::group_words::GroupWords;
use super::one_account::Answered;
use super::paging::{Asked, MOST, Part, Place};
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::AccountId;
use crate::people::groups::Admin;
use crate::services::administration::{self, AppAccount};
use crate::services::apps::App;
use crate::web::{Answer, paths};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![index]
}

#[get("/admin/apps/<name>/accounts?<asked..>")]
async fn index(
    _admin: Admin,
    name: &str,
    asked: Asked<'_>,
    layout: Layout<'_>,
    site: &State<Site>,
) -> Answered<Answer> {
    let app = match app_view::found(site, name).await? {
        Ok(app) => app,
        Err(status) => return Ok(Err(status)),
    };
    if !matches!(Audience::of(&app), Audience::Groups(_)) {
        return Ok(Ok(Redirect::to(paths::ADMIN_ACCOUNTS).into()));
    }
    let part = part(site, &app, &asked.place(AccountId::parse)).await?;
    let list = format!("{}/accounts", app_view::address(&app.name, &app.id));
    let context = json!({
        "app": app_view::shown(&layout, &GroupWords::read(&layout, site).await?, &app),
        "accounts": part.rows.iter().map(row).collect::<Vec<_>>(),
        "links": part.links(&list, |account| account.id.to_string()),
    });
    let title = Sentence::new("admin-app-accounts-title").with("title", app.title.as_str());
    Ok(Ok(layout.page("admin_app_accounts.html", title, context).into()))
}

/// One page of the list.
async fn part(site: &Site, app: &App, place: &Place<AccountId>) -> sqlx::Result<Part<AppAccount>> {
    if let Place::NewerThan(than) = place {
        let newer = administration::newer_accounts_of_app(&site.db, &app.id, than, MOST).await?;
        if let Some(part) = Part::newer(newer) {
            return Ok(part);
        }
    }
    let than = place.older_than();
    let older = administration::accounts_of_app(&site.db, &app.id, than, MOST).await?;
    Ok(Part::older(older, than.is_none()))
}

fn row(account: &AppAccount) -> Value {
    json!({
        "id": account.id.as_str(),
        "name": account.name,
        "email": account.email.shown(),
        "disabled": account.disabled,
    })
}
