//! A change of the password. The page asks for the old one again, though it is only shown after a fresh
//! login: another person may sit there by now.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::rate_limit::RetryAfter;
use crate::base::{Client, Password, Site};
use crate::layout::Layout;
use crate::people::sessions::{self, End, KnownBrowser, Visit};
use crate::people::{Fresh, User};
use crate::services::passwords::{self, Changed, Judged, Owner};
use crate::web::form::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![well_known, edit, update]
}

/// Where password managers look for the page (W3C, A Well-Known URL for Changing Passwords).
#[get("/.well-known/change-password")]
fn well_known() -> Redirect {
    Redirect::to(paths::PASSWORD)
}

#[derive(FromForm)]
struct Passwords<'r> {
    current_password: &'r str,
    new_password: &'r str,
}

#[get("/settings/password")]
fn edit(_user: Fresh, layout: Layout<'_>, site: &State<Site>) -> Page {
    form(&layout, site, Value::Null)
}

#[post("/settings/password", data = "<post>")]
async fn update(
    user: Fresh,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    visit: Visit,
    submitted: Submitted<'_>,
    post: Post<'_, Passwords<'_>>,
) -> web::Result<Answer> {
    let Fresh(user) = user;
    let invalid =
        |errors: Value| Ok(form(&layout, site, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let (old, new) = (Password::typed(fields.current_password), Password::typed(fields.new_password));
    let wait = |wait: &RetryAfter| {
        Ok(form(&layout, site, json!({ "form": wait.to_string() })).with_wait(wait).into())
    };
    let errors = match wrong(site, &user, &old, &new, &client).await? {
        Ok(errors) => errors,
        Err(long) => return wait(&long),
    };
    if errors.as_object().is_some_and(|errors| errors.values().any(|error| !error.is_null())) {
        return invalid(errors);
    }
    let known_browser = KnownBrowser::read(cookies, site);
    let submission = submitted.leads(paths::ACCOUNT, Notice::PasswordChanged);
    let by = End { account: &user.id, client: &client, submission: &submission };
    match passwords::change(site, &user, &old, &new, &known_browser, visit.device(), by).await? {
        Changed::Done(rotated) => {
            sessions::rotate_cookies(&rotated, cookies, site);
            known_browser.make_known(&user.id, site.clock.now(), cookies, site);
            Ok(submission.answer())
        }
        Changed::Wrong => {
            invalid(json!({ "current_password": "This is not your password. Please try again." }))
        }
        Changed::Wait(long) => wait(&long),
        Changed::Ended => Ok(Notice::LogInFirst.after(Redirect::to(paths::LOGIN)).into()),
    }
}

/// The errors of the fields, before the old password is checked; or how long to wait, if too many were
/// judged.
async fn wrong(
    site: &Site,
    user: &User,
    old: &Password,
    new: &Password,
    client: &Client,
) -> web::Result<Result<Value, RetryAfter>> {
    let missing = (old.characters() == 0).then_some("Enter your password.");
    let owner = Owner::stored(&user.email, &user.name);
    let advice = match passwords::judge(site, new, &owner, Some(&user.session), Some(client)).await? {
        Judged::Refused(sentence) => Some(sentence),
        Judged::Good if old.reveal() == new.reveal() => Some("This is your password already.".to_owned()),
        Judged::Good => None,
        Judged::Wait(wait) => return Ok(Err(wait)),
    };
    Ok(Ok(json!({ "current_password": missing, "new_password": advice })))
}

fn form(layout: &Layout<'_>, site: &Site, errors: Value) -> Page {
    let is_wrong = |field: &str| errors.get(field).is_some_and(|error| !error.is_null());
    let only_new = is_wrong("new_password") && !is_wrong("current_password");
    let context = json!({
        "password_min_length": site.settings.password_min_length.get(),
        "errors": if errors.is_null() { json!({}) } else { errors },
        "focus": if only_new { "new_password" } else { "current_password" },
    });
    layout.page("password.html", "Change password", context)
}
