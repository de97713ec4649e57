//! The example of a protected page: the one to copy for a page of your own. The argument `user: User`
//! protects it.

use rocket::{Route, get, routes};
use serde_json::Value;

use crate::layout::Layout;
use crate::people::User;
use crate::web::Page;

/// The protected page's route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/profile")]
fn show(_user: User, layout: Layout<'_>) -> Page {
    layout.page("profile.html", "Profile", Value::Null)
}
