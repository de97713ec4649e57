//! The page for a user who does not recognize a login. It has one button; opening it changes nothing.

use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::lock_account::lock_account;
use crate::base::{Client, Site};
use crate::features::link_over;
use crate::layout::Layout;
use crate::people::sessions;
use crate::services::links::{LinkCookie, Moved, Purpose};
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, Page, Submitted, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}

#[get("/secure?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(LinkCookie::accept(Purpose::LockAccount, token, cookies, site).into());
    }
    Ok(match LinkCookie::read(Purpose::LockAccount, cookies, site).await? {
        Some(link_cookie) => form(&layout, &link_cookie, json!({})).into(),
        None => over(&layout, site, cookies).await?.into(),
    })
}

#[post("/secure")]
async fn update(
    layout: Layout<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
) -> web::Result<Answer> {
    let Some(link_cookie) = LinkCookie::read(Purpose::LockAccount, cookies, site).await? else {
        return Ok(over(&layout, site, cookies).await?.into());
    };
    if submitted.is_of_another_link(&link_cookie.token.hash()) {
        let page = form(&layout, &link_cookie, json!({ "form": OTHER_LINK }));
        return Ok(page.with_status(Status::UnprocessableEntity).into());
    }
    let submission = submitted.leads(paths::LOGIN, Notice::Secured);
    let locked = lock_account(site, &link_cookie, &client, &submission).await?;
    if !locked {
        let page = over(&layout, site, cookies).await?;
        LinkCookie::forget(Purpose::LockAccount, cookies, site);
        return Ok(page.into());
    }
    LinkCookie::forget(Purpose::LockAccount, cookies, site);
    if layout.user().is_some_and(|user| user.id == link_cookie.link.account) {
        sessions::forget(cookies, site);
    }
    Ok(submission.answer())
}

/// The page for a link that does not work. It does not if the account has another address since, which may be
/// an attacker's: they would get the email with the link for a new password. The way back is the link that was
/// sent to the address before, so the page points there, and not to the login.
async fn over(layout: &Layout<'_>, site: &Site, cookies: &CookieJar<'_>) -> web::Result<Page> {
    let Some(Moved { before, revertible }) = LinkCookie::moved(Purpose::LockAccount, cookies, site).await?
    else {
        return Ok(link_over::page(Purpose::LockAccount, layout));
    };
    let context =
        json!({ "before": before, "revertible": revertible, "undo_life": Purpose::RevertEmail.life() });
    let page = layout.page("secure_moved.html", "The email address was changed", context);
    Ok(page.with_status(Status::Gone))
}

fn form(layout: &Layout<'_>, link_cookie: &LinkCookie, errors: Value) -> Page {
    let link_form = layout.link_form(&link_cookie.token);
    let context = json!({ "link_form": link_form, "email": link_cookie.link.email, "errors": errors });
    layout.page("secure.html", "Secure your account", context)
}
