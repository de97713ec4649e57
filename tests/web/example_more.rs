//! What docs/your-own-app.md adds to its first page: a page behind `Fresh`, and a form.

use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use vestibule::layout::Layout;
use vestibule::people::{Fresh, User};
use vestibule::web::{Answer, FormErrors, Page, Post};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![keys, add]
}

#[get("/dashboard/keys")]
fn keys(user: Fresh, layout: Layout<'_>) -> Page {
    let Fresh(user) = user;
    layout.page("dashboard.html", "Keys", json!({ "notes": [user.email] }))
}

#[derive(FromForm)]
struct Note<'r> {
    note: &'r str,
}

#[post("/dashboard", data = "<post>")]
fn add(user: User, layout: Layout<'_>, post: Post<'_, Note<'_>>) -> Answer {
    let typed = post.typed("note");
    let Some(fields) = post.fields().filter(|fields| !fields.note.trim().is_empty()) else {
        let page = layout.page("dashboard.html", "Dashboard", json!({ "notes": [], "note": typed }));
        return page.with_errors(FormErrors::of("note", "Enter a note.")).into();
    };
    // Store the note here.
    log::debug!(account = user.id.as_str(); "a note of {} bytes", fields.note.len());
    Redirect::to("/dashboard").into()
}
