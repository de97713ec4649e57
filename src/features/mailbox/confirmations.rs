//! The pages for confirming an address, and for having that link sent again.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::confirm::{Confirmed, confirm};
use crate::base::{Password, Site};
use crate::features::links::{Carried, Purpose};
use crate::features::outbox::{self, Asked, Letter, MailIsOn};
use crate::frame::Shell;
use crate::people::Email;
use crate::people::sessions::{self, KnownDevice, Visit};
use crate::web::post::NOT_WHOLE;
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, Page, Post, SignedUp, Submitted, Typed, Visitor, paths};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, edit, update]
}

#[get("/confirm/new")]
fn new(_on: MailIsOn, shell: Shell<'_>, site: &State<Site>, cookies: &CookieJar<'_>) -> Page {
    let own = shell.user().map(|user| user.email.clone());
    let typed = Typed::take(cookies, site).email;
    again(&shell, &own.filter(|_| typed.is_empty()).unwrap_or(typed), Value::Null)
}

#[derive(FromForm)]
struct Address<'r> {
    email: &'r str,
}

#[post("/confirm/new", data = "<post>")]
async fn create(
    _on: MailIsOn,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    submitted: Submitted<'_>,
    post: Post<'_, Address<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("email");
    let invalid =
        |errors: Value| Ok(again(&shell, &typed, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let Some(email) = Email::parse(fields.email) else {
        return invalid(json!({ "email": Email::advice(fields.email) }));
    };
    let submission = submitted.leads(paths::UNCONFIRMED, Notice::ConfirmAsked);
    Ok(match outbox::ask(site, Letter::Confirm, &email, &visitor, &submission).await? {
        Asked::Done => {
            Typed { email: email.as_str().to_owned(), name: String::new() }.keep(cookies, site);
            submission.answer()
        }
        Asked::Wait(wait) => {
            again(&shell, &typed, json!({ "form": wait.to_string() })).with_wait(&wait).into()
        }
    })
}

fn again(shell: &Shell<'_>, email: &str, errors: Value) -> Page {
    let errors = if errors.is_null() { json!({}) } else { errors };
    let context = json!({ "email": email, "errors": errors, "life": Purpose::Confirm.life() });
    shell.page("unconfirmed.html", "Confirm your email", context)
}

#[get("/confirm?<token>")]
async fn edit(
    token: Option<&str>,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(Carried::accept(Purpose::Confirm, token, cookies, site).into());
    }
    Ok(match Carried::read(Purpose::Confirm, cookies, site).await? {
        Some(carried) => form(&shell, site, &carried, Value::Null).into(),
        None => Carried::over(Purpose::Confirm, &shell).into(),
    })
}

#[derive(FromForm)]
struct Proof<'r> {
    password: &'r str,
}

#[post("/confirm", data = "<post>")]
async fn update(
    shell: Shell<'_>,
    visit: Visit,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    submitted: Submitted<'_>,
    post: Post<'_, Proof<'_>>,
) -> web::Result<Answer> {
    let Some(carried) = Carried::read(Purpose::Confirm, cookies, site).await? else {
        return Ok(Carried::over(Purpose::Confirm, &shell).into());
    };
    let invalid = |errors: Value| {
        Ok(form(&shell, site, &carried, errors).with_status(Status::UnprocessableEntity).into())
    };
    if submitted.is_of_another_link(&carried.token.hash()) {
        return invalid(json!({ "form": OTHER_LINK }));
    }
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    if fields.password.is_empty() {
        return invalid(json!({ "password": "Enter your password." }));
    }
    let (password, device) = (Password::typed(fields.password), KnownDevice::read(cookies, site));
    let given_at = site.clock.now();
    let submission = submitted.leads(paths::PROFILE, Notice::Confirmed);
    match confirm(site, &carried, &password, &visitor, &submission).await? {
        Confirmed::Done(started, account) => {
            Carried::forget(Purpose::Confirm, cookies, site);
            sessions::hand_over(&started, visit.logged_out_before(), &visitor, cookies, site);
            device.make_known(&account, given_at, cookies, site);
            SignedUp::forget(cookies, site);
            Ok(submission.answer())
        }
        Confirmed::Wrong => invalid(json!({ "password": "This is not the password of this account." })),
        Confirmed::Wait(wait) => {
            Ok(form(&shell, site, &carried, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
        Confirmed::Over => Ok(Carried::over(Purpose::Confirm, &shell).into()),
    }
}

fn form(shell: &Shell<'_>, site: &Site, carried: &Carried, errors: Value) -> Page {
    let context = json!({
        "link_form": shell.link_form(&carried.token),
        "email": carried.link.email,
        "mail_is_on": site.mailer.is_on(),
        "errors": if errors.is_null() { json!({}) } else { errors },
    });
    shell.page("confirm.html", "Confirm your email", context)
}
