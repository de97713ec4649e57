//! The page that asks a user who is logged in for the password again, and then returns to where they were.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::reauthenticate::{Reauthenticated, reauthenticate};
use super::routes::onward;
use crate::base::{Client, Password, Site};
use crate::layout::Layout;
use crate::people::User;
use crate::people::sessions::{self, KnownBrowser};
use crate::web::form::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, paths};

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
        true => Redirect::to(onward(layout.next())).into(),
        false => form(&layout, Value::Null).into(),
    }
}

#[post("/reauthenticate", data = "<post>")]
async fn create(
    user: User,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Again<'_>>,
) -> web::Result<Answer> {
    let layout = layout.keeping(&post.typed("next"));
    let invalid = |errors: Value| Ok(form(&layout, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else {
        return invalid(json!({ "form": NOT_WHOLE }));
    };
    if fields.password.is_empty() {
        return invalid(json!({ "password": "Enter your password." }));
    }
    let (password, known_browser) = (Password::typed(fields.password), KnownBrowser::read(cookies, site));
    let given_at = site.clock.now();
    let submission = submitted.leads(onward(layout.next()), None);
    match reauthenticate(site, &user, &password, &known_browser, &client, &submission).await? {
        Reauthenticated::Fresh(token) => {
            sessions::rotate_cookie(&token, cookies, site);
            known_browser.make_known(&user.id, given_at, cookies, site);
            Notice::forget(cookies);
            Ok(submission.answer())
        }
        Reauthenticated::Wrong => {
            invalid(json!({ "password": "This is not your password. Please try again." }))
        }
        Reauthenticated::Wait(wait) => {
            Ok(form(&layout, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
        Reauthenticated::Ended => Ok(Notice::LogInFirst.after(Redirect::to(paths::LOGIN)).into()),
    }
}

fn form(layout: &Layout<'_>, errors: Value) -> Page {
    let errors = if errors.is_null() { json!({}) } else { errors };
    layout.page("reauthenticate.html", "Confirm your password", json!({ "errors": errors }))
}
