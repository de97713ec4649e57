//! The page that asks a user who is logged in for the password again, and then returns to where they were.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::confirm::{Confirmed, confirm};
use super::routes::onward;
use crate::base::{Password, Site};
use crate::frame::Shell;
use crate::people::User;
use crate::people::sessions::{self, KnownDevice};
use crate::web::post::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, Visitor, paths};

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
fn new(user: User, shell: Shell<'_>, site: &State<Site>) -> Answer {
    match user.is_fresh(site) {
        // They came back to it, or entered the password in another tab.
        true => Redirect::to(onward(shell.next())).into(),
        false => form(&shell, Value::Null).into(),
    }
}

#[post("/reauthenticate", data = "<post>")]
async fn create(
    user: User,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    submitted: Submitted<'_>,
    post: Post<'_, Again<'_>>,
) -> web::Result<Answer> {
    let shell = shell.keeping(&post.typed("next"));
    let invalid = |errors: Value| Ok(form(&shell, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else {
        return invalid(json!({ "form": NOT_WHOLE }));
    };
    if fields.password.is_empty() {
        return invalid(json!({ "password": "Enter your password." }));
    }
    let (password, device) = (Password::typed(fields.password), KnownDevice::read(cookies, site));
    let given_at = site.clock.now();
    let submission = submitted.leads(onward(shell.next()), None);
    match confirm(site, &user, &password, &device, &visitor, &submission).await? {
        Confirmed::Fresh(token) => {
            sessions::replace(&token, cookies, site);
            device.make_known(&user.id, given_at, cookies, site);
            Notice::forget(cookies);
            Ok(submission.answer())
        }
        Confirmed::Wrong => invalid(json!({ "password": "This is not your password. Please try again." })),
        Confirmed::Wait(wait) => {
            Ok(form(&shell, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
        Confirmed::Ended => Ok(Notice::LogInFirst.after(Redirect::to(paths::LOGIN)).into()),
    }
}

fn form(shell: &Shell<'_>, errors: Value) -> Page {
    let errors = if errors.is_null() { json!({}) } else { errors };
    shell.page("reauthenticate.html", "Confirm your password", json!({ "errors": errors }))
}
