//! A page that only its user sees.

use rocket::{Route, get, routes};
use serde_json::json;

use vestibule::layout::Layout;
use vestibule::people::User;
use vestibule::web::Page;

/// The dashboard's route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/dashboard")]
fn show(user: User, layout: Layout<'_>) -> Page {
    let notes = [format!("Show {} around", user.name), "Water the plants".to_owned()];
    layout.page("dashboard.html", "Dashboard", json!({ "notes": notes }))
}
