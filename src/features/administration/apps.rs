//! The list of apps, by name. All of them are read, as for a proxy's question, and one page is shown.

use std::sync::Arc;

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::app_view;
use super::group_words::GroupWords;
use super::paging::{Asked, MOST, Part, Place};
use crate::base::Site;
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::services::apps::{self, App, AppName, Apps};
use crate::web::{self, Page, paths};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![index]
}

#[get("/admin/apps?<asked..>")]
async fn index(_admin: Admin, asked: Asked<'_>, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let all = apps::read(&site.db).await?;
    let part = part(&all, &asked.place(AppName::parse));
    let groups = GroupWords::read(&layout, site).await?;
    let rows: Vec<Value> = part.rows.iter().map(|app| app_view::shown(&layout, &groups, app)).collect();
    let context = json!({
        "apps": rows,
        "links": part.links(paths::ADMIN_APPS, |app| app.name.to_string()),
        "by_name": true,
    });
    Ok(layout.page("admin_apps.html", "admin-apps-title", context))
}

/// One page of the list, which is in the order of names: what follows is "older".
fn part(all: &Apps, place: &Place<AppName>) -> Part<Arc<App>> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    if let Place::NewerThan(than) = place {
        let before: Vec<Arc<App>> = all.iter().filter(|app| app.name < *than).cloned().collect();
        let nearest = before.len().saturating_sub(most);
        if let Some(part) = Part::newer(before[nearest..].to_vec()) {
            return part;
        }
    }
    let than = place.older_than();
    let is_after = |app: &&Arc<App>| than.is_none_or(|than| app.name > *than);
    Part::older(all.iter().filter(is_after).take(most).cloned().collect(), than.is_none())
}
