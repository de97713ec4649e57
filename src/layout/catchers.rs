//! Error pages: the login page for 401, a framed page or JSON for every other error. They are shown even if
//! the database does not answer. Pages are in the language of the visitor; JSON is for programs, in English.

use rocket::http::{ContentType, Method, Status};
use rocket::response::{self, Redirect, Responder};
use rocket::{Catcher, Request, Response, catch, catchers};
use serde_json::{Value, json};
use url::Url;

use super::guard::Layout;
use super::lost_form::is_typed;
use crate::base::{Language, Sentence, Site};
use crate::people::groups::{NeedsNewLogin, NotAMember};
use crate::people::sessions::{self, LookedUp, NeedsFresh, NeedsSecondFactor, OtherAccount, SessionEnd};
use crate::web::app_notice::Waiting;
use crate::web::error::Explained;
use crate::web::error_cause::cause;
use crate::web::form_rate_limit::TooMany;
use crate::web::headers::harden;
use crate::web::lost_cookie::{is_lost, marked};
use crate::web::next::{Next, with_next};
use crate::web::notice::Notice;
use crate::web::request::{RequestId, WireMethod, asks_in_json, shows_page, wants_json};
use crate::web::view::{Answer, Page};
use crate::web::{Cookies, RouteClass};
use crate::web::{json_error, paths};

/// All of them.
pub fn catchers() -> Vec<Catcher> {
    catchers![unauthorized, conflict, unprocessable, other]
}

/// A page needs a user, a second factor, or a fresh login: redirects to the page for that, and back afterwards. A
/// client that wants JSON gets an error, and is never redirected. A program knows no login page: it is asked for a
/// token.
#[catch(401)]
async fn unauthorized(request: &Request<'_>) -> Result<Answer, Problem> {
    if RouteClass::of(request).rules().json {
        let description = "This needs a valid token or client credentials.".to_owned();
        return Err(Problem { status: Status::Unauthorized, description, page: None, more: Value::Null });
    }
    // Only for its cookies: what guards removed is dropped when a catcher answers.
    let _ = request.guard::<Layout<'_>>().await;
    let NeedsFresh(stale) = *request.local_cache(|| NeedsFresh(false));
    let NeedsSecondFactor(restricted) = *request.local_cache(|| NeedsSecondFactor(false));
    if wants_json(request) {
        let (description, way) = match stale {
            _ if restricted => ("This needs a second factor.", json!({ "second_factor": paths::SECURITY })),
            true => ("This needs a fresh login.", json!({ "reauthenticate": paths::REAUTHENTICATE })),
            false => ("This needs a login.", json!({ "login": paths::LOGIN })),
        };
        let description = description.to_owned();
        return Err(Problem { status: Status::Unauthorized, description, page: None, more: way });
    }
    let reading = reads(request);
    let next = wanted(request);
    if restricted {
        let page = Redirect::to(with_next(paths::SECURITY, next.as_ref()));
        return Ok(Notice::SecondFactorRequired.after(page).into());
    }
    if is_lost(request) {
        return Ok(Redirect::to(marked(&with_next(paths::LOGIN, next.as_ref()))).into());
    }
    // A notice of success is more important than that the page needs a login: a form that was sent twice may
    // have lost the cookie of the first answer.
    if !stale && Cookies::of(request).and_then(Waiting::of).is_some_and(Waiting::is_good_news) {
        return Ok(Redirect::to(with_next(paths::LOGIN, next.as_ref())).into());
    }
    // The login page says itself to which app it leads.
    if !stale && request.uri().path() == paths::GATE && sessions::why_ended(request).is_none() {
        return Ok(Redirect::to(with_next(paths::LOGIN, next.as_ref())).into());
    }
    let (notice, page) = match (stale, !reading && is_typed(request)) {
        (false, _) => (log_in_first(request, reading), paths::LOGIN),
        (true, _) if request.uri().path() == paths::EXPORT => {
            (Notice::ReauthenticateToDownload, paths::REAUTHENTICATE)
        }
        (true, false) => (Notice::ReauthenticateFirst, paths::REAUTHENTICATE),
        // The form's input is lost, so the notice says so.
        (true, true) => (Notice::ReauthenticateAgain, paths::REAUTHENTICATE),
    };
    Ok(notice.after(Redirect::to(with_next(page, next.as_ref()))).into())
}

