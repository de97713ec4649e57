//! The login page and its form.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::lost_cookie::LostCookie;
use super::sign_in::{LoginInput, SignIn, sign_in};
use crate::base::{Password, Site};
use crate::layout::Layout;
use crate::people::{Email, Visit};
use crate::web::next::with_next;
use crate::web::{self, Answer, Cookies, FormErrors, Next, Notice, OldInput, Page, Post, SignedUp, paths};

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
fn new(layout: Layout<'_>, lost: LostCookie, cookies: Cookies<'_>) -> Answer {
    if layout.user().is_some() {
        return Redirect::to(onward(layout.next())).into();
    }
    let typed = OldInput::take(cookies);
    form(&layout, cookies.site, &typed.email, false, lost.errors()).with_status(Status::Ok).into()
}

#[post("/login", data = "<post>")]
async fn create(
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Credentials<'_>>,
) -> web::Result<Answer> {
    if layout.user().is_some() {
        return Ok(Redirect::to(paths::PROFILE).into());
    }
    let layout = layout.keeping(&post.typed("next"));
    let (email, ticked) = (post.typed("email"), !post.typed("remember").is_empty());
    let again = |errors: FormErrors| form(&layout, visit.site, &email, ticked, errors);
    let Some(fields) = post.fields() else { return Ok(again(FormErrors::not_whole()).into()) };
    if fields.email.trim().is_empty() || fields.password.is_empty() {
        let email = fields.email.trim().is_empty().then_some("Enter your email address.");
        let password = fields.password.is_empty().then_some(FormErrors::NO_PASSWORD);
        return Ok(again(FormErrors::none().and("email", email).and("password", password)).into());
    }

    let (known_browser, given_at) = (visit.known_browser(), visit.site.clock.now());
    let (password, remember) = (Password::typed(fields.password), fields.remember.is_some());
    let submission = visit.leads(onward(layout.next()), None);
    let typed = LoginInput {
        email: fields.email,
        password,
        remember,
        known_browser: &known_browser,
        submission: &submission,
    };
    match sign_in(visit.site, &typed, &visit.client).await? {
        SignIn::Opened { started, account, reused } => {
            visit.log_in(&started, known_browser, &account, given_at);
            // Left by an earlier failure whose page was never opened.
            Notice::forget(visit.cookies);
            OldInput::take(visit.cookies);
            let onward = Redirect::to(onward(layout.next()));
            Ok(if reused { Notice::DeviceReused.after(onward).into() } else { onward.into() })
        }
        SignIn::Refused => {
            OldInput::address(fields.email.trim()).keep(visit.cookies);
            let (notice, page) = refused(fields.email, visit.cookies);
            Ok(notice.after(Redirect::to(with_next(page, layout.next()))).into())
        }
        SignIn::Wait(wait) => {
            // The way in that wrong passwords of others cannot block.
            Ok(again(FormErrors::wait(wait)).with("by_mail", visit.site.mailer.is_on()).into())
        }
    }
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

/// The page after a login.
pub(super) fn onward(next: Option<&Next>) -> String {
    next.map_or_else(|| paths::PROFILE.to_owned(), Next::as_str)
}

fn form(layout: &Layout<'_>, site: &Site, email: &str, remember: bool, errors: FormErrors) -> Page {
    let empty = if email.is_empty() { "email" } else { "password" };
    let context = json!({
        "email": email,
        "remember": remember,
        "confirms": confirms(site),
        "focus": errors.focus(&["email", "password"], empty),
    });
    layout.page("login.html", "Login", context).with_errors(errors)
}
