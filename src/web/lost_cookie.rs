//! Detects a page that needs a user, requested directly after a login but without any cookie: the browser
//! did not keep the session cookie. Without an explanation, people enter their password again and again.

use rocket::Request;
use rocket::http::Method;
use url::Url;

use super::origin::{Referred, referred};
use super::paths;
use super::request::{WireMethod, only};

const MARK: &str = "cookies=lost";

/// Whether a request without a user comes directly from a login form, and has no cookie.
pub fn is_lost(request: &Request<'_>) -> bool {
    let reading = WireMethod::of(request) == Method::Get;
    let from = only(request, "referer").and_then(|referer| Url::parse(referer).ok());
    let log_in = from.is_some_and(|from| [paths::LOGIN, paths::CONFIRM].contains(&from.path()));
    reading && log_in && referred(request) == Referred::Here && request.cookies().iter().next().is_none()
}

/// The address of the login page with that explanation.
pub fn marked(login: &str) -> String {
    format!("{login}{}{MARK}", if login.contains('?') { '&' } else { '?' })
}

/// Whether the login page was requested by that address, still without a cookie and still redirected from the
/// form: browsers keep the form's page as `Referer` during redirects. Anyone may link to that address; then
/// there is no explanation.
pub fn was_lost(request: &Request<'_>) -> bool {
    let query = request.uri().query().map(|query| query.as_str()).unwrap_or_default();
    query.split('&').any(|part| part == MARK) && is_lost(request)
}
