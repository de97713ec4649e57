//! The page for a user who does not recognize a login or a change. It has one button; opening it changes nothing. It
//! says which changes of the second factors the button undoes.

use rocket::{Route, get, post, routes};
use serde_json::{Value, json};

use super::lock_account::lock_account;
use crate::base::Site;
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::Visit;
use crate::services::links::{LinkCookie, Purpose};
use crate::services::second_factor::{self, Act, Change, Changed};
use crate::web::moment::{self, Moment};
use crate::web::submission::OTHER_LINK;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Page, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}

const PAGE: LinkPage =
    LinkPage { purpose: Purpose::LockAccount, template: "secure.html", title: "secure-title" };

#[get("/secure?<token>")]
async fn edit(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    Ok(match PAGE.open(token, &layout, cookies).await? {
        Ok(link) => form(&layout, cookies.site, &link, FormErrors::none()).await?.into(),
        Err(answer) => answer,
    })
}

#[post("/secure")]
async fn update(layout: Layout<'_>, visit: Visit<'_>) -> web::Result<Answer> {
    let link = match PAGE.link(&layout, visit.cookies).await? {
        Ok(link) => link,
        Err(page) => return Ok(page.into()),
    };
    if visit.submitted.is_of_another_link(&link.token.hash()) {
        let errors = FormErrors::about_all(OTHER_LINK);
        return Ok(form(&layout, visit.site, &link, errors).await?.into());
    }
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

/// Its form, with the changes that the button undoes.
async fn form(
    layout: &Layout<'_>,
    site: &Site,
    link_cookie: &LinkCookie,
    errors: FormErrors,
) -> web::Result<Page> {
    let link = &link_cookie.link;
    let (changes, stays_on) = match link.since {
        Some(since) => {
            let changes = second_factor::changes_since(site, &link.account, since).await?;
            let stays_on = second_factor::stays_on(site, &link.account, since, &changes).await?;
            (changes, stays_on)
        }
        None => (Vec::new(), None),
    };
    let stays_on = stays_on.map(|since| layout.say(&moment::date(since, site)));
    let changes: Vec<Value> = changes.iter().map(|change| shown(layout, site, change)).collect();
    Ok(PAGE.form(layout, link_cookie, errors).with("changes", changes).with("stays_on", stays_on))
}

/// A change, as the template asks for it.
fn shown(layout: &Layout<'_>, site: &Site, change: &Change) -> Value {
    let (what, passkey) = match &change.what {
        Changed::App => ("app", None),
        Changed::Passkey(name) => ("passkey", Some(name)),
        Changed::RecoveryCodes => ("codes", None),
        Changed::TwoFactor => ("two-factor", None),
    };
    let act = match change.act {
        Act::Added => "added",
        Act::Removed => "removed",
        Act::Replaced => "replaced",
    };
    json!({
        "what": what,
        "passkey": passkey,
        "act": act,
        "at": Moment::recent(change.at, site, layout.language()),
    })
}
