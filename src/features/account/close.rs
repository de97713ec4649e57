//! Deletes one's own account. It takes the password, and the address, typed so that no one does it by mistake.
//! If email is on, a link completes it, since another person may know the password.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::{Client, Password, Site};
use crate::features::accounts::{self, Closed};
use crate::features::link_over;
use crate::layout::Layout;
use crate::people::sessions::{self, KnownBrowser};
use crate::people::{Email, Fresh};
use crate::services::links::{LinkCookie, Purpose};
use crate::web::form::NOT_WHOLE;
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, destroy, edit_by_link, destroy_by_link]
}

/// The message if the address was confirmed since the page was shown.
const CONFIRMED: &str = "Your email address was confirmed a moment ago. Nothing was deleted. Deleting the account now takes a link that \
                         we send to that address: enter your password once more.";

#[derive(FromForm)]
struct Closing<'r> {
    email: &'r str,
    password: &'r str,
}

#[get("/settings/close")]
async fn new(user: Fresh, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let by_link = accounts::closes_by_link(site, &user.0.id).await?;
    Ok(form(&layout, by_link, "", Value::Null))
}

#[post("/settings/close", data = "<post>")]
async fn destroy(
    user: Fresh,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Closing<'_>>,
) -> web::Result<Answer> {
    let Fresh(user) = user;
    let (typed, by_link) = (post.typed("email"), accounts::closes_by_link(site, &user.id).await?);
    let invalid = |errors: Value| {
        Ok(form(&layout, by_link, &typed, errors).with_status(Status::UnprocessableEntity).into())
    };
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let own = Email::parse(fields.email).is_some_and(|email| email.key() == Email::key_of(&user.email));
    if !own || fields.password.is_empty() {
        let email = (!own).then_some("Type the email address of this account.");
        let password = fields.password.is_empty().then_some("Enter your password.");
        return invalid(json!({ "email": email, "password": password }));
    }
    let (password, known_browser) = (Password::typed(fields.password), KnownBrowser::read(cookies, site));
    let submission = match by_link {
        true => submitted.leads(paths::ACCOUNT, Notice::CloseAsked),
        false => submitted.leads(paths::HOME, Notice::AccountDeleted),
    };
    match accounts::close(site, &user, &password, by_link, &known_browser, &client, &submission).await? {
        Closed::Done => {
            sessions::forget(cookies, site);
            known_browser.forget(&user.id, cookies, site);
            Ok(submission.answer())
        }
        Closed::Asked => Ok(submission.answer()),
        Closed::Confirmed => Ok(form(&layout, true, &typed, json!({ "form": CONFIRMED }))
            .with_status(Status::UnprocessableEntity)
            .into()),
        Closed::Ended => Ok(Notice::LogInFirst.after(Redirect::to(paths::LOGIN)).into()),
        Closed::Wrong => invalid(json!({ "password": "This is not your password. Please try again." })),
        Closed::Wait(wait) => {
            Ok(form(&layout, by_link, &typed, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
    }
}

fn form(layout: &Layout<'_>, by_link: bool, email: &str, errors: Value) -> Page {
    let is_wrong = |field: &str| errors.get(field).is_some_and(|error| !error.is_null());
    let focus = if !email.is_empty() && !is_wrong("email") { "password" } else { "email" };
    let errors = if errors.is_null() { json!({}) } else { errors };
    let context = json!({
        "by_link": by_link,
        "life": Purpose::Close.life(),
        "undo_life": Purpose::RevertEmail.life(),
        "email": email,
        "errors": errors,
        "focus": focus,
    });
    layout.page("close.html", "Delete account", context)
}

#[get("/delete-account?<token>")]
async fn edit_by_link(
    token: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(LinkCookie::accept(Purpose::Close, token, cookies, site).into());
    }
    Ok(match LinkCookie::read(Purpose::Close, cookies, site).await? {
        Some(link_cookie) => form_by_link(&layout, &link_cookie, json!({})).into(),
        None => link_over::page(Purpose::Close, &layout).into(),
    })
}

#[post("/delete-account")]
async fn destroy_by_link(
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
) -> web::Result<Answer> {
    let Some(link_cookie) = LinkCookie::read(Purpose::Close, cookies, site).await? else {
        return Ok(link_over::page(Purpose::Close, &layout).into());
    };
    if submitted.is_of_another_link(&link_cookie.token.hash()) {
        let page = form_by_link(&layout, &link_cookie, json!({ "form": OTHER_LINK }));
        return Ok(page.with_status(Status::UnprocessableEntity).into());
    }
    let done = submitted.leads(paths::HOME, Notice::AccountDeleted);
    let closed = accounts::close_by_link(site, &link_cookie, &client, &done).await?;
    LinkCookie::forget(Purpose::Close, cookies, site);
    if !closed {
        return Ok(link_over::page(Purpose::Close, &layout).into());
    }
    let account = &link_cookie.link.account;
    if layout.user().is_some_and(|user| user.id == *account) {
        sessions::forget(cookies, site);
    }
    KnownBrowser::read(cookies, site).forget(account, cookies, site);
    Ok(done.answer())
}

fn form_by_link(layout: &Layout<'_>, link_cookie: &LinkCookie, errors: Value) -> Page {
    let link_form = layout.link_form(&link_cookie.token);
    let context = json!({ "link_form": link_form, "email": link_cookie.link.email, "errors": errors });
    layout.page("delete.html", "Delete account", context)
}
