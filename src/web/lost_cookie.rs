//! A page that needs a user, asked for straight from a log-in and without any cookie: the browser did not keep what the log-in
//! gave it. Without a word about it people type their password again and again.

use rocket::Request;
use rocket::http::Method;
use url::Url;

use super::origin::{Referred, referred};
use super::paths;
use super::request::{WireMethod, only};

const MARK: &str = "cookies=lost";

/// Whether a request without a user comes straight from a log-in's form, and shows no cookie.
pub fn is_lost(request: &Request<'_>) -> bool {
    let reading = WireMethod::of(request) == Method::Get;
    let from = only(request, "referer").and_then(|referer| Url::parse(referer).ok());
    let log_in = from.is_some_and(|from| [paths::LOGIN, paths::CONFIRM].contains(&from.path()));
    reading && log_in && referred(request) == Referred::Here && request.cookies().iter().next().is_none()
}

/// The address of the log-in page that says so.
pub fn marked(login: &str) -> String {
    format!("{login}{}{MARK}", if login.contains('?') { '&' } else { '?' })
}

/// Whether the log-in page was asked for by that address, still without a cookie and still on the way from the form: browsers
/// name the page of the form as long as they are redirected. Anybody may link to that address, and it then says nothing.
pub fn was_lost(request: &Request<'_>) -> bool {
    let query = request.uri().query().map(|query| query.as_str()).unwrap_or_default();
    query.split('&').any(|part| part == MARK) && is_lost(request)
}
