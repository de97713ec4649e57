//! The page of browsers that cannot be let in, since a cookie of the app's host did not come back: it says which, and what to
//! do. It does not lead on, so that nothing goes round for ever. Strangers get it too, so it names the host, which is in
//! its own address, and not the app.

use rocket::http::Status;
use rocket::{Route, State, get, routes};
use serde_json::json;

use super::way::page_of;
use crate::base::Site;
use crate::layout::Layout;
use crate::services::apps::AppsCache;
use crate::web::{self, Page, carried};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

/// `set` is there if the cookie was set and did not come back; else the browser came without one.
#[get("/gate/trouble?<to>&<set>")]
async fn show(
    to: Option<&str>,
    set: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
    apps: &State<AppsCache>,
) -> web::Result<Result<Page, Status>> {
    let Some(address) = to.and_then(carried::read) else { return Ok(Err(Status::NotFound)) };
    let apps = apps.current(site).await?;
    let Some((_, origin, uri)) = page_of(&apps, &address) else { return Ok(Err(Status::NotFound)) };
    let context = json!({
        "host": origin.host(),
        "was_set": set.is_some(),
        "again": origin.at(uri),
    });
    Ok(Ok(layout.page("gate_trouble.html", "gate-trouble-title", context).with_status(Status::BadRequest)))
}
