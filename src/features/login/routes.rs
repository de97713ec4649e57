//! The login page and its form.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::lost_cookie::LostCookie;
use super::sign_in::{self, SignIn, sign_in};
use crate::base::{Client, Password, Site};
use crate::layout::Layout;
use crate::people::Email;
use crate::people::sessions::{self, KnownBrowser, Visit};
use crate::web::form::NOT_WHOLE;
use crate::web::next::with_next;
use crate::web::{self, Answer, Next, Notice, OldInput, Page, Post, SignedUp, Submitted, paths};

/// The routes of the login.
pub fn routes() -> Vec<Route> {
    routes![new, create]
}

#[derive(FromForm)]
struct LogIn<'r> {
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
fn new(layout: Layout<'_>, lost: LostCookie, site: &State<Site>, cookies: &CookieJar<'_>) -> Answer {
    if layout.user().is_some() {
        return Redirect::to(onward(layout.next())).into();
    }
    let typed = OldInput::take(cookies, site);
    form(&layout, site, &typed.email, false, lost.errors()).into()
}

#[post("/login", data = "<post>")]
async fn create(
    layout: Layout<'_>,
    visit: Visit,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, LogIn<'_>>,
) -> web::Result<Answer> {
    if layout.user().is_some() {
        return Ok(Redirect::to(paths::PROFILE).into());
    }
    let layout = layout.keeping(&post.typed("next"));
    let (email, ticked) = (post.typed("email"), !post.typed("remember").is_empty());
    let invalid = |errors: Value| {
        Ok(form(&layout, site, &email, ticked, errors).with_status(Status::UnprocessableEntity).into())
    };
    let Some(fields) = post.fields() else {
        return invalid(json!({ "form": NOT_WHOLE }));
    };
    if fields.email.trim().is_empty() || fields.password.is_empty() {
        let missing = |value: &str, sentence: &str| value.trim().is_empty().then(|| sentence.to_owned());
        let email = missing(fields.email, "Enter your email address.");
        let password = fields.password.is_empty().then_some("Enter your password.");
        return invalid(json!({ "email": email, "password": password }));
    }

    let (known_browser, given_at) = (KnownBrowser::read(cookies, site), site.clock.now());
    let (password, remember) = (Password::typed(fields.password), fields.remember.is_some());
    let submission = submitted.leads(onward(layout.next()), None);
    let typed = sign_in::Typed {
        email: fields.email,
        password,
        remember,
        known_browser: &known_browser,
        submission: &submission,
    };
    match sign_in(site, &typed, &client).await? {
        SignIn::Opened { started, account, reused } => {
            sessions::set_cookies(&started, visit.logged_out_before(), &client, cookies, site);
            known_browser.make_known(&account, given_at, cookies, site);
            // Left by an earlier failure whose page was never opened.
            Notice::forget(cookies);
            OldInput::take(cookies, site);
            SignedUp::forget(cookies, site);
            let onward = Redirect::to(onward(layout.next()));
            Ok(if reused { Notice::DeviceReused.after(onward).into() } else { onward.into() })
        }
        SignIn::Refused => {
            OldInput { email: fields.email.trim().to_owned(), name: String::new() }.keep(cookies, site);
            let (notice, page) = refused(fields.email, cookies, site);
            Ok(notice.after(Redirect::to(with_next(page, layout.next()))).into())
        }
        SignIn::Wait(wait) => {
            let errors = json!({ "form": wait.to_string() });
            let page = form(&layout, site, &email, ticked, errors);
            // The way in that wrong passwords of others cannot block.
            Ok(page.with("by_mail", site.mailer.is_on()).with_wait(&wait).into())
        }
    }
}

/// The notice of a failed login, and the page to show it on. It depends only on the input and this browser,
/// so it is the same whether the address has an account, which one, and whatever was wrong.
fn refused(email: &str, cookies: &CookieJar<'_>, site: &Site) -> (Notice, &'static str) {
    if !confirms(site) {
        return (Notice::LogInFailed, paths::LOGIN);
    }
    let signed_up = Email::parse(email).is_some_and(|email| SignedUp::with(&email.key(), cookies, site));
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

fn form(layout: &Layout<'_>, site: &Site, email: &str, remember: bool, errors: Value) -> Page {
    let wrong = |field: &str| errors.get(field).is_some_and(|error| !error.is_null());
    // The first field with an error, otherwise the first empty one.
    let password_next = if wrong("email") { false } else { wrong("password") || !email.is_empty() };
    let focus = if password_next { "password" } else { "email" };
    let errors = if errors.is_null() { json!({}) } else { errors };
    let context = json!({
        "email": email,
        "remember": remember,
        "confirms": confirms(site),
        "errors": errors,
        "focus": focus,
    });
    layout.page("login.html", "Login", context)
}
