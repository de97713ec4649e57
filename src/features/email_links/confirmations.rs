//! The pages for confirming an address, and for having that link sent again.

use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::confirm::{Confirmed, confirm};
use crate::base::Password;
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::{Email, Visit};
use crate::services::links::{LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailIsOn, EmailKind};
use crate::web::{self, Answer, Cookies, FormErrors, Notice, OldInput, Page, Post, paths};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, edit, update]
}

const PAGE: LinkPage =
    LinkPage { purpose: Purpose::Confirm, template: "confirm.html", title: "Confirm your email" };

#[get("/confirm/new")]
fn new(_on: EmailIsOn, layout: Layout<'_>, cookies: Cookies<'_>) -> Page {
    let own = layout.user().map(|user| user.email.to_string());
    let typed = OldInput::take(cookies).email;
    again(&layout, &own.filter(|_| typed.is_empty()).unwrap_or(typed), FormErrors::none())
}

#[derive(FromForm)]
struct Address<'r> {
    email: &'r str,
}

#[post("/confirm/new", data = "<post>")]
async fn create(
    _on: EmailIsOn,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Address<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("email");
    let invalid = |errors: FormErrors| Ok(again(&layout, &typed, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let Some(email) = Email::parse(fields.email) else {
        return invalid(FormErrors::of("email", Email::advice(fields.email)));
    };
    let submission = visit.leads(paths::UNCONFIRMED, Notice::ConfirmAsked);
    match outbox::ask(visit.site, EmailKind::Confirm, &email, &visit.client, &submission).await? {
        Asked::Done => {
            OldInput::address(email.as_str()).keep(visit.cookies);
            Ok(submission.answer())
        }
        Asked::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

fn again(layout: &Layout<'_>, email: &str, errors: FormErrors) -> Page {
    let context = json!({ "email": email, "life": Purpose::Confirm.life() });
    layout.page("unconfirmed.html", "Confirm your email", context).with_errors(errors)
}

#[get("/confirm?<token>")]
async fn edit(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    PAGE.show(token, &layout, cookies).await
}

#[derive(FromForm)]
struct Entered<'r> {
    password: &'r str,
}

#[post("/confirm", data = "<post>")]
async fn update(layout: Layout<'_>, visit: Visit<'_>, post: Post<'_, Entered<'_>>) -> web::Result<Answer> {
    let link = match PAGE.submitted_link(&layout, &visit).await? {
        Ok(link) => link,
        Err(page) => return Ok(page.into()),
    };
    let invalid = |errors: FormErrors| Ok(PAGE.form(&layout, &link, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    if fields.password.is_empty() {
        return invalid(FormErrors::of("password", FormErrors::NO_PASSWORD));
    }
    let (password, known_browser) = (Password::typed(fields.password), visit.known_browser());
    let given_at = visit.site.clock.now();
    let submission = visit.leads(paths::PROFILE, Notice::Confirmed);
    match confirm(visit.site, &link, &password, &visit.client, &submission).await? {
        Confirmed::Done(started, account) => {
            LinkCookie::forget(PAGE.purpose, visit.cookies);
            visit.log_in(&started, known_browser, &account, given_at);
            Ok(submission.answer())
        }
        Confirmed::Wrong => invalid(FormErrors::of("password", "This is not the password of this account.")),
        Confirmed::Wait(wait) => invalid(FormErrors::wait(wait)),
        Confirmed::Over => Ok(PAGE.gone(&layout, visit.cookies).await?.into()),
    }
}
