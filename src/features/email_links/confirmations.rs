//! The pages for confirming an address, and for having that link sent again.

use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::confirm::{Confirmed, confirm};
use crate::base::{Password, Site};
use crate::features::check_email;
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::{Email, User, Visit, accounts};
use crate::services::links::{LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailIsOn, EmailKind};
use crate::web::email_sent::EmailForm;
use crate::web::next::{landing, with_next};
use crate::web::{
    self, Answer, Cookies, EmailSent, FormErrors, Notice, OldInput, Page, Post, SignedUp, paths,
};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, edit, update]
}

const PAGE: LinkPage =
    LinkPage { purpose: Purpose::Confirm, template: "confirm.html", title: "confirm-title" };

/// The page "Check your email" in a browser that knows where an email was sent; otherwise, and if another address
/// is asked for, the form.
#[get("/confirm/new?<other>")]
fn new(_on: EmailIsOn, other: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> Page {
    if other.is_some() {
        OldInput::forget(cookies);
        EmailSent::forget(cookies);
        return again(&layout, "", FormErrors::none());
    }
    let typed = OldInput::look(cookies);
    if let Some(sent) =
        check_email::last_sent(&[EmailForm::SignUp, EmailForm::Confirm], &typed.email, cookies)
    {
        return check_email::again(layout, cookies, &sent);
    }
    if let Some(address) = signed_up(&typed.email, cookies) {
        return check_email::page(layout, cookies, EmailForm::SignUp, &address);
    }
    let own = layout.user().map(|user| user.email.shown().into_owned());
    again(&layout, &own.filter(|_| typed.email.is_empty()).unwrap_or(typed.email), FormErrors::none())
}

/// The address of the last sign-up in this browser, unless another one was typed since.
fn signed_up(typed: &str, cookies: Cookies<'_>) -> Option<String> {
    let address = SignedUp::address(cookies)?;
    let same = typed.is_empty() || Email::parse(typed).is_some_and(|email| email.key() == address);
    same.then_some(address)
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
    let submission = visit.leads(with_next(paths::UNCONFIRMED, layout.next()), Notice::ConfirmAsked);
    match outbox::ask(visit.site, EmailKind::Confirm, &email, &visit.client, &submission).await? {
        Asked::Done => {
            let address = fields.email.trim();
            OldInput::address(address).keep(visit.cookies);
            EmailSent::keep(EmailForm::Confirm, address, layout.next(), visit.cookies);
            Ok(submission.answer())
        }
        Asked::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

fn again(layout: &Layout<'_>, email: &str, errors: FormErrors) -> Page {
    let focus = errors.focus(&["email"], if email.is_empty() { "email" } else { "" });
    let context = json!({
        "email": Email::shown_again(email),
        "life": Purpose::Confirm.duration(),
        "action": with_next(paths::UNCONFIRMED, layout.next()),
        "focus": focus,
    });
    layout.page("unconfirmed.html", "confirm-title", context).with_errors(errors)
}

#[get("/confirm?<token>")]
async fn edit(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    // Many open the email again as their way to the site: the link has done its work.
    if token.is_none()
        && let Some(user) = layout.user()
        && LinkCookie::read(PAGE.purpose, cookies).await?.is_none()
        && is_confirmed(cookies.site, user).await?
    {
        LinkCookie::forget(PAGE.purpose, cookies);
        let landing = landing(cookies.site).to_owned();
        return Ok(Notice::AlreadyConfirmed.after(Redirect::to(landing)).into());
    }
    PAGE.show(token, &layout, cookies).await
}

async fn is_confirmed(site: &Site, user: &User) -> web::Result<bool> {
    let account = accounts::by_id(&site.db, &user.id).await?;
    Ok(account.is_some_and(|account| account.confirmed_at.is_some()))
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
    let layout = check_email::leading_on(layout, &link.link.email, visit.cookies);
    let invalid = |errors: FormErrors| Ok(PAGE.form(&layout, &link, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    if fields.password.is_empty() {
        return invalid(FormErrors::of("password", FormErrors::NO_PASSWORD));
    }
    let (password, known_browser) = (Password::typed(fields.password), visit.known_browser());
    let given_at = visit.site.clock.now();
    let submission = visit.leads(layout.onward(), Notice::Confirmed);
    let to_log_in = visit.leads(with_next(paths::LOGIN, layout.next()), Notice::Confirmed);
    match confirm(visit.site, &link, &password, &visit.client, (&submission, &to_log_in)).await? {
        Confirmed::Done(started, account) => {
            LinkCookie::forget(PAGE.purpose, visit.cookies);
            visit.log_in(&started, known_browser, &account, given_at);
            Ok(submission.answer())
        }
        Confirmed::LogIn => {
            LinkCookie::forget(PAGE.purpose, visit.cookies);
            Ok(to_log_in.answer())
        }
        Confirmed::Wrong => invalid(FormErrors::of("password", FormErrors::WRONG_PASSWORD_OF_ACCOUNT)),
        Confirmed::Wait(wait) => invalid(FormErrors::wait(wait)),
        Confirmed::Over => Ok(PAGE.gone(&layout, visit.cookies).await?.into()),
    }
}
