//! The pages that two links lead to: the one sent to a new address, which gives it to the account, and the one sent to the
//! address before, which takes it back. Each has one button; opening it changes nothing.

use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::change::{Change, apply, restore};
use crate::base::Site;
use crate::features::links::{Carried, Purpose};
use crate::frame::Shell;
use crate::people::sessions;
use crate::web::{self, Answer, Notice, Page, Visitor, paths};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update, edit_back, update_back]
}

#[get("/change-email?<token>")]
async fn edit(
    token: Option<&str>,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    page(Purpose::Change, token, &shell, site, cookies).await
}

#[post("/change-email")]
async fn update(
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
) -> web::Result<Answer> {
    let Some(carried) = Carried::read(Purpose::Change, cookies, site).await? else {
        return Ok(Carried::over(&shell).into());
    };
    let change = apply(site, &carried.token, &visitor).await?;
    Carried::forget(Purpose::Change, cookies, site);
    let onward = Redirect::to(if shell.user().is_some() { paths::ACCOUNT } else { paths::LOGIN });
    Ok(match change {
        Change::Done => Notice::EmailChanged.after(onward).into(),
        Change::Taken => Notice::EmailTakenElsewhere.after(onward).into(),
        Change::Over => Carried::over(&shell).into(),
    })
}

#[get("/restore-email?<token>")]
async fn edit_back(
    token: Option<&str>,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    page(Purpose::Undo, token, &shell, site, cookies).await
}

#[post("/restore-email")]
async fn update_back(
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
) -> web::Result<Answer> {
    let Some(carried) = Carried::read(Purpose::Undo, cookies, site).await? else {
        return Ok(Carried::over(&shell).into());
    };
    let change = restore(site, &carried.token, &visitor).await?;
    Carried::forget(Purpose::Undo, cookies, site);
    Ok(match change {
        Change::Done => {
            if shell.user().is_some_and(|user| user.id == carried.link.account) {
                sessions::forget(cookies, site);
            }
            Notice::EmailRestored.after(Redirect::to(paths::LOGIN)).into()
        }
        Change::Taken => Notice::EmailTakenElsewhere.after(Redirect::to(paths::LOGIN)).into(),
        Change::Over => Carried::over(&shell).into(),
    })
}

async fn page(
    purpose: Purpose,
    token: Option<&str>,
    shell: &Shell<'_>,
    site: &Site,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(Carried::accept(purpose, token, cookies, site).into());
    }
    Ok(match Carried::read(purpose, cookies, site).await? {
        Some(carried) => shown(purpose, shell, &carried.link.email).into(),
        None => Carried::over(shell).into(),
    })
}

fn shown(purpose: Purpose, shell: &Shell<'_>, email: &str) -> Page {
    let (template, title) = match purpose {
        Purpose::Undo => ("restore_email.html", "Undo the change"),
        _ => ("change_email.html", "Change email"),
    };
    shell.page(template, title, json!({ "email": email }))
}
