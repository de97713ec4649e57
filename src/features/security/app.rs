//! The authenticator app: set up, in the place of another one or not, and removed.

use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::codes_setup::{CodesSetup, Waiting};
use super::page::{conclude, take_away, too_late, wish};
use super::removal::Removal;
use super::totp_setup::TotpSetup;
use crate::base::qr::QrSvg;
use crate::base::totp::{self, Code, TotpSecret, otpauth_uri};
use crate::base::{Sentence, Site, Time};
use crate::layout::Layout;
use crate::people::{Enrolling, FreshEnrolling, User, Visit};
use crate::services::second_factor;
use crate::web::moment::Moment;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![create, edit, update, destroy]
}

#[derive(FromForm)]
struct Onward<'r> {
    next: Option<&'r str>,
}

/// Begins a set-up. What it shows is a secret, so it takes a fresh login; what follows does not.
#[post("/settings/security/app/new", data = "<post>")]
fn create(
    fresh: FreshEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Onward<'_>>,
) -> Redirect {
    let next = post.fields().and_then(|fields| fields.next).unwrap_or_default();
    TotpSetup::begin(&fresh, wish(&layout.keeping(next)), visit.cookies);
    Redirect::to(paths::APP)
}

#[get("/settings/security/app")]
fn edit(user: Enrolling, layout: Layout<'_>, cookies: Cookies<'_>) -> Answer {
    match TotpSetup::read(&user, cookies) {
        Some(setup) => form(&layout, cookies.site, &user, &setup.secret, FormErrors::none()).into(),
        None => Redirect::to(paths::SECURITY).into(),
    }
}

#[derive(FromForm)]
struct Typed<'r> {
    code: &'r str,
}

#[post("/settings/security/app", data = "<post>")]
async fn update(
    user: Enrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Typed<'_>>,
) -> web::Result<Answer> {
    let (site, now) = (visit.site, visit.site.clock.now());
    let Some(setup) = TotpSetup::read(&user, visit.cookies) else { return Ok(too_late()) };
    let Some(proved) = user.authenticated() else { return Ok(too_late()) };
    let layout = layout.keeping(&setup.next);
    let invalid = |errors: FormErrors| Ok(form(&layout, site, &user, &setup.secret, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let Some(code) = Code::parse(fields.code) else {
        return invalid(FormErrors::of("code", "app-setup-no-code"));
    };
    let Some(step) = totp::step_of(&setup.secret, &code, now) else {
        return invalid(FormErrors::of("code", wrong(&setup.secret, &code, now)));
    };
    let waiting = Waiting::App(setup.secret.clone(), step);
    let factors = second_factor::summary(site, &user.id).await?;
    if factors.codes_left.unwrap_or_default() == 0 {
        CodesSetup::begin(&user, &waiting, wish(&layout), visit.cookies);
        return Ok(Redirect::to(paths::CODES).into());
    }
    match conclude(&layout, &visit, (&*user, proved), None, &waiting).await? {
        Ok(answer) => Ok(answer),
        Err(errors) => invalid(errors),
    }
}

#[post("/settings/security/app/remove")]
async fn destroy(fresh: FreshEnrolling, layout: Layout<'_>, visit: Visit<'_>) -> web::Result<Answer> {
    let factors = second_factor::summary(visit.site, &fresh.id).await?;
    let passkeys = factors.passkeys.as_second() + factors.passkeys.elsewhere;
    let notice = match factors.is_on() && passkeys == 0 {
        true => Notice::LastFactorRemoved,
        false => Notice::AppRemoved,
    };
    take_away(&layout, &visit, &fresh, (Removal::App, notice)).await
}

/// What is wrong with a code: maybe a clock is off.
fn wrong(secret: &TotpSecret, code: &Code, now: Time) -> Sentence {
    match totp::minutes_off(secret, code, now) {
        Some(fast @ 1..) => Sentence::new("app-setup-clock-fast").lasting(fast * 60),
        Some(slow) => Sentence::new("app-setup-clock-slow").lasting(-slow * 60),
        None => Sentence::new("app-setup-wrong"),
    }
}

fn form(layout: &Layout<'_>, site: &Site, user: &User, secret: &TotpSecret, errors: FormErrors) -> Page {
    let uri = otpauth_uri(site.settings.site_name.as_str(), &user.email.shown(), secret);
    let context = json!({
        // Without one the secret can still be typed.
        "qr": QrSvg::draw(&uri).ok().map(|qr| qr.reveal().to_owned()),
        "uri": uri,
        "secret": secret.reveal_in_groups(),
        "clock": Moment::clock(site.clock.now(), site, layout.language()),
    });
    layout.page("app.html", "app-setup-title", context).with_errors(errors)
}
