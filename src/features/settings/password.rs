//! A change of the password. The page asks for the old one again, though it is only shown after a fresh
//! login: another person may sit there by now.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::limit::Wait;
use crate::base::{Password, Site};
use crate::features::passwords::{self, Changed, Judged, Owner};
use crate::frame::Shell;
use crate::people::sessions::{self, End, KnownDevice, Visit};
use crate::people::{Fresh, User};
use crate::web::post::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, Visitor, paths};

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
fn edit(_user: Fresh, shell: Shell<'_>, site: &State<Site>) -> Page {
    form(&shell, site, Value::Null)
}

#[post("/settings/password", data = "<post>")]
async fn update(
    user: Fresh,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    visit: Visit,
    submitted: Submitted<'_>,
    post: Post<'_, Passwords<'_>>,
) -> web::Result<Answer> {
    let Fresh(user) = user;
    let invalid =
        |errors: Value| Ok(form(&shell, site, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let (old, new) = (Password::typed(fields.current_password), Password::typed(fields.new_password));
    let wait =
        |wait: &Wait| Ok(form(&shell, site, json!({ "form": wait.to_string() })).with_wait(wait).into());
    let errors = match wrong(site, &user, &old, &new, &visitor).await? {
        Ok(errors) => errors,
        Err(long) => return wait(&long),
    };
    if errors.as_object().is_some_and(|errors| errors.values().any(|error| !error.is_null())) {
        return invalid(errors);
    }
    let device = KnownDevice::read(cookies, site);
    let submission = submitted.leads(paths::ACCOUNT, Notice::PasswordChanged);
    let by = End { account: &user.id, visitor: &visitor, submission: &submission };
    match passwords::change(site, &user, &old, &new, &device, visit.device(), by).await? {
        Changed::Done(renewed) => {
            sessions::hand_on(&renewed, cookies, site);
            device.make_known(&user.id, site.clock.now(), cookies, site);
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
    visitor: &Visitor,
) -> web::Result<Result<Value, Wait>> {
    let missing = (old.characters() == 0).then_some("Enter your password.");
    let owner = Owner::stored(&user.email, &user.name);
    let advice = match passwords::judge(site, new, &owner, Some(&user.session), Some(visitor)).await? {
        Judged::Refused(sentence) => Some(sentence),
        Judged::Good if old.reveal() == new.reveal() => Some("This is your password already.".to_owned()),
        Judged::Good => None,
        Judged::Wait(wait) => return Ok(Err(wait)),
    };
    Ok(Ok(json!({ "current_password": missing, "new_password": advice })))
}

fn form(shell: &Shell<'_>, site: &Site, errors: Value) -> Page {
    let is_wrong = |field: &str| errors.get(field).is_some_and(|error| !error.is_null());
    let only_new = is_wrong("new_password") && !is_wrong("current_password");
    let context = json!({
        "password_min_length": site.settings.password_min_length.get(),
        "errors": if errors.is_null() { json!({}) } else { errors },
        "focus": if only_new { "new_password" } else { "current_password" },
    });
    shell.page("password.html", "Change password", context)
}
