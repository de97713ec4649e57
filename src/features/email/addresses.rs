//! The pages of two links: the one sent to a new address, which gives it to the account, and the one sent to
//! the previous address, which undoes that. Opening a page changes nothing.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::change::{Change, apply, revert_email};
use crate::base::{Client, Password, Site};
use crate::features::link_over;
use crate::layout::Layout;
use crate::people::sessions::{self, KnownBrowser};
use crate::services::links::{LinkCookie, Purpose};
use crate::web::form::NOT_WHOLE;
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, paths};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update, edit_back, update_back]
}

#[get("/change-email?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(LinkCookie::accept(Purpose::Change, token, cookies, site).into());
    }
    Ok(match LinkCookie::read(Purpose::Change, cookies, site).await? {
        Some(link_cookie) => form(&layout, &link_cookie, Value::Null).into(),
        None => link_over::page(Purpose::Change, &layout).into(),
    })
}

#[derive(FromForm)]
struct Entered<'r> {
    password: &'r str,
}

#[post("/change-email", data = "<post>")]
async fn update(
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Entered<'_>>,
) -> web::Result<Answer> {
    let Some(link_cookie) = LinkCookie::read(Purpose::Change, cookies, site).await? else {
        return Ok(link_over::page(Purpose::Change, &layout).into());
    };
    let invalid = |errors: Value| {
        Ok(form(&layout, &link_cookie, errors).with_status(Status::UnprocessableEntity).into())
    };
    if submitted.is_of_another_link(&link_cookie.token.hash()) {
        return invalid(json!({ "form": OTHER_LINK }));
    }
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    if fields.password.is_empty() {
        return invalid(json!({ "password": "Enter your password." }));
    }
    let (password, known_browser) = (Password::typed(fields.password), KnownBrowser::read(cookies, site));
    let onward = if layout.user().is_some() { paths::ACCOUNT } else { paths::LOGIN };
    let submission = submitted.leads(onward, Notice::EmailChanged);
    let change = apply(site, &link_cookie, &password, &known_browser, &client, &submission).await?;
    if matches!(change, Change::Done | Change::Taken | Change::Over) {
        LinkCookie::forget(Purpose::Change, cookies, site);
    }
    match change {
        Change::Done => Ok(submission.answer()),
        Change::Taken => Ok(Notice::EmailTakenElsewhere.after(Redirect::to(onward)).into()),
        Change::Wrong => invalid(json!({ "password": "This is not the password of this account." })),
        Change::Wait(wait) => {
            Ok(form(&layout, &link_cookie, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
        Change::Over => Ok(link_over::page(Purpose::Change, &layout).into()),
    }
}

fn form(layout: &Layout<'_>, link_cookie: &LinkCookie, errors: Value) -> Page {
    let errors = if errors.is_null() { json!({}) } else { errors };
    let link_form = layout.link_form(&link_cookie.token);
    let context = json!({ "link_form": link_form, "email": link_cookie.link.email, "errors": errors });
    layout.page("change_email.html", "Change email", context)
}

#[get("/restore-email?<token>")]
async fn edit_back(
    token: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(LinkCookie::accept(Purpose::RevertEmail, token, cookies, site).into());
    }
    Ok(match LinkCookie::read(Purpose::RevertEmail, cookies, site).await? {
        Some(link_cookie) => form_back(&layout, &link_cookie, json!({})).into(),
        None => link_over::page(Purpose::RevertEmail, &layout).into(),
    })
}

#[post("/restore-email")]
async fn update_back(
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
) -> web::Result<Answer> {
    let Some(link_cookie) = LinkCookie::read(Purpose::RevertEmail, cookies, site).await? else {
        return Ok(link_over::page(Purpose::RevertEmail, &layout).into());
    };
    if submitted.is_of_another_link(&link_cookie.token.hash()) {
        let page = form_back(&layout, &link_cookie, json!({ "form": OTHER_LINK }));
        return Ok(page.with_status(Status::UnprocessableEntity).into());
    }
    let submission = submitted.leads(paths::LOGIN, Notice::EmailRestored);
    let change = revert_email(site, &link_cookie, &client, &submission).await?;
    LinkCookie::forget(Purpose::RevertEmail, cookies, site);
    Ok(match change {
        Change::Done => {
            if layout.user().is_some_and(|user| user.id == link_cookie.link.account) {
                sessions::forget(cookies, site);
            }
            submission.answer()
        }
        Change::Taken => Notice::EmailTakenElsewhere.after(Redirect::to(paths::LOGIN)).into(),
        Change::Over | Change::Wrong | Change::Wait(_) => {
            link_over::page(Purpose::RevertEmail, &layout).into()
        }
    })
}

fn form_back(layout: &Layout<'_>, link_cookie: &LinkCookie, errors: Value) -> Page {
    let link_form = layout.link_form(&link_cookie.token);
    let context = json!({ "link_form": link_form, "email": link_cookie.link.email, "errors": errors });
    layout.page("restore_email.html", "Undo the change", context)
}
