//! Idempotency of forms: a form that is sent twice, for example by a double click or on a slow connection, is
//! processed once, and both requests get the same answer. (For programs, an IETF draft does the same with the
//! header `Idempotency-Key`.) One route directly behind the checks sees each form of a page before any guard
//! does, since the second request may carry cookies that the first has replaced.

use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use parking_lot::Mutex;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Cookie, Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::tokio::time::{Instant, timeout_at};
use rocket::{Data, Request, Response};

use super::Error;
use super::app_notice::Waiting;
use super::checks::RANK_OF_CHECKS;
use super::flash;
use super::form::{deadline, postpone};
use super::submission::{Arrived, FIELD, Sent, answer, earlier_result, result_at_arrival};
use crate::base::Site;
use crate::base::form_value::{CHARACTERS, FormValue};
use crate::base::submissions::FormResult;

/// The number of bytes of a body that Rocket lets us peek at. (Each Cyrillic letter takes six bytes, and a
/// password may have 256 characters.) Two longer forms that begin alike are processed one after another, but the
/// rest could be another password, typed into the same page after going back, which makes another form. So such a
/// form is identified by all of its fields, once [`Post`](super::Post) has read them.
const LOOKED_AT: usize = 512;

/// The route ranked behind the checks.
pub fn second() -> Vec<Route> {
    vec![Route::ranked(RANK_OF_CHECKS + 2, Method::Post, "/<_..>", Idempotency)]
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
        let begun = Instant::now();
        let permit = site.limits.concurrency.at_form(&beginning).await;
        postpone(request, begun.elapsed());
        let Some(permit) = permit else { return Outcome::Error(Error::Underway.report(request)) };
        let whole = data.peek_complete() && data.peek(LOOKED_AT).await.len() < LOOKED_AT;
        let key = Some(beginning).filter(|_| whole);
        match result_at_arrival(request, site, key.as_deref()).await {
            Err(error) => Outcome::Error(error.report(request)),
            Ok(Some(result)) => {
                let notice = notice_of(site, &result);
                Outcome::from(request, answer(result.location, notice))
            }
            Ok(None) => {
                let key = key.map(OnceLock::from).unwrap_or_default();
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
    let beginning = value.submission(&site.key, &request.uri().to_string(), form);
    Some((value, beginning))
}

/// The notice of an earlier answer, of ours or of the app.
fn notice_of(site: &Site, result: &FormResult) -> Option<Waiting> {
    Waiting::by_code(&site.settings.program, result.notice.as_deref()?)
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
        match earlier_result(site, sent.key()).await {
            Ok(None) => {}
            Ok(Some(result)) => *response = replay(site, result),
            Err(error) => drop(error.report(request)),
        }
    }
}

/// Whether a form may have failed because it was processed before: its row existed (409), its link was used
/// (410), what it was about was deleted (404), its session was replaced or its address was taken (a redirect, and
/// no row written). Or this process wrote its row, and the response failed afterwards. Other failures, such as an
/// invalid field, cost no query; after a wrong password the query was already made.
fn may_be_done(status: Status, written: bool) -> bool {
    match status.code {
        303 => !written,
        404 | 409 | 410 => true,
        _ => written,
    }
}

/// The answer of the first time. Nothing of an answer that was already made remains, for example the removal
/// of a cookie.
fn replay<'r>(site: &Site, result: FormResult) -> Response<'r> {
    let mut response = Response::build();
    let notice = notice_of(site, &result);
    response.status(Status::SeeOther).raw_header("Location", result.location);
    if let Some(notice) = notice {
        let cookie = Cookie::build((flash::COOKIE, notice.cookie_value())).path("/").secure(site.is_https());
        let cookie = cookie.max_age(flash::LIFE).build();
        response.raw_header("Set-Cookie", cookie.encoded().to_string());
    }
    response.finalize()
}
