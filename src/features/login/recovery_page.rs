//! The page that asks for a recovery code in place of a second factor that is lost.

use rocket::{Route, get, post, routes};
use serde_json::json;

use super::after_code::AfterCode;
use super::second::{Second, SecondInput, second};
use super::second_page::{OTHER_LOGIN, Typed, address, finished, too_late, waiting};
use crate::base::recovery_code::RecoveryCode;
use crate::base::{Site, Token};
use crate::layout::Layout;
use crate::people::Visit;
use crate::people::sessions::PendingLogin;
use crate::services::second_factor::Given;
use crate::web::next::with_next;
use crate::web::{self, Answer, Cookies, FormErrors, Page, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}

#[get("/login/recovery")]
async fn new(layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    match waiting(&layout, cookies).await? {
        Ok((token, pending)) => {
            Ok(form(&layout, cookies.site, (&token, &pending), FormErrors::none()).await?.into())
        }
        Err(answer) => Ok(answer),
    }
}

#[post("/login/recovery", data = "<post>")]
async fn create(layout: Layout<'_>, visit: Visit<'_>, post: Post<'_, Typed<'_>>) -> web::Result<Answer> {
    let layout = layout.keeping(&post.typed("next"));
    let (token, pending) = match waiting(&layout, visit.cookies).await? {
        Ok(waiting) => waiting,
        Err(answer) => return Ok(answer),
    };
    let errors = match post.fields() {
        _ if visit.submitted.is_of_another_link(&token.hash()) => FormErrors::about_all(OTHER_LOGIN),
        None => FormErrors::not_whole(),
        Some(fields) if fields.code.trim().is_empty() => FormErrors::of("code", "recovery-code-empty"),
        Some(fields) => match RecoveryCode::parse(fields.code) {
            None => FormErrors::of("code", WRONG),
            Some(code) => {
                let after = AfterCode::leads(&visit, layout.onward());
                let known_browser = visit.known_browser();
                let input = SecondInput {
                    token: &token,
                    pending: &pending,
                    given: Given::RecoveryCode(&code),
                    known_browser: &known_browser,
                    after: &after,
                };
                match second(visit.site, &input, &visit.client).await? {
                    opened @ Second::Opened { .. } => {
                        return Ok(finished(opened, &layout, &visit, &pending));
                    }
                    Second::Over => return Ok(too_late(&layout)),
                    // All but the first are about the app, and never come here.
                    Second::Wrong
                    | Second::Used
                    | Second::Stopped
                    | Second::StoppedNow
                    | Second::Unreadable => FormErrors::of("code", WRONG),
                    Second::Wait(wait) => FormErrors::wait(wait),
                }
            }
        },
    };
    Ok(form(&layout, visit.site, (&token, &pending), errors).await?.into())
}

/// The error of a code that is not one of the account's.
const WRONG: &str = "recovery-code-wrong";

async fn form(
    layout: &Layout<'_>,
    site: &Site,
    (token, pending): (&Token, &PendingLogin),
    errors: FormErrors,
) -> web::Result<Page> {
    let context = json!({
        "link_form": layout.link_form(token),
        "address": address(site, &pending.account).await?,
        "second_href": with_next(paths::SECOND, layout.next()),
        "focus": "code",
    });
    Ok(layout.page("recovery.html", "recovery-title", context).with_errors(errors))
}