/// That a page needs a login: why there is none any more, if that is known, and that the input of a form is lost.
fn log_in_first(request: &Request<'_>, reading: bool) -> Notice {
    let typed = !reading && is_typed(request);
    match (sessions::why_ended(request), typed) {
        (None, false) => Notice::LogInFirst,
        (None, true) => Notice::LogInFirstTyped,
        (Some(SessionEnd::Idle), false) => Notice::SessionIdle,
        (Some(SessionEnd::Idle), true) => Notice::SessionIdleTyped,
        (Some(SessionEnd::Old), false) => Notice::SessionOld,
        (Some(SessionEnd::Old), true) => Notice::SessionOldTyped,
        (Some(SessionEnd::AdminIdle), false) => Notice::AdminSessionIdle,
        (Some(SessionEnd::AdminIdle), true) => Notice::AdminSessionIdleTyped,
        (Some(SessionEnd::AdminOld), false) => Notice::AdminSessionOld,
        (Some(SessionEnd::AdminOld), true) => Notice::AdminSessionOldTyped,
    }
}

/// A form came from a page that was shown to another account: redirects to that page with a notice.
#[catch(409)]
async fn conflict(request: &Request<'_>) -> Result<Answer, Problem> {
    let OtherAccount(other) = *request.local_cache(|| OtherAccount(false));
    if !other || wants_json(request) {
        return Err(problem(Status::Conflict, request).await);
    }
    // Only for its cookies, as above.
    let _ = request.guard::<Layout<'_>>().await;
    let page = stood_on(request).map_or_else(|| Redirect::to(paths::HOME), Next::redirect);
    Ok(Notice::OtherAccount.after(page).into())
}

/// Whether a page was asked for, and nothing was sent.
fn reads(request: &Request<'_>) -> bool {
    matches!(WireMethod::of(request), Method::Get | Method::Head)
}

/// Where the visitor comes back to after a login: the page that was asked for, or the one with the form that was sent.
fn wanted(request: &Request<'_>) -> Option<Next> {
    if reads(request) { Next::parse(request.rocket(), &request.uri().to_string()) } else { stood_on(request) }
}

/// The page that a form stood on: that of its own address, else the one that the browser says it came from. Below `/admin`
/// only the browser says it: an address of ours in the answer would tell a stranger that it has a page.
fn stood_on(request: &Request<'_>) -> Option<Next> {
    let referer = request.headers().get_one("referer").and_then(|referer| Url::parse(referer).ok());
    let own = request.uri().path().as_str();
    let own = (!paths::is_below_admin(own)).then(|| own.to_owned());
    let pages = [own, referer.map(|page| page.path().to_owned())];
    pages.into_iter().flatten().find_map(|page| Next::parse(request.rocket(), &page))
}

/// Rocket answers 422 if a part of a path cannot be parsed: that page does not exist.
#[catch(422)]
async fn unprocessable(request: &Request<'_>) -> Problem {
    problem(Status::NotFound, request).await
}

#[catch(default)]
async fn other(status: Status, request: &Request<'_>) -> Problem {
    problem(status, request).await
}

