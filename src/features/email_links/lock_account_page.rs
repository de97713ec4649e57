//! The page for a user who does not recognize a login. It has one button; opening it changes nothing.

use rocket::{Route, get, post, routes};

use super::lock_account::lock_account;
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::Visit;
use crate::services::links::{LinkCookie, Purpose};
use crate::web::{self, Answer, Cookies, Notice, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}

const PAGE: LinkPage =
    LinkPage { purpose: Purpose::LockAccount, template: "secure.html", title: "secure-title" };

#[get("/secure?<token>")]
async fn edit(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    PAGE.show(token, &layout, cookies).await
}

#[post("/secure")]
async fn update(layout: Layout<'_>, visit: Visit<'_>) -> web::Result<Answer> {
    let link = match PAGE.submitted_link(&layout, &visit).await? {
        Ok(link) => link,
        Err(page) => return Ok(page.into()),
    };
    let submission = visit.leads(paths::LOGIN, Notice::Secured);
    if !lock_account(visit.site, &link, &visit.client, &submission).await? {
        let page = PAGE.gone(&layout, visit.cookies).await?;
        LinkCookie::forget(PAGE.purpose, visit.cookies);
        return Ok(page.into());
    }
    LinkCookie::forget(PAGE.purpose, visit.cookies);
    visit.log_out_of(&link.link.account);
    Ok(submission.answer())
}
