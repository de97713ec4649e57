//! The page that asks a user who is logged in to prove again who they are, and then returns to where they were.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::response::content::RawJson;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use super::after_code::AfterCode;
use super::one_of::OneOf;
use super::reauthenticate::{Again, Reauthenticated, by_code, by_passkey, by_password};
use super::second_page::{STOPPED, UNREADABLE};
use crate::base::{Password, Site, Token};
use crate::features::gate;
use crate::layout::Layout;
use crate::people::{Enrolling, User, Visit};
use crate::services::apps::AppsCache;
use crate::services::passkeys::{self, AssertionAnswer};
use crate::services::second_factor;
use crate::web::next::with_next;
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, Submission, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, options, create_by_passkey]
}

/// Either of the first two, depending on what the page asked for.
#[derive(FromForm)]
struct Typed<'r> {
    password: Option<&'r str>,
    code: Option<&'r str>,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[get("/reauthenticate")]
async fn new(
    user: Enrolling,
    layout: Layout<'_>,
    site: &State<Site>,
    apps: &State<AppsCache>,
) -> web::Result<Answer> {
    let newer = gate::needs_newer_login(site, apps, layout.next(), user.authenticated_at).await?;
    match user.is_fresh(site) && !newer {
        // They came back to it, or proved it in another tab.
        true => Ok(Redirect::to(layout.onward()).into()),
        false => Ok(form(&layout, site, &user, FormErrors::none()).await?.into()),
    }
}

#[post("/reauthenticate", data = "<post>")]
async fn create(
    user: Enrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Typed<'_>>,
) -> web::Result<Answer> {
    let layout = layout.keeping(&post.typed("next"));
    let (site, given_at) = (visit.site, visit.site.clock.now());
    let (known_browser, after) = (visit.known_browser(), AfterCode::leads(&visit, layout.onward()));
    let again =
        Again { user: &user, known_browser: &known_browser, client: &visit.client, submission: after.form() };
    let factors = second_factor::summary(site, &user.id).await?;
    let errors = match post.fields() {
        Some(Typed { password: Some(typed), .. }) if !factors.is_asked(site) => {
            if typed.is_empty() {
                FormErrors::of("password", FormErrors::NO_PASSWORD)
            } else {
                match by_password(site, &Password::typed(typed), again).await? {
                    Reauthenticated::Fresh(token, afterwards) => {
                        known_browser.make_known(&user.id, given_at, visit.cookies);
                        return Ok(goes_on(&visit, &token, after.answer(afterwards)));
                    }
                    Reauthenticated::Ended => return Ok(log_in_first()),
                    other => wrong(other, "password", FormErrors::WRONG_PASSWORD),
                }
            }
        }
        Some(Typed { code: Some(typed), .. }) if factors.is_asked(site) => match OneOf::parse(typed) {
            None => FormErrors::of("code", no_code(typed, factors.asks_app())),
            Some(code) => match by_code(site, code.given(), again, &after).await? {
                Reauthenticated::Fresh(token, afterwards) => {
                    return Ok(goes_on(&visit, &token, after.answer(afterwards)));
                }
                Reauthenticated::Ended => return Ok(log_in_first()),
                other => wrong(other, "code", code.wrong()),
            },
        },
        // Their page was shown before.
        Some(Typed { password: Some(_), .. } | Typed { code: Some(_), .. }) => {
            FormErrors::about_all(SWITCHED)
        }
        Some(_) | None => FormErrors::not_whole(),
    };
    Ok(form(&layout, site, &user, errors).await?.into())
}

/// What the browser is asked for; 404 where passkeys cannot be used.
#[get("/reauthenticate/options")]
async fn options(user: Enrolling, site: &State<Site>) -> web::Result<Result<RawJson<String>, Status>> {
    let Some(at) = passkeys::site(site) else { return Ok(Err(Status::NotFound)) };
    let bound_to = user.session.as_str().as_bytes();
    let options = passkeys::for_reauthentication(site, &at, &user.id, bound_to).await?;
    Ok(Ok(RawJson(json!(options).to_string())))
}

