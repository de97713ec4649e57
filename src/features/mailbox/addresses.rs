//! The pages of two links: the one sent to a new address, which gives it to the account, and the one sent to
//! the previous address, which undoes that. Opening a page changes nothing.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::change::{Change, apply, restore};
use crate::base::{Password, Site};
use crate::features::links::{Carried, Purpose};
use crate::frame::Shell;
use crate::people::sessions::{self, KnownDevice};
use crate::web::post::NOT_WHOLE;
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, Visitor, paths};

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
    if let Some(token) = token {
        return Ok(Carried::accept(Purpose::Change, token, cookies, site).into());
    }
    Ok(match Carried::read(Purpose::Change, cookies, site).await? {
        Some(carried) => form(&shell, &carried, Value::Null).into(),
        None => Carried::over(Purpose::Change, &shell).into(),
    })
}

#[derive(FromForm)]
struct Proof<'r> {
    password: &'r str,
}

#[post("/change-email", data = "<post>")]
async fn update(
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    submitted: Submitted<'_>,
    post: Post<'_, Proof<'_>>,
) -> web::Result<Answer> {
    let Some(carried) = Carried::read(Purpose::Change, cookies, site).await? else {
        return Ok(Carried::over(Purpose::Change, &shell).into());
    };
    let invalid =
        |errors: Value| Ok(form(&shell, &carried, errors).with_status(Status::UnprocessableEntity).into());
    if submitted.is_of_another_link(&carried.token.hash()) {
        return invalid(json!({ "form": OTHER_LINK }));
    }
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    if fields.password.is_empty() {
        return invalid(json!({ "password": "Enter your password." }));
    }
    let (password, device) = (Password::typed(fields.password), KnownDevice::read(cookies, site));
    let onward = if shell.user().is_some() { paths::ACCOUNT } else { paths::LOGIN };
    let submission = submitted.leads(onward, Notice::EmailChanged);
    let change = apply(site, &carried, &password, &device, &visitor, &submission).await?;
    if matches!(change, Change::Done | Change::Taken | Change::Over) {
        Carried::forget(Purpose::Change, cookies, site);
    }
    match change {
        Change::Done => Ok(submission.answer()),
        Change::Taken => Ok(Notice::EmailTakenElsewhere.after(Redirect::to(onward)).into()),
        Change::Wrong => invalid(json!({ "password": "This is not the password of this account." })),
        Change::Wait(wait) => {
            Ok(form(&shell, &carried, json!({ "form": wait.to_string() })).with_wait(&wait).into())
        }
        Change::Over => Ok(Carried::over(Purpose::Change, &shell).into()),
    }
}

fn form(shell: &Shell<'_>, carried: &Carried, errors: Value) -> Page {
    let errors = if errors.is_null() { json!({}) } else { errors };
    let link_form = shell.link_form(&carried.token);
    let context = json!({ "link_form": link_form, "email": carried.link.email, "errors": errors });
    shell.page("change_email.html", "Change email", context)
}

#[get("/restore-email?<token>")]
async fn edit_back(
    token: Option<&str>,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(Carried::accept(Purpose::Undo, token, cookies, site).into());
    }
    Ok(match Carried::read(Purpose::Undo, cookies, site).await? {
        Some(carried) => form_back(&shell, &carried, json!({})).into(),
        None => Carried::over(Purpose::Undo, &shell).into(),
    })
}

#[post("/restore-email")]
async fn update_back(
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    submitted: Submitted<'_>,
) -> web::Result<Answer> {
    let Some(carried) = Carried::read(Purpose::Undo, cookies, site).await? else {
        return Ok(Carried::over(Purpose::Undo, &shell).into());
    };
    if submitted.is_of_another_link(&carried.token.hash()) {
        let page = form_back(&shell, &carried, json!({ "form": OTHER_LINK }));
        return Ok(page.with_status(Status::UnprocessableEntity).into());
    }
    let submission = submitted.leads(paths::LOGIN, Notice::EmailRestored);
    let change = restore(site, &carried, &visitor, &submission).await?;
    Carried::forget(Purpose::Undo, cookies, site);
    Ok(match change {
        Change::Done => {
            if shell.user().is_some_and(|user| user.id == carried.link.account) {
                sessions::forget(cookies, site);
            }
            submission.answer()
        }
        Change::Taken => Notice::EmailTakenElsewhere.after(Redirect::to(paths::LOGIN)).into(),
        Change::Over | Change::Wrong | Change::Wait(_) => Carried::over(Purpose::Undo, &shell).into(),
    })
}

fn form_back(shell: &Shell<'_>, carried: &Carried, errors: Value) -> Page {
    let link_form = shell.link_form(&carried.token);
    let context = json!({ "link_form": link_form, "email": carried.link.email, "errors": errors });
    shell.page("restore_email.html", "Undo the change", context)
}
