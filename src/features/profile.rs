//! The example of a protected page: the one to copy for a page of your own. The argument `user: User`
//! protects it.

use rocket::{Route, get, routes};
use serde_json::Value;

use crate::frame::Shell;
use crate::people::User;
use crate::web::Page;

/// The protected page's route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/profile")]
fn show(_user: User, shell: Shell<'_>) -> Page {
    shell.page("profile.html", "Profile", Value::Null)
}
