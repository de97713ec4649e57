//! The page that asks a user who is logged in for the password again, and then returns to where they were.

use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::Value;

use super::reauthenticate::{Reauthenticated, reauthenticate};
use crate::base::{Password, Site};
use crate::layout::Layout;
use crate::people::{User, Visit};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}

#[derive(FromForm)]
struct Again<'r> {
    password: &'r str,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[get("/reauthenticate")]
fn new(user: User, layout: Layout<'_>, site: &State<Site>) -> Answer {
    match user.is_fresh(site) {
        // They came back to it, or entered the password in another tab.
        true => Redirect::to(layout.onward()).into(),
        false => form(&layout, FormErrors::none()).into(),
    }
}

#[post("/reauthenticate", data = "<post>")]
async fn create(
    user: User,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Again<'_>>,
) -> web::Result<Answer> {
    let layout = layout.keeping(&post.typed("next"));
    let invalid = |errors: FormErrors| Ok(form(&layout, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    if fields.password.is_empty() {
        return invalid(FormErrors::of("password", FormErrors::NO_PASSWORD));
    }
    let (password, known_browser) = (Password::typed(fields.password), visit.known_browser());
    let given_at = visit.site.clock.now();
    let submission = visit.leads(layout.onward(), None);
    match reauthenticate(visit.site, &user, &password, &known_browser, &visit.client, &submission).await? {
        Reauthenticated::Fresh(token) => {
            visit.rotate(&token);
            known_browser.make_known(&user.id, given_at, visit.cookies);
            Notice::forget(visit.cookies);
            Ok(submission.answer())
        }
        Reauthenticated::Wrong => invalid(FormErrors::of("password", FormErrors::WRONG_PASSWORD)),
        Reauthenticated::Wait(wait) => invalid(FormErrors::wait(wait)),
        Reauthenticated::Ended => Ok(Notice::LogInFirst.after(Redirect::to(paths::LOGIN)).into()),
    }
}

fn form(layout: &Layout<'_>, errors: FormErrors) -> Page {
    layout.page("reauthenticate.html", "reauthenticate-title", Value::Null).with_errors(errors)
}
