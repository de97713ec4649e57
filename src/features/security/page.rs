//! Security: which second factors one's own account has, and whether they are asked for.

use rocket::response::Redirect;
use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::codes_setup::{CodesSetup, Waiting};
use super::finish::{Finished, GoesOn, SetUpOf, finish};
use super::passkey_view;
use super::removal::{Removal, RemovalBy, Removed, remove};
use super::totp_setup::TotpSetup;
use crate::base::recovery_code::CODES;
use crate::base::{Sentence, Site, Time};
use crate::layout::Layout;
use crate::people::sessions::{self, Authenticated};
use crate::people::{Enrolling, FreshEnrolling, User, Visit};
use crate::services::recovery_codes::{FEW, NewSet};
use crate::services::second_factor::{self, Factors};
use crate::services::totp_app::App;
use crate::web::moment::{self, Moment};
use crate::web::{self, Answer, FormErrors, Next, Notice, Page, paths};

/// The longest `next` that a cookie keeps, in bytes.
const LONGEST_NEXT: usize = 1_000;

/// Its route.
pub fn routes() -> Vec<Route> {
    routes![index]
}

#[get("/settings/security")]
async fn index(user: Enrolling, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    form(&layout, site, &user, FormErrors::none()).await
}

/// The page, with its errors.
pub(super) async fn form(
    layout: &Layout<'_>,
    site: &Site,
    user: &User,
    errors: FormErrors,
) -> web::Result<Page> {
    let factors = second_factor::summary(site, &user.id).await?;
    let day = |time: Time| layout.say(&moment::date(time, site));
    let passkeys = passkey_view::shown(layout, site, user).await?;
    let context = json!({
        "since": factors.two_factor_since.map(day),
        "required": user.needs_second_factor(site),
        "can_be_asked": factors.can_be_asked(),
        "last_factor": last_factor(site, &factors),
        "asks_passkey": factors.is_asked(site) && !factors.is_on(),
        "app": factors.app.as_ref().map(|app| shown(layout, site, app)),
        "codes_left": codes_left(layout, &factors),
        "few_codes": factors.codes_left.is_some_and(|left| left <= FEW),
        "passkeys": passkeys,
        // This page asks by a form of its own, for longer.
        "upgrade": false,
    });
    Ok(layout.page("security.html", "settings-security", context).with_errors(errors))
}

/// What turns two-factor authentication off if it is removed: the only factor there is. Where the site requires one, it
/// cannot be removed.
fn last_factor(site: &Site, factors: &Factors) -> Option<&'static str> {
    let passkeys = factors.passkeys.as_second() + factors.passkeys.elsewhere;
    let may_go = factors.is_on() && !site.settings.second_factor.is_required();
    match (may_go, factors.app.is_some(), passkeys) {
        (true, true, 0) => Some("app"),
        (true, false, 1) => Some("passkey"),
        _ => None,
    }
}

fn shown(layout: &Layout<'_>, site: &Site, app: &App) -> Value {
    let trouble = match (app.readable, app.stopped_at) {
        (false, _) => Some("unreadable"),
        (true, Some(_)) => Some("stopped"),
        (true, None) => None,
    };
    json!({
        "added": layout.say(&moment::date(app.created_at, site)),
        "used": app.last_used_at.map(|time| Moment::recent(time, site, layout.language())),
        "trouble": trouble,
    })
}

/// How many recovery codes are left, in words. `None` if there is no set.
pub(super) fn codes_left(layout: &Layout<'_>, factors: &Factors) -> Option<String> {
    let left = factors.codes_left?;
    let sentence = Sentence::new("security-codes-left").with("count", left);
    Some(layout.say(&sentence.with("most", i64::try_from(CODES).unwrap_or_default())))
}

/// Where the visitor wanted to go, for a set-up that leads there in the end; empty if nowhere.
pub(super) fn wish(layout: &Layout<'_>) -> String {
    layout.next().map(Next::as_str).filter(|next| next.len() <= LONGEST_NEXT).unwrap_or_default()
}

