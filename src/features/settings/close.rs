//! Closing one's account: the password, and the address typed, so that nobody does it by mistake or for somebody else.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::{Password, Site};
use crate::features::lifecycle::{self, Closed};
use crate::frame::Shell;
use crate::people::sessions::{self, KnownDevice};
use crate::people::{Email, Fresh};
use crate::web::post::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, Visitor, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, destroy]
}

#[derive(FromForm)]
struct Closing<'r> {
    email: &'r str,
    password: &'r str,
}

#[get("/settings/close")]
fn new(_user: Fresh, shell: Shell<'_>) -> Page {
    form(&shell, "", Value::Null)
}

#[post("/settings/close", data = "<post>")]
async fn destroy(
    user: Fresh,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    submitted: Submitted<'_>,
    post: Post<'_, Closing<'_>>,
) -> web::Result<Answer> {
    let Fresh(user) = user;
    let typed = post.typed("email");
    let invalid =
        |errors: Value| Ok(form(&shell, &typed, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let own = Email::parse(fields.email).is_some_and(|email| email.key() == Email::key_of(&user.email));
    if !own || fields.password.is_empty() {
        let email = (!own).then_some("Type the email address of this account.");
        let password = fields.password.is_empty().then_some("Enter your password.");
        return invalid(json!({ "email": email, "password": password }));
    }
    let (password, device) = (Password::typed(fields.password), KnownDevice::read(cookies, site));
    let submission = submitted.leads(paths::HOME, Notice::AccountDeleted);
    match lifecycle::close(site, &user, &password, &device, &visitor, &submission).await? {
        Closed::Done => {
            sessions::forget(cookies, site);
            device.forget(&user.id, cookies, site);
            Ok(submission.answer())
        }
        Closed::Wrong => invalid(json!({ "password": "This is not your password. Please try again." })),
        Closed::Wait(wait) => {
            Ok(form(&shell, &typed, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
    }
}

fn form(shell: &Shell<'_>, email: &str, errors: Value) -> Page {
    let is_wrong = |field: &str| errors.get(field).is_some_and(|error| !error.is_null());
    let focus = if !email.is_empty() && !is_wrong("email") { "password" } else { "email" };
    let errors = if errors.is_null() { json!({}) } else { errors };
    shell.page("close.html", "Delete account", json!({ "email": email, "errors": errors, "focus": focus }))
}
