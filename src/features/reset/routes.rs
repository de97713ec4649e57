//! Where to request a link, and the page that the link opens.

use rocket::http::{CookieJar, Status};
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::set_password::set_password;
use crate::base::{Client, Password, Site};
use crate::features::link_over;
use crate::layout::Layout;
use crate::people::sessions::KnownBrowser;
use crate::people::{Email, Name};
use crate::services::links::{LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailKind, MailIsOn};
use crate::services::passwords::{self, Judged, Owner};
use crate::web::form::NOT_WHOLE;
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, Page, Post, SignedUp, Submitted, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![forgot, ask, edit, update]
}

#[get("/forgot")]
fn forgot(layout: Layout<'_>, site: &State<Site>) -> Page {
    forgotten(&layout, site, "", Value::Null)
}

#[derive(FromForm)]
struct Forgotten<'r> {
    email: &'r str,
}

#[post("/forgot", data = "<post>")]
async fn ask(
    _on: MailIsOn,
    layout: Layout<'_>,
    site: &State<Site>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Forgotten<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("email");
    let again = |errors: Value| forgotten(&layout, site, &typed, errors);
    let invalid = |errors: Value| Ok(again(errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let Some(email) = Email::parse(fields.email) else {
        return invalid(json!({ "email": Email::advice(fields.email) }));
    };
    let submission = submitted.leads(paths::FORGOT, Notice::LinkAsked);
    Ok(match outbox::ask(site, EmailKind::Reset, &email, &client, &submission).await? {
        Asked::Done => submission.answer(),
        Asked::Wait(wait) => again(json!({ "form": wait.to_string() })).with_wait(&wait).into(),
    })
}

fn forgotten(layout: &Layout<'_>, site: &Site, email: &str, errors: Value) -> Page {
    let context = json!({
        "mail_is_on": site.mailer.is_on(),
        "life": Purpose::Reset.life(),
        "email": email,
        "errors": if errors.is_null() { json!({}) } else { errors },
    });
    layout.page("forgot.html", "Forgot your password?", context)
}

#[get("/reset?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(LinkCookie::accept(Purpose::Reset, token, cookies, site).into());
    }
    Ok(match LinkCookie::read(Purpose::Reset, cookies, site).await? {
        Some(link_cookie) => form(&layout, site, &link_cookie, "", Value::Null).into(),
        None => link_over::page(Purpose::Reset, &layout).into(),
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
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, New<'_>>,
) -> web::Result<Answer> {
    let Some(link_cookie) = LinkCookie::read(Purpose::Reset, cookies, site).await? else {
        return Ok(link_over::page(Purpose::Reset, &layout).into());
    };
    let typed = post.typed("name");
    let invalid = |errors: Value| {
        Ok(form(&layout, site, &link_cookie, &typed, errors).with_status(Status::UnprocessableEntity).into())
    };
    if submitted.is_of_another_link(&link_cookie.token.hash()) {
        return invalid(json!({ "form": OTHER_LINK }));
    }
    let LinkCookie { token, link } = &link_cookie;
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let password = Password::typed(fields.new_password);
    let name = match asks_name(site, &link_cookie).then(|| Name::parse(fields.name.unwrap_or_default())) {
        Some(Err(error)) => {
            let advice = passwords::wrong_length(&site.settings, &password);
            return invalid(json!({ "name": error.to_string(), "new_password": advice }));
        }
        Some(Ok(name)) => Some(name),
        None => None,
    };
    let owner = Owner::stored(&link.email, name.as_ref().map_or(&link.name, Name::as_str));
    match passwords::judge(site, &password, &owner, None, Some(&client)).await? {
        Judged::Refused(sentence) => return invalid(json!({ "new_password": sentence })),
        Judged::Wait(wait) => {
            let errors = json!({ "form": wait.to_string() });
            return Ok(form(&layout, site, &link_cookie, &typed, errors).with_wait(&wait).into());
        }
        Judged::Good => {}
    }
    let submission = submitted.leads(paths::LOGIN, Notice::PasswordReset);
    let set = set_password(site, (token, link), name.as_ref(), &password, &client, &submission).await?;
    LinkCookie::forget(Purpose::Reset, cookies, site);
    let Some(at) = set else { return Ok(link_over::page(Purpose::Reset, &layout).into()) };
    // The visitor who opened the link reads the email of the address: from now on, wrong passwords of
    // strangers do not make them wait.
    KnownBrowser::read(cookies, site).reads_mail(&link.account, at, cookies, site);
    SignedUp::forget(cookies, site);
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

fn form(layout: &Layout<'_>, site: &Site, link_cookie: &LinkCookie, name: &str, errors: Value) -> Page {
    let wrong = |field: &&str| errors.get(*field).is_some_and(|error| !error.is_null());
    let asks_name = asks_name(site, link_cookie);
    let first = if asks_name { "name" } else { "new_password" };
    let focus = ["name", "new_password"].into_iter().find(wrong).unwrap_or(first);
    let context = json!({
        "link_form": layout.link_form(&link_cookie.token),
        "email": link_cookie.link.email,
        "asks_name": asks_name,
        "name": name,
        "focus": focus,
        "password_min_length": site.settings.password_min_length.get(),
        "errors": if errors.is_null() { json!({}) } else { errors },
    });
    layout.page("reset.html", "New password", context)
}
