//! The page between the password and the session: it asks for a second factor.

use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::after_code::AfterCode;
use super::one_of::OneOf;
use super::pending_cookie;
use super::second::{Second, SecondInput, second};
use crate::base::{Sentence, Site, Token};
use crate::layout::Layout;
use crate::people::sessions::{self, PendingLogin};
use crate::people::{AccountId, Visit, accounts};
use crate::services::second_factor::{self, Factors};
use crate::web::next::with_next;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, cancel]
}

/// A code, of the app or from the set of recovery codes.
#[derive(FromForm)]
pub(super) struct Typed<'r> {
    pub(super) code: &'r str,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[derive(FromForm)]
#[expect(dead_code, reason = "read before the fields are known to be right; here so that it may be sent")]
struct StartAgain<'r> {
    next: Option<&'r str>,
}

#[get("/login/second")]
async fn new(layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    match waiting(&layout, cookies).await? {
        Ok((token, pending)) => {
            Ok(form(&layout, cookies.site, (&token, &pending), FormErrors::none()).await?.into())
        }
        Err(answer) => Ok(answer),
    }
}

#[post("/login/second", data = "<post>")]
async fn create(layout: Layout<'_>, visit: Visit<'_>, post: Post<'_, Typed<'_>>) -> web::Result<Answer> {
    let layout = layout.keeping(&post.typed("next"));
    let (token, pending) = match waiting(&layout, visit.cookies).await? {
        Ok(waiting) => waiting,
        Err(answer) => return Ok(answer),
    };
    let errors = match post.fields() {
        _ if visit.submitted.is_of_another_link(&token.hash()) => FormErrors::about_all(OTHER_LOGIN),
        None => FormErrors::not_whole(),
        Some(fields) if fields.code.trim().is_empty() => FormErrors::of("code", "second-code-empty"),
        Some(fields) => match OneOf::parse(fields.code) {
            None => FormErrors::of("code", WRONG),
            Some(code) => {
                let after = AfterCode::leads(&visit, layout.onward());
                let known_browser = visit.known_browser();
                let input = SecondInput {
                    token: &token,
                    pending: &pending,
                    given: code.given(),
                    known_browser: &known_browser,
                    after: &after,
                };
                match second(visit.site, &input, &visit.client).await? {
                    opened @ Second::Opened { .. } => {
                        return Ok(finished(opened, &layout, &visit, &pending));
                    }
                    Second::Over => return Ok(too_late(&layout)),
                    Second::Wrong => FormErrors::of("code", code.wrong()),
                    Second::Used => FormErrors::of("code", "second-code-used"),
                    Second::StoppedNow => {
                        return Ok(Notice::AppStopped.after(to_login(&layout)).into());
                    }
                    Second::Stopped => FormErrors::about_all(STOPPED),
                    Second::Unreadable => FormErrors::about_all(UNREADABLE),
                    Second::Wait(wait) => FormErrors::wait(wait),
                }
            }
        },
    };
    Ok(form(&layout, visit.site, (&token, &pending), errors).await?.into())
}

/// "Not you? Start again."
#[post("/login/second/cancel", data = "<post>")]
async fn cancel(
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, StartAgain<'_>>,
) -> web::Result<Redirect> {
    let layout = layout.keeping(&post.typed("next"));
    // A page that was shown for another login gives up none. The browser keeps the token, for a password that is typed
    // again.
    if let Some((token, pending)) = pending_cookie::read(visit.cookies).await?
        && !visit.submitted.is_of_another_link(&token.hash())
    {
        let mut tx = visit.site.db.begin_locked(&[pending.account.lock_key()]).await?;
        sessions::cancel_pending(&mut tx, &token.hash(), visit.site.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(to_login(&layout))
}

/// To the login page, which keeps where the visitor wanted to go.
fn to_login(layout: &Layout<'_>) -> Redirect {
    Redirect::to(with_next(paths::LOGIN, layout.next()))
}

/// The error of a text that is no code.
const WRONG: &str = "second-code-wrong";
/// The error, and the hint, about an app that was stopped.
pub(super) const STOPPED: &str = "second-app-stopped";
/// The same about one whose secret the site cannot read.
pub(super) const UNREADABLE: &str = "second-app-unreadable";
/// The error of a form that was shown for another login than the one that waits in this browser now.
pub(super) const OTHER_LOGIN: &str = "second-other-login";

/// The login that waits in this browser, or the answer without one. A visitor who is logged in finished it in another
/// tab, or would replace one account by another without a word: they are led on.
pub(super) async fn waiting(
    layout: &Layout<'_>,
    cookies: Cookies<'_>,
) -> web::Result<Result<(Token, PendingLogin), Answer>> {
    if layout.user().is_some() {
        return Ok(Err(Redirect::to(layout.onward()).into()));
    }
    let waiting = pending_cookie::read(cookies).await?;
    Ok(waiting.ok_or_else(|| too_late(layout)))
}

/// The login is over, and begins anew.
pub(super) fn too_late(layout: &Layout<'_>) -> Answer {
    Notice::LogInTooLate.after(to_login(layout)).into()
}

/// The session has started: the browser gets it, and is known from now on, since the password was typed.
pub(super) fn finished(
    opened: Second,
    layout: &Layout<'_>,
    visit: &Visit<'_>,
    pending: &PendingLogin,
) -> Answer {
    let Second::Opened { started, submission, reused } = opened else {
        return too_late(layout);
    };
    visit.log_in(&started, visit.known_browser(), &pending.account, pending.created_at);
    pending_cookie::forget(visit.cookies);
    Notice::forget(visit.cookies);
    match reused {
        true => Notice::DeviceReused.after(Redirect::to(layout.onward())).into(),
        false => submission.answer(),
    }
}

/// The address of the account, which only those see who typed its password.
pub(super) async fn address(site: &Site, account: &AccountId) -> web::Result<String> {
    let account = accounts::by_id(&site.db, account).await?;
    Ok(account.map(|account| account.email.shown().into_owned()).unwrap_or_default())
}

/// What keeps the app from being asked for, as a sentence: its owner would look for the field in vain.
fn app_trouble(factors: &Factors) -> Option<&'static str> {
    let app = factors.app.as_ref().filter(|_| !factors.asks_app())?;
    Some(if app.readable { STOPPED } else { UNREADABLE })
}

/// The page of a login that waits.
pub(super) async fn form(
    layout: &Layout<'_>,
    site: &Site,
    (token, pending): (&Token, &PendingLogin),
    errors: FormErrors,
) -> web::Result<Page> {
    let factors = second_factor::summary(site, &pending.account).await?;
    let has_passkey = factors.passkeys.as_second() > 0;
    let context = json!({
        "link_form": layout.link_form(token),
        "address": address(site, &pending.account).await?,
        "asks_app": factors.asks_app(),
        "app_trouble": app_trouble(&factors).map(|why| layout.say(&Sentence::new(why))),
        "has_passkey": has_passkey,
        "recovery_href": with_next(paths::RECOVERY, layout.next()),
        "focus": errors.focus(&["code"], if has_passkey { "" } else { "code" }),
    });
    Ok(layout.page("second.html", "second-title", context).with_errors(errors))
}
