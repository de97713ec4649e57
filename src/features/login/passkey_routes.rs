//! A passkey in place of the password, and a passkey after it: what a browser is asked, and what it answers.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::response::content::RawJson;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use super::passkey::{self, ByPasskey, PasskeyInput, SecondPasskey};
use super::routes::form;
use super::second::Second;
use super::second_page::{OTHER_LOGIN, finished, form as second_form, too_late, waiting};
use super::{pending_cookie, unknown_passkey};
use crate::base::Site;
use crate::layout::Layout;
use crate::people::{MaybeEnrolling, Visit};
use crate::services::passkeys::{self, AssertionAnswer, RequestOptions};
use crate::web::next::with_next;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, OldInput, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![options, create, second_options, create_second]
}

/// JSON for the script. 404 where passkeys cannot be used.
type Asked = Result<RawJson<String>, Status>;

/// The answer to a form. 404 where passkeys cannot be used.
type Answered = Result<Answer, Status>;

#[derive(FromForm)]
struct Assertion<'r> {
    credential: &'r str,
    remember: Option<&'r str>,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

#[derive(FromForm)]
struct SecondAssertion<'r> {
    credential: &'r str,
    #[expect(
        dead_code,
        reason = "read before the fields are known to be right; here so that it may be sent"
    )]
    next: Option<&'r str>,
}

/// The same question for every visitor, so it asks no database.
#[get("/login/passkey/options")]
fn options(site: &State<Site>) -> Asked {
    let at = passkeys::site(site).ok_or(Status::NotFound)?;
    Ok(in_json(&passkeys::for_login(site, &at)))
}

#[post("/login/passkey", data = "<post>")]
async fn create(
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Assertion<'_>>,
) -> web::Result<Answered> {
    let (site, cookies) = (visit.site, visit.cookies);
    let Some(at) = passkeys::site(site) else { return Ok(Err(Status::NotFound)) };
    let layout = layout.keeping(&post.typed("next"));
    let login = with_next(paths::LOGIN, layout.next());
    // Whose passkey it is, is not known yet. One account must not take the place of another without a word.
    if layout.user().is_some() {
        return Ok(Ok(Notice::SwitchFirst.after(Redirect::to(login)).into()));
    }
    let ticked = !post.typed("remember").is_empty();
    let typed = OldInput { remember: ticked, ..OldInput::look(cookies) };
    let Some(fields) = post.fields() else {
        return Ok(Ok(form(&layout, site, &typed, FormErrors::not_whole()).into()));
    };
    let refused = |notice: Notice| -> Answer {
        // The box stays ticked.
        if ticked {
            typed.keep(cookies);
        }
        notice.after(Redirect::to(login.clone())).into()
    };
    let Some(answer) = AssertionAnswer::parse(fields.credential) else {
        return Ok(Ok(refused(Notice::PasskeyRefused)));
    };
    let (known_browser, given_at) = (visit.known_browser(), site.clock.now());
    let (submission, pending) = (visit.leads(layout.onward(), None), pending_cookie::held(cookies));
    let input = PasskeyInput {
        answer: &answer,
        remember: fields.remember.is_some(),
        known_browser: &known_browser,
        pending: pending.as_ref(),
        submission: &submission,
    };
    Ok(Ok(match passkey::log_in(site, &at, &input, &visit.client).await? {
        ByPasskey::Opened { started, account, reused } => {
            visit.log_in(&started, known_browser, &account, given_at);
            pending_cookie::forget(cookies);
            // Left by an earlier failure whose page was never opened.
            Notice::forget(cookies);
            OldInput::forget(cookies);
            match reused {
                true => Notice::DeviceReused.after(Redirect::to(layout.onward())).into(),
                false => submission.answer(),
            }
        }
        ByPasskey::Unknown => {
            unknown_passkey::keep(&passkeys::unknown(&at, &answer), cookies);
            refused(Notice::PasskeyUnknown)
        }
        ByPasskey::Removed => refused(Notice::PasskeyUnknown),
        ByPasskey::Rests => refused(Notice::PasskeyRests),
        ByPasskey::Refused => refused(Notice::PasskeyRefused),
        ByPasskey::Wait(wait) => form(&layout, site, &typed, FormErrors::wait(wait)).into(),
    }))
}

/// The question after the password, only for the browser in which it was typed.
#[get("/login/second/options")]
async fn second_options(maybe_user: MaybeEnrolling, cookies: Cookies<'_>) -> web::Result<Asked> {
    let site = cookies.site;
    let Some(at) = passkeys::site(site) else { return Ok(Err(Status::NotFound)) };
    let waiting = match maybe_user.user() {
        Some(_) => None,
        None => pending_cookie::read(cookies).await?,
    };
    // Its page, loaded again, leads on.
    let Some((token, pending)) = waiting else { return Ok(Err(Status::Unauthorized)) };
    let hash = token.hash();
    let options = passkeys::for_second(site, &at, &pending.account, hash.as_str().as_bytes()).await?;
    Ok(Ok(in_json(&options)))
}

#[post("/login/second/passkey", data = "<post>")]
async fn create_second(
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, SecondAssertion<'_>>,
) -> web::Result<Answered> {
    let Some(at) = passkeys::site(visit.site) else { return Ok(Err(Status::NotFound)) };
    let layout = layout.keeping(&post.typed("next"));
    let (token, pending) = match waiting(&layout, visit.cookies).await? {
        Ok(waiting) => waiting,
        Err(answer) => return Ok(Ok(answer)),
    };
    let again = with_next(paths::SECOND, layout.next());
    let refused = || -> Answer { Notice::PasskeyRefused.after(Redirect::to(again.clone())).into() };
    // A page that was shown for another login names another account, perhaps.
    if visit.submitted.is_of_another_link(&token.hash()) {
        let errors = FormErrors::about_all(OTHER_LOGIN);
        return Ok(Ok(second_form(&layout, visit.site, (&token, &pending), errors).await?.into()));
    }
    let Some(answer) = post.fields().and_then(|fields| AssertionAnswer::parse(fields.credential)) else {
        return Ok(Ok(refused()));
    };
    let submission = visit.leads(layout.onward(), None);
    let input = SecondPasskey { token: &token, pending: &pending, answer: &answer, submission: &submission };
    Ok(Ok(match passkey::second(visit.site, &at, &input, &visit.client).await? {
        opened @ Second::Opened { .. } => finished(opened, &layout, &visit, &pending),
        Second::Over => too_late(&layout),
        // All but the first are about codes, and never come here.
        Second::Wrong
        | Second::Used
        | Second::Stopped
        | Second::StoppedNow
        | Second::Unreadable
        | Second::Wait(_) => refused(),
    }))
}

fn in_json(options: &RequestOptions) -> RawJson<String> {
    RawJson(json!(options).to_string())
}
