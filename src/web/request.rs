//! Facts about a request that several modules need.

use rocket::Request;
use rocket::http::Method;

use super::paths;
use super::route_class::RouteClass;
use crate::base::config::values::BaseUrl;
use crate::base::secret;

/// An ID for one request: on its error page, in its header `X-Request-Id`, and in each of its log lines.
#[derive(Debug)]
pub struct RequestId(String);

impl RequestId {
    /// The id of this request.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r str {
        &request.local_cache(|| RequestId(secret::random_name())).0
    }
}

/// The method that the client sent. Rocket itself turns a POST form with a field `_method` into another
/// method, and answers HEAD as GET.
pub struct WireMethod(Method);

impl WireMethod {
    /// Remembers the method of this request; called before anything changes it.
    pub fn remember(request: &Request<'_>, method: Method) {
        request.local_cache(|| WireMethod(method));
    }

    /// The method of this request.
    pub fn of(request: &Request<'_>) -> Method {
        request.local_cache(|| WireMethod(request.method())).0
    }
}

/// Whether this is one of [`paths::IN_JSON`], however it is written: no page is shown there, and the answer may never
/// reach the visitor's browser.
pub fn asks_in_json(request: &Request<'_>) -> bool {
    let path = request.uri().path();
    let path = path.percent_decode_lossy();
    paths::IN_JSON.iter().any(|known| known.trim_matches('/') == path.trim_matches('/'))
}

/// Whether the answer should be JSON rather than a page: on an address for programs, for a client that accepts JSON
/// and not HTML, or for a request from a script.
pub fn wants_json(request: &Request<'_>) -> bool {
    if RouteClass::of(request).rules().json || asks_in_json(request) {
        return true;
    }
    let headers = request.headers();
    let accept = headers.get("accept").collect::<Vec<_>>().join(",").to_ascii_lowercase();
    let json = accept.contains("json") && !accept.contains("html");
    json || matches!(headers.get_one("sec-fetch-mode"), Some("cors" | "no-cors" | "same-origin"))
}

/// Whether a person will see the answer as a page. A browser also requests icons, stylesheets and
/// `robots.txt`. It says so in `Sec-Fetch-Dest` or, on plain http, in `Accept`.
pub fn shows_page(request: &Request<'_>) -> bool {
    let accept = request.headers().get("accept").collect::<Vec<_>>().join(",").to_ascii_lowercase();
    match request.headers().get_one("sec-fetch-dest") {
        Some(destination) => destination == "document",
        None => accept.is_empty() || accept.contains("html"),
    }
}

/// The value of a header. `None` if it is missing or repeated.
pub fn only<'r>(request: &'r Request<'_>, name: &str) -> Option<&'r str> {
    let mut values = request.headers().get(name);
    values.next().filter(|_| values.next().is_none())
}

/// Whether the request names this machine as its host: a site meant for loopback may be reachable from other
/// machines too.
pub fn asked_on_loopback(request: &Request<'_>) -> bool {
    let host = only(request, "host").unwrap_or_default();
    format!("http://{host}").parse().is_ok_and(|url: BaseUrl| url.is_loopback())
}
