//! Where to request a link, and the page that the link opens.

use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::set_password::set_password;
use crate::base::{Password, Site};
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::{Actor, Email, Name, Visit};
use crate::services::links::{LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailIsOn, EmailKind};
use crate::services::passwords::{self, Judged, Owner};
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Page, Post, SignedUp, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, edit, update]
}

const PAGE: LinkPage = LinkPage { purpose: Purpose::Reset, template: "reset.html", title: "New password" };

#[get("/forgot")]
fn new(layout: Layout<'_>) -> Page {
    forgotten(&layout, "", FormErrors::none())
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
    let submission = visit.leads(paths::FORGOT, Notice::LinkAsked);
    match outbox::ask(visit.site, EmailKind::Reset, &email, &visit.client, &submission).await? {
        Asked::Done => Ok(submission.answer()),
        Asked::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

fn forgotten(layout: &Layout<'_>, email: &str, errors: FormErrors) -> Page {
    let context = json!({ "life": Purpose::Reset.life(), "email": email });
    layout.page("forgot.html", "Forgot your password?", context).with_errors(errors)
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
async fn update(layout: Layout<'_>, visit: Visit<'_>, post: Post<'_, New<'_>>) -> web::Result<Answer> {
    let (site, client) = (visit.site, &visit.client);
    let link_cookie = match PAGE.link(&layout, visit.cookies).await? {
        Ok(link_cookie) => link_cookie,
        Err(page) => return Ok(page.into()),
    };
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
            return invalid(FormErrors::of("name", error.to_string()).and("new_password", advice));
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
    let submission = visit.leads(paths::LOGIN, Notice::PasswordReset);
    let set = set_password(site, (token, link), name.as_ref(), &password, client, &submission).await?;
    LinkCookie::forget(PAGE.purpose, visit.cookies);
    let Some(at) = set else { return Ok(PAGE.gone(&layout, visit.cookies).await?.into()) };
    // The visitor who opened the link reads the email of the address: from now on, wrong passwords of
    // strangers do not make them wait.
    visit.known_browser().reads_mail(&link.account, at, visit.cookies);
    SignedUp::forget(visit.cookies);
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
