//! The front page.

use rocket::{Route, get, routes};
use serde_json::json;

use super::launcher::YourApps;
use crate::layout::Layout;
use crate::web::Page;

/// The front page's route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/")]
fn show(layout: Layout<'_>, apps: YourApps) -> Page {
    layout.page("home.html", "home-title", json!({ "your_apps": apps }))
}
