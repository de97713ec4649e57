//! A change of the password. The page asks for the old one again, though it is only shown after a fresh
//! login: another person may sit there by now.

use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use crate::base::{Password, Sentence};
use crate::layout::Layout;
use crate::people::sessions::End;
use crate::people::{Actor, Fresh, User, Visit};
use crate::services::passwords::{self, Changed, Judged, Owner};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}

/// The route that leads there. It is the same for everyone, under any host name.
pub fn well_known_routes() -> Vec<Route> {
    routes![well_known]
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
fn edit(_fresh: Fresh, layout: Layout<'_>) -> Page {
    form(&layout, FormErrors::none())
}

#[post("/settings/password", data = "<post>")]
async fn update(
    fresh: Fresh,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Passwords<'_>>,
) -> web::Result<Answer> {
    let proved = fresh.authenticated();
    let user = fresh.into_user();
    let invalid = |errors: FormErrors| Ok(form(&layout, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let (old, new) = (Password::typed(fields.current_password), Password::typed(fields.new_password));
    let errors = wrong(&visit, &user, &old, &new).await?;
    if !errors.is_empty() {
        return invalid(errors);
    }
    let known_browser = visit.known_browser();
    let submission = visit.leads(paths::ACCOUNT, Notice::PasswordChanged);
    let by = End { account: &user.id, client: &visit.client, submission: &submission };
    match passwords::change(visit.site, (&user, &proved), &old, &new, &known_browser, visit.device(), by)
        .await?
    {
        Changed::Done(rotated) => {
            visit.rotate_with_device(&rotated);
            known_browser.make_known(&user.id, visit.site.clock.now(), visit.cookies);
            Ok(submission.answer())
        }
        Changed::Wrong => invalid(FormErrors::of("current_password", FormErrors::WRONG_PASSWORD)),
        Changed::Wait(wait) => invalid(FormErrors::wait(wait)),
        Changed::Ended => Ok(Notice::LogInFirstTyped.after(Redirect::to(paths::LOGIN)).into()),
    }
}

/// The errors of the fields, before the old password is checked.
async fn wrong(visit: &Visit<'_>, user: &User, old: &Password, new: &Password) -> web::Result<FormErrors> {
    let missing = (old.characters() == 0).then_some(FormErrors::NO_PASSWORD);
    let (owner, actor) = (Owner::new(&user.email, &user.name), Actor::Owner(&visit.client));
    let advice = match passwords::judge(visit.site, new, &owner, Some(&user.session), actor).await? {
        Judged::Refused(sentence) => Some(sentence),
        Judged::Good if old.reveal() == new.reveal() => Some(Sentence::from("form-password-same")),
        Judged::Good => None,
        Judged::Wait(wait) => return Ok(FormErrors::wait(wait)),
    };
    Ok(FormErrors::none().and("current_password", missing).and("new_password", advice))
}

fn form(layout: &Layout<'_>, errors: FormErrors) -> Page {
    let focus = errors.focus(&["current_password", "new_password"], "current_password");
    layout.page("password.html", "password-page-title", json!({ "focus": focus })).with_errors(errors)
}
