//! The front page.

use rocket::{Route, get, routes};
use serde_json::Value;

use crate::frame::Shell;
use crate::web::Page;

/// The front page's route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/")]
fn show(shell: Shell<'_>) -> Page {
    shell.page("home.html", "Home", Value::Null)
}
