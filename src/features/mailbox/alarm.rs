//! The page for a user who does not recognize a login. It has one button; opening it changes nothing.

use rocket::http::{CookieJar, Status};
use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::secure::secure;
use crate::base::Site;
use crate::features::links::{Carried, Moved, Purpose};
use crate::frame::Shell;
use crate::people::sessions;
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, Page, Submitted, Visitor, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}

#[get("/secure?<token>")]
async fn edit(
    token: Option<&str>,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(Carried::accept(Purpose::Secure, token, cookies, site).into());
    }
    Ok(match Carried::read(Purpose::Secure, cookies, site).await? {
        Some(carried) => form(&shell, &carried, json!({})).into(),
        None => over(&shell, site, cookies).await?.into(),
    })
}

#[post("/secure")]
async fn update(
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    submitted: Submitted<'_>,
) -> web::Result<Answer> {
    let Some(carried) = Carried::read(Purpose::Secure, cookies, site).await? else {
        return Ok(over(&shell, site, cookies).await?.into());
    };
    if submitted.is_of_another_link(&carried.token.hash()) {
        let page = form(&shell, &carried, json!({ "form": OTHER_LINK }));
        return Ok(page.with_status(Status::UnprocessableEntity).into());
    }
    let submission = submitted.leads(paths::LOGIN, Notice::Secured);
    let secured = secure(site, &carried, &visitor, &submission).await?;
    if !secured {
        let page = over(&shell, site, cookies).await?;
        Carried::forget(Purpose::Secure, cookies, site);
        return Ok(page.into());
    }
    Carried::forget(Purpose::Secure, cookies, site);
    if shell.user().is_some_and(|user| user.id == carried.link.account) {
        sessions::forget(cookies, site);
    }
    Ok(submission.answer())
}

/// The page for a link that does not work. It does not if the account has another address since, which may be
/// an attacker's: they would get the email with the link for a new password. The way back is the link that was
/// sent to the address before, so the page points there, and not to the login.
async fn over(shell: &Shell<'_>, site: &Site, cookies: &CookieJar<'_>) -> web::Result<Page> {
    let Some(Moved { before, undoable }) = Carried::moved(Purpose::Secure, cookies, site).await? else {
        return Ok(Carried::over(Purpose::Secure, shell));
    };
    let context = json!({ "before": before, "undoable": undoable, "undo_life": Purpose::Undo.life() });
    let page = shell.page("secure_moved.html", "The email address was changed", context);
    Ok(page.with_status(Status::Gone))
}

fn form(shell: &Shell<'_>, carried: &Carried, errors: Value) -> Page {
    let link_form = shell.link_form(&carried.token);
    let context = json!({ "link_form": link_form, "email": carried.link.email, "errors": errors });
    shell.page("secure.html", "Secure your account", context)
}
