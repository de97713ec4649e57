//! The front page.

use rocket::{Route, get, routes};
use serde_json::Value;

use crate::layout::Layout;
use crate::web::Page;

/// The front page's route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/")]
fn show(layout: Layout<'_>) -> Page {
    layout.page("home.html", "home-title", Value::Null)
}
