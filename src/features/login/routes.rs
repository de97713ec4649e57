//! The login page and its form.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use super::lost_cookie::LostCookie;
use super::sign_in::{LoginInput, SignIn, sign_in};
use super::switch;
use super::{pending_cookie, unknown_passkey};
use crate::base::words::DurationInWords;
use crate::base::{Password, Site};
use crate::features::gate;
use crate::layout::Layout;
use crate::people::{Email, Visit};
use crate::services::apps::AppsCache;
use crate::web::next::with_next;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, OldInput, Page, Post, SignedUp, paths};

/// The routes of the login.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}

#[derive(FromForm)]
struct Credentials<'r> {
    email: &'r str,
    password: &'r str,
    remember: Option<&'r str>,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[get("/login")]
async fn new(
    layout: Layout<'_>,
    lost: LostCookie,
    cookies: Cookies<'_>,
    apps: &State<AppsCache>,
) -> web::Result<Page> {
    // Kept for the pages that lead on from a failed login: they ask for the same address.
    let typed = OldInput::look(cookies);
    Ok(match layout.user() {
        Some(user) => switch::page(&layout, user, &typed, FormErrors::none()),
        None => {
            let page = form(&layout, cookies.site, &typed, lost.errors()).with_status(Status::Ok);
            let page = page.with("unknown_passkey", unknown_passkey::take(cookies));
            page.with("going_on", gate::going_on_to(cookies.site, apps, layout.next()).await?)
        }
    })
}

#[post("/login", data = "<post>")]
async fn create(
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Credentials<'_>>,
    apps: &State<AppsCache>,
) -> web::Result<Answer> {
    let layout = layout.keeping(&post.typed("next"));
    let ticked = !post.typed("remember").is_empty();
    let typed = OldInput { remember: ticked, ..OldInput::address(&post.typed("email")) };
    if let Some(user) = layout.user() {
        return Ok(switch::answer(&layout, user, &typed, visit.cookies));
    }
    let going_on = gate::going_on_to(visit.site, apps, layout.next()).await?;
    let again =
        |errors: FormErrors| form(&layout, visit.site, &typed, errors).with("going_on", going_on.clone());
    let Some(fields) = post.fields() else { return Ok(again(FormErrors::not_whole()).into()) };
    if fields.email.trim().is_empty() || fields.password.is_empty() {
        let email = fields.email.trim().is_empty().then_some(Email::advice(fields.email));
        let password = fields.password.is_empty().then_some(FormErrors::NO_PASSWORD);
        return Ok(again(FormErrors::none().and("email", email).and("password", password)).into());
    }

    let (known_browser, given_at) = (visit.known_browser(), visit.site.clock.now());
    let (password, remember) = (Password::typed(fields.password), fields.remember.is_some());
    let (submission, pending) = (visit.leads(layout.onward(), None), pending_cookie::held(visit.cookies));
    let input = LoginInput {
        email: fields.email,
        password,
        remember,
        known_browser: &known_browser,
        pending: pending.as_ref(),
        submission: &submission,
    };
    match sign_in(visit.site, &input, &visit.client).await? {
        SignIn::Opened { started, account, reused } => {
            visit.log_in(&started, known_browser, &account, given_at);
            pending_cookie::forget(visit.cookies);
            // Left by an earlier failure whose page was never opened.
            Notice::forget(visit.cookies);
            OldInput::forget(visit.cookies);
            let onward = Redirect::to(layout.onward());
            Ok(if reused { Notice::DeviceReused.after(onward).into() } else { onward.into() })
        }
        SignIn::Pending(token) => {
            pending_cookie::keep(&token, visit.cookies);
            Notice::forget(visit.cookies);
            OldInput::forget(visit.cookies);
            Ok(Redirect::to(with_next(paths::SECOND, layout.next())).into())
        }
        SignIn::Refused => {
            keep(fields.email, ticked, visit.cookies);
            let (notice, page) = refused(fields.email, visit.cookies);
            Ok(notice.after(Redirect::to(with_next(page, layout.next()))).into())
        }
        SignIn::Wait(wait) => {
            // The way in that wrong passwords of others cannot block; its form asks for the same address.
            keep(fields.email, ticked, visit.cookies);
            Ok(again(FormErrors::wait(wait)).with("by_mail", visit.site.mailer.is_on()).into())
        }
    }
}

/// Keeps what was typed, for the pages that lead on from a failed login.
fn keep(email: &str, remember: bool, cookies: Cookies<'_>) {
    OldInput { remember, ..OldInput::address(email.trim()) }.keep(cookies);
}

/// The notice of a failed login, and the page to show it on. It depends only on the input and this browser,
/// so it is the same whether the address has an account, which one, and whatever was wrong.
fn refused(email: &str, cookies: Cookies<'_>) -> (Notice, &'static str) {
    if !confirms(cookies.site) {
        return (Notice::LogInFailed, paths::LOGIN);
    }
    let signed_up = Email::parse(email).is_some_and(|email| SignedUp::with(&email.key(), cookies));
    match signed_up {
        true => (Notice::ConfirmFirst, paths::UNCONFIRMED),
        false => (Notice::LogInFailedOrUnconfirmed, paths::LOGIN),
    }
}

/// Whether an account can only be used once its address is confirmed. Told to all visitors: telling only
/// those concerned would reveal that they have an account.
fn confirms(site: &Site) -> bool {
    site.mailer.is_on() && !site.settings.unconfirmed_may_log_in()
}

/// The login page, with what was typed and what is wrong with it.
pub(super) fn form(layout: &Layout<'_>, site: &Site, typed: &OldInput, errors: FormErrors) -> Page {
    let empty = if typed.email.is_empty() { "email" } else { "password" };
    let context = json!({
        "email": Email::shown_again(&typed.email),
        "remember": typed.remember,
        "remember_life": DurationInWords::of(site.settings.remember_lifetime.seconds()),
        "confirms": confirms(site),
        "forgot_href": with_next(paths::FORGOT, layout.next()),
        "unconfirmed_href": with_next(paths::UNCONFIRMED, layout.next()),
        "focus": errors.focus(&["email", "password"], empty),
    });
    layout.page("login.html", "login-title", context).with_errors(errors)
}