async fn problem(status: Status, request: &Request<'_>) -> Problem {
    if status == Status::InternalServerError {
        // The page asks for this ID; the lines before say what went wrong.
        let (request_id, path) = (RequestId::of(request), request.uri().path());
        log::error!(event = "sys_broken", request_id, method:% = WireMethod::of(request); "{path} answered 500");
    }
    let Explained(own) = *request.local_cache(|| Explained(None));
    let NotAMember(outside) = *request.local_cache(|| NotAMember(false));
    // Not on the page of a 404: where the pages of a group are hidden from others, that is one like any other.
    let outside = outside && status == Status::Forbidden;
    let own = own.or(outside.then_some(("not-a-member", "not-a-member-advice")));
    let TooMany(seconds) = *request.local_cache(|| TooMany(None));
    let NeedsNewLogin(anew) = *request.local_cache(|| NeedsNewLogin(false));
    let (heading, advice) = own.unwrap_or_else(|| explained(status));
    let (heading, advice) = match seconds {
        Some(seconds) => (Sentence::from(heading), Sentence::new("error-429-wait").lasting(seconds)),
        None => (Sentence::from(heading), Sentence::from(advice)),
    };
    // The user's name is worth a query on a page that was merely not found. The other pages do without: they
    // answer requests that should cost nothing, or a database that does not answer. But if the user was
    // already looked up, the answer may include a cookie that must not be lost: that of a remembered device
    // with a new token.
    let LookedUp(already) = *request.local_cache(|| LookedUp(false));
    // Never where a program asks in the place of the visitor's browser: no cookie of the answer reaches that.
    let worth = matches!(status.code, 404 | 405 | 408 | 413 | 415) || own.is_some();
    let asked = already || worth && !asks_in_json(request);
    let known = if asked { request.guard::<Layout<'_>>().await.succeeded() } else { None };
    let layout = match known {
        Some(layout) => Some(layout),
        None => Layout::without_user(request).await,
    };
    // If no page is shown, a waiting notice is kept: a missing icon must not use it up.
    let layout = layout.filter(|_| !wants_json(request));
    let layout = layout.map(|layout| if shows_page(request) { layout } else { layout.without_notice() });
    let page = layout.map(|layout| {
        let context = json!({
            "heading": layout.say(&heading),
            "advice": layout.say(&advice),
            "cause": if status.code >= 500 { cause(request) } else { None },
            // The right address of the page, if this is the wrong one.
            "elsewhere": (status == Status::MisdirectedRequest).then(|| elsewhere(request)),
            // The page of a user whose session is not enough for this one: they log out, log in again, and come back.
            "login_anew": anew.then(|| json!({ "next": wanted(request).as_ref().map(Next::as_str) })),
            // Only an ID that is certainly in the log is worth reporting to the operator.
            "request_id": (status == Status::InternalServerError).then(|| RequestId::of(request)),
        });
        layout.page("error.html", heading.clone(), context).with_status(status)
    });
    let description = in_english(request, &heading, &advice);
    let more = seconds.map_or(Value::Null, |seconds| json!({ "retry_after": seconds }));
    Problem { status, description, page, more }
}

/// The same page at the site's own address, and that address as text. A form is not linked to.
fn elsewhere(request: &Request<'_>) -> Value {
    let site = request.rocket().state::<Site>();
    let base_url = site.map(|site| site.settings.base_url.to_string()).unwrap_or_default();
    let page = if reads(request) { request.uri().to_string() } else { paths::HOME.to_owned() };
    json!({ "page": format!("{}{page}", base_url.trim_end_matches('/')), "site": base_url })
}

/// What happened and what to do next, as a program reads it.
fn in_english(request: &Request<'_>, heading: &Sentence, advice: &Sentence) -> String {
    let site = request.rocket().state::<Site>();
    let say = |sentence| site.map(|site| site.words.text(Language::english(), sentence)).unwrap_or_default();
    format!("{}. {}", say(heading), say(advice))
}

/// What happened in plain words, and what to do next: the keys of both sentences.
fn explained(status: Status) -> (&'static str, &'static str) {
    match status.code {
        403 => ("error-403", "error-403-advice"),
        404 => ("error-404", "error-404-advice"),
        405 => ("error-405", "error-405-advice"),
        408 => ("error-408", "error-408-advice"),
        409 => ("error-409", "error-409-advice"),
        413 => ("error-413", "error-413-advice"),
        415 => ("error-415", "error-415-advice"),
        421 => ("error-421", "error-421-advice"),
        429 => ("error-429", "error-429-advice"),
        503 => ("error-503", "error-503-advice"),
        400..=499 => ("error-400", "error-400-advice"),
        _ => ("error-500", "error-500-advice"),
    }
}

/// An error as a page or as JSON.
struct Problem {
    status: Status,
    description: String,
    page: Option<Page>,
    more: Value,
}

impl<'r> Responder<'r, 'static> for Problem {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = match self.page {
            Some(page) => {
                // A page that cannot be rendered must not become Rocket's own error page.
                page.respond_to(request).or_else(|_| {
                    let why = cause(request).map(|cause| format!("\n\n{cause}")).unwrap_or_default();
                    plain(self.status, &format!("{}{why}", self.description))
                })
            }
            None => json_error::respond(request, self.status, &self.description, self.more),
        }?;
        // Fairings do not run for requests that Rocket itself refuses, such as an unknown method.
        harden(request, &mut response);
        Ok(response)
    }
}

fn plain(status: Status, text: &str) -> response::Result<'static> {
    Response::build()
        .status(status)
        .header(ContentType::Text)
        .sized_body(text.len(), std::io::Cursor::new(text.to_owned()))
        .ok()
}
