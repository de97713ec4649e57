//! The pages of two links: the one sent to a new address, which gives it to the account, and the one sent to
//! the previous address, which undoes that. Opening a page changes nothing.

use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};

use super::change::{Change, apply, revert_email};
use crate::base::Password;
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::Visit;
use crate::services::links::{LinkCookie, Purpose};
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Post, paths};

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update, edit_back, update_back]
}

const PAGE: LinkPage =
    LinkPage { purpose: Purpose::Change, template: "change_email.html", title: "change-email-title" };
const BACK: LinkPage =
    LinkPage { purpose: Purpose::RevertEmail, template: "restore_email.html", title: "restore-email-title" };

#[get("/change-email?<token>")]
async fn edit(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    PAGE.show(token, &layout, cookies).await
}

#[derive(FromForm)]
struct Entered<'r> {
    password: &'r str,
}

#[post("/change-email", data = "<post>")]
async fn update(layout: Layout<'_>, visit: Visit<'_>, post: Post<'_, Entered<'_>>) -> web::Result<Answer> {
    let link = match PAGE.submitted_link(&layout, &visit).await? {
        Ok(link) => link,
        Err(page) => return Ok(page.into()),
    };
    let invalid = |errors: FormErrors| Ok(PAGE.form(&layout, &link, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    if fields.password.is_empty() {
        return invalid(FormErrors::of("password", FormErrors::NO_PASSWORD));
    }
    let (password, known_browser) = (Password::typed(fields.password), visit.known_browser());
    let onward = if layout.user().is_some() { paths::ACCOUNT } else { paths::LOGIN };
    let submission = visit.leads(onward, Notice::EmailChanged);
    let change = apply(visit.site, &link, &password, &known_browser, &visit.client, &submission).await?;
    if matches!(change, Change::Done | Change::Taken | Change::Over) {
        LinkCookie::forget(PAGE.purpose, visit.cookies);
    }
    match change {
        Change::Done => Ok(submission.answer()),
        Change::Taken => Ok(Notice::EmailTakenElsewhere.after(Redirect::to(onward)).into()),
        Change::Wrong => invalid(FormErrors::of("password", FormErrors::WRONG_PASSWORD_OF_ACCOUNT)),
        Change::Wait(wait) => invalid(FormErrors::wait(wait)),
        Change::Over => Ok(PAGE.gone(&layout, visit.cookies).await?.into()),
    }
}

#[get("/restore-email?<token>")]
async fn edit_back(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    BACK.show(token, &layout, cookies).await
}

#[post("/restore-email")]
async fn update_back(layout: Layout<'_>, visit: Visit<'_>) -> web::Result<Answer> {
    let link = match BACK.submitted_link(&layout, &visit).await? {
        Ok(link) => link,
        Err(page) => return Ok(page.into()),
    };
    let submission = visit.leads(paths::LOGIN, Notice::EmailRestored);
    let change = revert_email(visit.site, &link, &visit.client, &submission).await?;
    LinkCookie::forget(BACK.purpose, visit.cookies);
    Ok(match change {
        Change::Done => {
            visit.log_out_of(&link.link.account);
            submission.answer()
        }
        Change::Taken => Notice::EmailTakenElsewhere.after(Redirect::to(paths::LOGIN)).into(),
        Change::Over | Change::Wrong | Change::Wait(_) => BACK.gone(&layout, visit.cookies).await?.into(),
    })
}