/// The answer of a passkey, as the script fills it in.
#[derive(FromForm)]
struct Signed<'r> {
    credential: &'r str,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[post("/reauthenticate/passkey", data = "<post>")]
async fn create_by_passkey(
    user: Enrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Signed<'_>>,
) -> web::Result<Result<Answer, Status>> {
    let Some(at) = passkeys::site(visit.site) else { return Ok(Err(Status::NotFound)) };
    let layout = layout.keeping(&post.typed("next"));
    let Some(fields) = post.fields() else {
        return Ok(Ok(form(&layout, visit.site, &user, FormErrors::not_whole()).await?.into()));
    };
    let refused = || {
        let page = Redirect::to(with_next(paths::REAUTHENTICATE, layout.next()));
        Answer::from(Notice::PasskeyRefused.after(page))
    };
    let Some(answer) = AssertionAnswer::parse(fields.credential) else { return Ok(Ok(refused())) };
    let (known_browser, submission) = (visit.known_browser(), visit.leads(layout.onward(), None));
    let again =
        Again { user: &user, known_browser: &known_browser, client: &visit.client, submission: &submission };
    Ok(Ok(match by_passkey(visit.site, &at, &answer, again).await? {
        Reauthenticated::Fresh(token, _) => goes_on(&visit, &token, &submission),
        Reauthenticated::Ended => log_in_first(),
        // All but the first are about what is typed, and never come here.
        Reauthenticated::Wrong
        | Reauthenticated::Used
        | Reauthenticated::Stopped
        | Reauthenticated::Unreadable
        | Reauthenticated::Switched
        | Reauthenticated::Wait(_) => refused(),
    }))
}

/// The error of a text that is no code of either kind.
fn no_code(typed: &str, asks_app: bool) -> &'static str {
    match (typed.trim().is_empty(), asks_app) {
        (true, true) => "second-code-empty",
        (true, false) => "recovery-code-empty",
        (false, true) => "second-code-wrong",
        (false, false) => "recovery-code-wrong",
    }
}

/// The error if something else is asked for than the form has.
const SWITCHED: &str = "reauthenticate-switched";

/// The errors of what was typed in a field. `sentence` is that of what is wrong.
fn wrong(result: Reauthenticated, field: &str, sentence: &'static str) -> FormErrors {
    match result {
        Reauthenticated::Wait(wait) => FormErrors::wait(wait),
        Reauthenticated::Used => FormErrors::of(field, "second-code-used"),
        Reauthenticated::Stopped => FormErrors::about_all(STOPPED),
        Reauthenticated::Unreadable => FormErrors::about_all(UNREADABLE),
        Reauthenticated::Switched => FormErrors::about_all(SWITCHED),
        // The first two were answered before.
        Reauthenticated::Fresh(..) | Reauthenticated::Ended | Reauthenticated::Wrong => {
            FormErrors::of(field, sentence)
        }
    }
}

/// The session is fresh, under a new token.
fn goes_on(visit: &Visit<'_>, token: &Token, submission: &Submission) -> Answer {
    visit.rotate(token);
    Notice::forget(visit.cookies);
    submission.clone().answer()
}

/// The session has ended.
fn log_in_first() -> Answer {
    Notice::LogInFirst.after(Redirect::to(paths::LOGIN)).into()
}

async fn form(layout: &Layout<'_>, site: &Site, user: &User, errors: FormErrors) -> web::Result<Page> {
    let factors = second_factor::summary(site, &user.id).await?;
    let asks_code = factors.is_asked(site);
    let counts = factors.passkeys;
    let has_passkey = if asks_code { counts.as_second() > 0 } else { counts.by_themselves > 0 };
    let (title, first) = match asks_code {
        true if has_passkey => ("reauthenticate-title-factor", ""),
        true => ("reauthenticate-title-factor", "code"),
        false => ("reauthenticate-title", "password"),
    };
    let context = json!({
        "asks_code": asks_code,
        "asks_app": factors.asks_app(),
        "has_passkey": has_passkey,
        "focus": errors.focus(&["code", "password"], first),
    });
    Ok(layout.page("reauthenticate.html", title, context).with_errors(errors))
}
