//! The pages for confirming an address, and for having that link sent again.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::confirm::{Confirmed, confirm};
use crate::base::{Client, Password, Site};
use crate::features::link_over;
use crate::layout::Layout;
use crate::people::Email;
use crate::people::sessions::{self, KnownBrowser, Visit};
use crate::services::links::{LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailKind, MailIsOn};
use crate::web::form::NOT_WHOLE;
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, OldInput, Page, Post, SignedUp, Submitted, paths};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, edit, update]
}

#[get("/confirm/new")]
fn new(_on: MailIsOn, layout: Layout<'_>, site: &State<Site>, cookies: &CookieJar<'_>) -> Page {
    let own = layout.user().map(|user| user.email.clone());
    let typed = OldInput::take(cookies, site).email;
    again(&layout, &own.filter(|_| typed.is_empty()).unwrap_or(typed), Value::Null)
}

#[derive(FromForm)]
struct Address<'r> {
    email: &'r str,
}

#[post("/confirm/new", data = "<post>")]
async fn create(
    _on: MailIsOn,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Address<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("email");
    let invalid =
        |errors: Value| Ok(again(&layout, &typed, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let Some(email) = Email::parse(fields.email) else {
        return invalid(json!({ "email": Email::advice(fields.email) }));
    };
    let submission = submitted.leads(paths::UNCONFIRMED, Notice::ConfirmAsked);
    Ok(match outbox::ask(site, EmailKind::Confirm, &email, &client, &submission).await? {
        Asked::Done => {
            OldInput { email: email.as_str().to_owned(), name: String::new() }.keep(cookies, site);
            submission.answer()
        }
        Asked::Wait(wait) => {
            again(&layout, &typed, json!({ "form": wait.to_string() })).with_wait(&wait).into()
        }
    })
}

fn again(layout: &Layout<'_>, email: &str, errors: Value) -> Page {
    let errors = if errors.is_null() { json!({}) } else { errors };
    let context = json!({ "email": email, "errors": errors, "life": Purpose::Confirm.life() });
    layout.page("unconfirmed.html", "Confirm your email", context)
}

#[get("/confirm?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(LinkCookie::accept(Purpose::Confirm, token, cookies, site).into());
    }
    Ok(match LinkCookie::read(Purpose::Confirm, cookies, site).await? {
        Some(link_cookie) => form(&layout, site, &link_cookie, Value::Null).into(),
        None => link_over::page(Purpose::Confirm, &layout).into(),
    })
}

#[derive(FromForm)]
struct Entered<'r> {
    password: &'r str,
}

#[post("/confirm", data = "<post>")]
async fn update(
    layout: Layout<'_>,
    visit: Visit,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Entered<'_>>,
) -> web::Result<Answer> {
    let Some(link_cookie) = LinkCookie::read(Purpose::Confirm, cookies, site).await? else {
        return Ok(link_over::page(Purpose::Confirm, &layout).into());
    };
    let invalid = |errors: Value| {
        Ok(form(&layout, site, &link_cookie, errors).with_status(Status::UnprocessableEntity).into())
    };
    if submitted.is_of_another_link(&link_cookie.token.hash()) {
        return invalid(json!({ "form": OTHER_LINK }));
    }
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    if fields.password.is_empty() {
        return invalid(json!({ "password": "Enter your password." }));
    }
    let (password, known_browser) = (Password::typed(fields.password), KnownBrowser::read(cookies, site));
    let given_at = site.clock.now();
    let submission = submitted.leads(paths::PROFILE, Notice::Confirmed);
    match confirm(site, &link_cookie, &password, &client, &submission).await? {
        Confirmed::Done(started, account) => {
            LinkCookie::forget(Purpose::Confirm, cookies, site);
            sessions::set_cookies(&started, visit.logged_out_before(), &client, cookies, site);
            known_browser.make_known(&account, given_at, cookies, site);
            SignedUp::forget(cookies, site);
            Ok(submission.answer())
        }
        Confirmed::Wrong => invalid(json!({ "password": "This is not the password of this account." })),
        Confirmed::Wait(wait) => {
            Ok(form(&layout, site, &link_cookie, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
        Confirmed::Over => Ok(link_over::page(Purpose::Confirm, &layout).into()),
    }
}

fn form(layout: &Layout<'_>, site: &Site, link_cookie: &LinkCookie, errors: Value) -> Page {
    let context = json!({
        "link_form": layout.link_form(&link_cookie.token),
        "email": link_cookie.link.email,
        "mail_is_on": site.mailer.is_on(),
        "errors": if errors.is_null() { json!({}) } else { errors },
    });
    layout.page("confirm.html", "Confirm your email", context)
}
