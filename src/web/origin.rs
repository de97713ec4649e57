//! Not from this site: refused, for every path, mounted or not. One route before all others sees each request first, so
//! no handler, guard, database or body is reached by a form that another site sent.
//!
//! The rule is that of Go's `CrossOriginProtection` (OWASP ASVS 3.5.1 to 3.5.3): browsers say themselves where a request
//! comes from.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::form::Form;
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request};
use url::Url;

use super::request::{WireMethod, only};
use super::visitor::Visitor;
use crate::base::Site;

/// The routes ranked before all others.
pub fn first() -> Vec<Route> {
    let methods = [
        Method::Get,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Head,
        Method::Trace,
        Method::Connect,
        Method::Patch,
    ];
    methods.map(|method| Route::ranked(isize::MIN, method, "/<_..>", Door)).into()
}

#[derive(Clone)]
struct Door;

#[rocket::async_trait]
impl Handler for Door {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let path = request.uri().path().as_str();
        // A browser takes `/login/` for another page than `/login`; Rocket would serve both.
        let odd_path = path != "/" && (path.ends_with('/') || path.contains("//"));
        if only(request, "host").is_none_or(|host| host.trim().is_empty()) {
            Outcome::Error(Status::BadRequest)
        } else if cross_site(request) {
            tell(request);
            Outcome::Error(Status::Forbidden)
        } else if odd_path {
            Outcome::Error(Status::NotFound)
        } else {
            Outcome::Forward((data, Status::NotFound))
        }
    }
}

/// Who sent it, as far as a request says by itself: nobody is looked up for it.
fn tell(request: &Request<'_>) {
    let Some(site) = request.rocket().state::<Site>() else { return };
    let visitor = Visitor::of(request, site);
    let (request_id, address, browser) = (&*visitor.request_id, visitor.address_text(), &*visitor.browser);
    log::warn!(event = "malicious_csrf", request_id, address:%, browser; "a form from another site was refused");
}

/// Whether a request that may change something comes from elsewhere.
fn cross_site(request: &Request<'_>) -> bool {
    if matches!(WireMethod::of(request), Method::Get | Method::Head | Method::Options) {
        return false;
    }
    let mut fetch_site = request.headers().get("sec-fetch-site").peekable();
    if fetch_site.peek().is_some() {
        return !fetch_site.all(|site| matches!(site, "same-origin" | "none"));
    }
    let mut origins = request.headers().get("origin").peekable();
    // Neither header: no browser, so nobody's cookies are used without their knowing.
    origins.peek().is_some() && !origins.all(|origin| ours(request, origin))
}

/// Whether an `Origin` names the host this request was sent to, or the address the operator gave.
fn ours(request: &Request<'_>, origin: &str) -> bool {
    let configured =
        request.rocket().state::<Site>().is_some_and(|site| origin == site.settings.base_url.origin());
    let Some(host) = only(request, "host").filter(|_| !configured) else { return configured };
    let Ok(url) = Url::parse(origin) else { return false };
    let Ok(here) = Url::parse(&format!("{}://{host}", url.scheme())) else { return false };
    matches!(url.scheme(), "http" | "https")
        && url.origin() == here.origin()
        && url.origin().ascii_serialization() == origin
}

/// Restores the method a client sent, the first fairing to see a request: Rocket turns a POST form whose first field is
/// `_method` into another method before anything of ours runs, which would open a way around the rule above.
pub struct Wire;

#[rocket::async_trait]
impl Fairing for Wire {
    fn info(&self) -> Info {
        Info { name: "method on the wire", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        // As many bytes as Rocket itself looks at, and asked as it asks: it skips empty fields before the first.
        const LOOKED_AT: usize = "_method=delete".len();
        let form = request.content_type().is_some_and(|kind| kind.is_form());
        // Only what Rocket may have done is undone: the method that this body asks for is the one there is.
        let now = request.method();
        let renamed = |body: &str| {
            let first = Form::values(body).next();
            first.is_some_and(|field| field.name == "_method" && field.value.parse() == Ok(now))
        };
        if form && std::str::from_utf8(data.peek(LOOKED_AT).await).is_ok_and(renamed) {
            request.set_method(Method::Post);
        }
        WireMethod::remember(request, request.method());
    }
}