/// Lets what was set up count, and leads to where the visitor wanted to go. Otherwise what the page has to say.
pub(super) async fn conclude(
    layout: &Layout<'_>,
    visit: &Visit<'_>,
    (user, proved): (&User, Authenticated),
    codes: Option<&NewSet>,
    waiting: &Waiting,
) -> web::Result<Result<Answer, FormErrors>> {
    let factors = second_factor::summary(visit.site, &user.id).await?;
    let notice = match waiting {
        Waiting::Nothing => Notice::CodesKept,
        Waiting::App(..) if factors.is_on() && factors.app.is_some() => Notice::AppReplaced,
        Waiting::App(..) if factors.is_on() => Notice::AppAdded,
        Waiting::App(..) | Waiting::TurningOn => Notice::TwoFactorOn,
    };
    let location = layout.next().map_or_else(|| paths::SECURITY.to_owned(), Next::as_str);
    let submission = visit.leads(location, notice);
    let set_up = SetUpOf { user, codes, waiting, client: &visit.client, submission: &submission };
    Ok(match finish(visit.site, set_up, proved).await? {
        Finished::Done(goes_on) => {
            if codes.is_some() {
                CodesSetup::forget(visit.cookies);
            }
            if matches!(waiting, Waiting::App(..)) {
                TotpSetup::forget(visit.cookies);
            }
            go_on(visit, &goes_on);
            Ok(submission.answer())
        }
        Finished::NoFactor => Ok(add_factor_first()),
        Finished::NoCodes => Ok(Redirect::to(paths::CODES).into()),
        Finished::KeptBefore => {
            CodesSetup::forget(visit.cookies);
            Ok(Redirect::to(paths::SECURITY).into())
        }
        Finished::Wait(wait) => Err(FormErrors::wait(wait)),
        Finished::Ended => Ok(ended()),
    })
}

/// Removes the app, or turns two-factor authentication off. `notice` says that it was done.
pub(super) async fn take_away(
    layout: &Layout<'_>,
    visit: &Visit<'_>,
    fresh: &FreshEnrolling,
    (removal, notice): (Removal, Notice),
) -> web::Result<Answer> {
    let (submission, proved) = (visit.leads(paths::SECURITY, notice), fresh.authenticated());
    let by = RemovalBy { user: fresh, proved: &proved, client: &visit.client, submission: &submission };
    let errors = match remove(visit.site, removal, by).await? {
        Removed::Done(token) => {
            visit.rotate(&token);
            return Ok(submission.answer());
        }
        Removed::Before => return Ok(Redirect::to(paths::SECURITY).into()),
        Removed::Ended => return Ok(ended()),
        Removed::Required if removal == Removal::App => FormErrors::about_all("notice-factor-required"),
        Removed::Required => FormErrors::about_all("form-two-factor-required"),
        Removed::Wait(wait) => FormErrors::wait(wait),
    };
    Ok(form(layout, visit.site, fresh, errors).await?.into())
}

/// The answer if there is no factor that could be asked for.
pub(super) fn add_factor_first() -> Answer {
    Notice::AddFactorFirst.after(Redirect::to(paths::SECURITY)).into()
}

/// The answer if what was begun took too long, or was begun in another session.
pub(super) fn too_late() -> Answer {
    Notice::SetUpTooLate.after(Redirect::to(paths::SECURITY)).into()
}

/// The answer if the session ended in the meantime.
fn ended() -> Answer {
    Notice::LogInFirst.after(Redirect::to(paths::LOGIN)).into()
}

/// Gives the visitor the tokens with which the session goes on.
fn go_on(visit: &Visit<'_>, goes_on: &GoesOn) {
    match goes_on {
        GoesOn::AsBefore => {}
        GoesOn::Rotated(token) => visit.rotate(token),
        GoesOn::Alone(rotated) => {
            visit.rotate_with_device(rotated);
            if visit.device().is_some() {
                sessions::forget_device(visit.cookies);
            }
        }
    }
}
