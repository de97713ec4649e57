//! Idempotency of forms: a form that is sent twice, for example by a double click or on a slow connection, is
//! processed once, and both requests get the same answer. (For programs, an IETF draft does the same with the
//! header `Idempotency-Key`.) One route directly behind the checks sees each form of a page before any guard
//! does, since the second request may carry cookies that the first has replaced.

use std::sync::Mutex;
use std::sync::atomic::Ordering;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Cookie, Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::tokio::time::timeout_at;
use rocket::{Data, Request, Response};

use super::form::deadline;
use super::notice::{self, Notice};
use super::submission::{Arrived, FIELD, Sent, answer};
use super::{Error, Result, paths};
use crate::base::form_value::{CHARACTERS, FormValue};
use crate::base::submissions::FormResult;
use crate::base::{Site, submissions};

/// The number of bytes of a body that Rocket lets us peek at. A longer form gets no identifier. (Each
/// Cyrillic letter takes six bytes, and a password may have 256 characters.) The rest could be another
/// password, typed into the same page after going back, which makes another form. It is processed as often as
/// it is sent, but one after another, so a double click usually finds it done. To identify it by its whole
/// body, this route would have to parse forms instead of Rocket, for very few forms.
const LOOKED_AT: usize = 512;

/// The route ranked second of all.
pub fn second() -> Vec<Route> {
    vec![Route::ranked(isize::MIN + 1, Method::Post, "/<_..>", Idempotency)]
}

#[derive(Clone)]
struct Idempotency;

#[rocket::async_trait]
impl Handler for Idempotency {
    async fn handle<'r>(&self, request: &'r Request<'_>, mut data: Data<'r>) -> Outcome<'r> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error(Status::InternalServerError);
        };
        let Ok(value) = timeout_at(deadline(request), value(request, site, &mut data)).await else {
            return Outcome::Error(Status::RequestTimeout);
        };
        let Some((value, beginning)) = value else { return Outcome::Forward((data, Status::NotFound)) };
        let permit = site.limits.concurrency.at_form(&beginning).await;
        let Some(permit) = permit else { return Outcome::Error(Error::Underway.report(request)) };
        let whole = data.peek_complete() && data.peek(LOOKED_AT).await.len() < LOOKED_AT;
        let key = Some(beginning).filter(|_| whole);
        // A sign-up checks whether its account still exists, and takes equally long either way.
        let first = key.as_deref().filter(|_| request.uri().path().as_str() != paths::SIGNUP);
        match earlier_result(site, first).await {
            Err(error) => Outcome::Error(error.report(request)),
            Ok(Some(result)) => {
                let notice = result.notice.as_deref().and_then(Notice::by_code);
                Outcome::from(request, answer(result.location, notice))
            }
            Ok(None) => {
                let permit = Mutex::new(Some(permit));
                request
                    .local_cache(|| Arrived(Some(Sent { value, key, permit, written: Default::default() })));
                Outcome::Forward((data, Status::NotFound))
            }
        }
    }
}

/// The value that a form begins with, and an identifier of that beginning. If the beginning is the whole
/// form, that is the identifier of this submission. `None` if there is no valid value. This needs no query,
/// so values that strangers invent cause no work.
async fn value(request: &Request<'_>, site: &Site, data: &mut Data<'_>) -> Option<(FormValue, String)> {
    let start = format!("{FIELD}=");
    if !request.content_type().is_some_and(|kind| kind.is_form()) {
        return None;
    }
    if data.peek(start.len()).await != start.as_bytes() {
        return None;
    }
    let form = data.peek(LOOKED_AT).await;
    let text = form.get(start.len()..start.len() + CHARACTERS)?;
    if !matches!(form.get(start.len() + CHARACTERS), None | Some(b'&')) {
        return None;
    }
    let value = FormValue::parse(&site.key, std::str::from_utf8(text).ok()?)?;
    let beginning = value.submission(&site.key, request.uri().path().as_str(), form);
    Some((value, beginning))
}

async fn earlier_result(site: &Site, key: Option<&str>) -> Result<Option<FormResult>> {
    match key {
        Some(key) => Ok(submissions::find(&site.db, key, site.clock.now()).await?),
        None => Ok(None),
    }
}

/// Releases the waiting copy of the form once there is an answer. If this request failed because another
/// instance was faster, it gets the answer of that one.
pub struct ReplayAnswer;

#[rocket::async_trait]
impl Fairing for ReplayAnswer {
    fn info(&self) -> Info {
        Info { name: "forms sent twice", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let Some(sent) = Sent::of(request) else { return };
        let Some(site) = request.rocket().state::<Site>() else { return };
        let _permit = sent.take_permit();
        if !may_be_done(response.status(), sent.written.load(Ordering::SeqCst)) {
            return;
        }
        match earlier_result(site, sent.key.as_deref()).await {
            Ok(None) => {}
            Ok(Some(result)) => *response = replay(site, result),
            Err(error) => drop(error.report(request)),
        }
    }
}

/// Whether a form may have failed because it was processed before: its row existed (409), its link was used
/// (410), its session was replaced or its address was taken (a redirect, and no row written). Or this process
/// wrote its row, and the response failed afterwards. Other failures, such as an invalid field, cost no
/// query; after a wrong password the query was already made.
fn may_be_done(status: Status, written: bool) -> bool {
    match status.code {
        303 => !written,
        409 | 410 => true,
        _ => written,
    }
}

/// The answer of the first time. Nothing of an answer that was already made remains, for example the removal
/// of a cookie.
fn replay<'r>(site: &Site, result: FormResult) -> Response<'r> {
    let mut response = Response::build();
    response.status(Status::SeeOther).raw_header("Location", result.location);
    if let Some(notice) = result.notice.as_deref().and_then(Notice::by_code) {
        let cookie = Cookie::build((notice::COOKIE, notice.cookie_value())).path("/").secure(site.is_https());
        let cookie = cookie.max_age(notice::LIFE).build();
        response.raw_header("Set-Cookie", cookie.encoded().to_string());
    }
    response.finalize()
}
