//! Where to request a link, and the page that the link opens.

use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::set_password::set_password;
use crate::base::{Password, Site};
use crate::features::check_email;
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::{Actor, Email, Name, Visit};
use crate::services::links::{LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailIsOn, EmailKind};
use crate::services::passwords::{self, Judged, Owner};
use crate::web::email_sent::EmailForm;
use crate::web::language::BrowserLanguage;
use crate::web::next::with_next;
use crate::web::submission::OTHER_LINK;
use crate::web::{
    self, Answer, Cookies, EmailSent, FormErrors, Notice, OldInput, Page, Post, SignedUp, paths,
};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, edit, update]
}

const PAGE: LinkPage = LinkPage { purpose: Purpose::Reset, template: "reset.html", title: "reset-title" };

/// The page "Check your email" in a browser that knows where an email was sent; otherwise, and if another address
/// is asked for, the form.
#[get("/forgot?<other>")]
async fn new(other: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Page> {
    if other.is_some() {
        OldInput::forget(cookies);
        EmailSent::forget(cookies);
        return Ok(forgotten(&layout, "", FormErrors::none()));
    }
    let typed = OldInput::look(cookies);
    if let Some(sent) = check_email::last_sent(&[EmailForm::Reset], &typed.email, cookies) {
        return Ok(check_email::again(layout, cookies, &sent));
    }
    let email = match typed.email.is_empty() {
        true => known_address(&layout, cookies).await?,
        false => Some(typed.email),
    };
    Ok(forgotten(&layout, email.as_deref().unwrap_or_default(), FormErrors::none()))
}

/// The address that the visitor has probably come for: their own, or that of the link for which they were asked for
/// their password.
async fn known_address(layout: &Layout<'_>, cookies: Cookies<'_>) -> web::Result<Option<String>> {
    if let Some(user) = layout.user() {
        return Ok(Some(user.email.shown().into_owned()));
    }
    let link = LinkCookie::read(Purpose::Confirm, cookies).await?;
    Ok(link.map(|link| link.link.email.shown().into_owned()))
}

#[derive(FromForm)]
struct Forgotten<'r> {
    email: &'r str,
}

#[post("/forgot", data = "<post>")]
async fn create(
    _on: EmailIsOn,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Forgotten<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("email");
    let invalid = |errors: FormErrors| Ok(forgotten(&layout, &typed, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let Some(email) = Email::parse(fields.email) else {
        return invalid(FormErrors::of("email", Email::advice(fields.email)));
    };
    let submission = visit.leads(with_next(paths::FORGOT, layout.next()), Notice::LinkAsked);
    match outbox::ask(visit.site, EmailKind::Reset, &email, &visit.client, &submission).await? {
        Asked::Done => {
            let address = fields.email.trim();
            OldInput::address(address).keep(visit.cookies);
            EmailSent::keep(EmailForm::Reset, address, layout.next(), visit.cookies);
            Ok(submission.answer())
        }
        Asked::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

fn forgotten(layout: &Layout<'_>, email: &str, errors: FormErrors) -> Page {
    let context = json!({
        "life": Purpose::Reset.duration(),
        "email": Email::shown_again(email),
        "action": with_next(paths::FORGOT, layout.next()),
    });
    layout.page("forgot.html", "forgot-title", context).with_errors(errors)
}

#[get("/reset?<token>")]
async fn edit(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    Ok(match PAGE.open(token, &layout, cookies).await? {
        Ok(link_cookie) => form(&layout, cookies.site, &link_cookie, "", FormErrors::none()).into(),
        Err(answer) => answer,
    })
}

#[derive(FromForm)]
struct New<'r> {
    name: Option<&'r str>,
    new_password: &'r str,
}

#[post("/reset", data = "<post>")]
async fn update(
    layout: Layout<'_>,
    visit: Visit<'_>,
    browser: BrowserLanguage,
    post: Post<'_, New<'_>>,
) -> web::Result<Answer> {
    let (site, client) = (visit.site, &visit.client);
    let link_cookie = match PAGE.link(&layout, visit.cookies).await? {
        Ok(link_cookie) => link_cookie,
        Err(page) => return Ok(page.into()),
    };
    let layout = check_email::leading_on(layout, &link_cookie.link.email, visit.cookies);
    let typed = post.typed("name");
    let invalid = |errors: FormErrors| Ok(form(&layout, site, &link_cookie, &typed, errors).into());
    if visit.submitted.is_of_another_link(&link_cookie.token.hash()) {
        return invalid(FormErrors::about_all(OTHER_LINK));
    }
    let LinkCookie { token, link } = &link_cookie;
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let password = Password::typed(fields.new_password);
    let name = match asks_name(site, &link_cookie).then(|| Name::parse(fields.name.unwrap_or_default())) {
        Some(Err(error)) => {
            let advice = passwords::wrong_length(&site.settings, &password);
            return invalid(FormErrors::of("name", error.sentence()).and("new_password", advice));
        }
        Some(Ok(name)) => Some(name),
        None => None,
    };
    let owner = Owner::new(&link.email, name.as_ref().unwrap_or(&link.name));
    match passwords::judge(site, &password, &owner, None, Actor::Owner(client)).await? {
        Judged::Refused(sentence) => return invalid(FormErrors::of("new_password", sentence)),
        Judged::Wait(wait) => return invalid(FormErrors::wait(wait)),
        Judged::Good => {}
    }
    let submission = visit.leads(with_next(paths::LOGIN, layout.next()), Notice::PasswordReset);
    let owner = name.as_ref().map(|name| (name, browser.0));
    let set = set_password(site, (token, link), owner, &password, client, &submission).await?;
    LinkCookie::forget(PAGE.purpose, visit.cookies);
    let Some(at) = set else { return Ok(PAGE.gone(&layout, visit.cookies).await?.into()) };
    // The visitor who opened the link reads the email of the address: from now on, wrong passwords of
    // strangers do not make them wait.
    visit.known_browser().reads_mail(&link.account, at, visit.cookies);
    SignedUp::forget(visit.cookies);
    EmailSent::forget(visit.cookies);
    OldInput::address(&link.email.shown()).keep(visit.cookies);
    Ok(submission.answer())
}

/// Whether a name is required as well: if the address was never confirmed, though it could have been. The
/// person who signed up with it need not be the one who reads its email, and a stranger's words must not
/// greet the owner. For the same reason the stored name is not shown: it may be an insult or a lure. Nor is a
/// name derived from the address, whose local part often is none. Those who choose a password can type a name
/// too. Without email no account is ever confirmed, and the operator hands the link to its user.
fn asks_name(site: &Site, link_cookie: &LinkCookie) -> bool {
    site.mailer.is_on() && !link_cookie.link.confirmed
}

fn form(layout: &Layout<'_>, site: &Site, link_cookie: &LinkCookie, name: &str, errors: FormErrors) -> Page {
    let asks_name = asks_name(site, link_cookie);
    let first = if asks_name { "name" } else { "new_password" };
    let focus = errors.focus(&["name", "new_password"], first);
    let page = PAGE.form(layout, link_cookie, errors);
    page.with("asks_name", asks_name).with("name", name).with("focus", focus)
}
