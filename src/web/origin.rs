//! Refuses requests that come from another site.
//!
//! The rule is that of Go's `CrossOriginProtection` (OWASP ASVS 3.5.1 to 3.5.3): browsers state where a
//! request comes from. If an old browser states it in neither of the two headers, its `Referer` counts.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::form::Form;
use rocket::http::{Method, Status};
use rocket::{Data, Request};
use url::Url;

use super::host::LONGEST_NAME;
use super::request::{WireMethod, only};
use super::route_class::{RouteClass, Rules};
use crate::base::{Client, Site, refused};

/// Refuses a request that may change something and comes from another site (403).
pub(super) fn check(request: &Request<'_>, rules: Rules) -> Result<(), Status> {
    if rules.same_origin && cross_site(request) {
        log_refusal(request);
        return Err(Status::Forbidden);
    }
    Ok(())
}

/// Logs who sent it, as far as the request says: no query is made for it.
fn log_refusal(request: &Request<'_>) {
    let Some(site) = request.rocket().state::<Site>() else { return };
    let client = Client::of(request, site);
    let what = "a form from another site was refused";
    refused::log(site, &client, "malicious_csrf", what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
        let [host, origin, referer] = ["host", "origin", "referer"].map(|name| header(request, name));
        log::warn!(event = "malicious_csrf", request_id, address:%, browser:%, host, origin, referer; "{what}");
    });
}

/// The value of a header, for the log: no longer than a name can be, and for a URL without its
/// path, which may contain a token.
fn header(request: &Request<'_>, name: &str) -> String {
    let all = request.headers().get(name).collect::<Vec<_>>().join(", ");
    match Url::parse(&all) {
        Ok(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => all.chars().take(LONGEST_NAME).collect(),
    }
}

/// Whether a request that may change something comes from another site.
fn cross_site(request: &Request<'_>) -> bool {
    if matches!(WireMethod::of(request), Method::Get | Method::Head | Method::Options) {
        return false;
    }
    let mut fetch_site = request.headers().get("sec-fetch-site").peekable();
    if fetch_site.peek().is_some() {
        return !fetch_site.all(|site| matches!(site, "same-origin" | "none"));
    }
    let mut origins = request.headers().get("origin").peekable();
    if origins.peek().is_some() {
        return !origins.all(|origin| ours(request, origin));
    }
    // None of the three headers: not a browser, so no one's cookies are used without their knowledge.
    matches!(referred(request), Referred::Elsewhere)
}

/// Where the `Referer` says that a link was followed or a form was sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Referred {
    /// On this site.
    Here,
    /// On another site, or the value is no URL.
    Elsewhere,
    /// It does not say.
    Unknown,
}

/// What the `Referer` of a request says.
pub fn referred(request: &Request<'_>) -> Referred {
    let mut referers = request.headers().get("referer").filter(|referer| !referer.is_empty()).peekable();
    if referers.peek().is_none() {
        return Referred::Unknown;
    }
    let here = |referer: &str| {
        Url::parse(referer).is_ok_and(|url| ours(request, &url.origin().ascii_serialization()))
    };
    if referers.all(here) { Referred::Here } else { Referred::Elsewhere }
}

/// Whether an `Origin` is the host that this request was sent to, or the `base_url`.
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

/// Restores the method that a client sent; the first fairing to see a request. Rocket turns a POST form whose
/// first field is `_method` into another method before any code of ours runs, which would be a way around the
/// rule above.
pub struct RestoreWireMethod;

#[rocket::async_trait]
impl Fairing for RestoreWireMethod {
    fn info(&self) -> Info {
        Info { name: "method on the wire", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, data: &mut Data<'_>) {
        // What the browser sent is said in a header there; the method of the request itself means nothing.
        if RouteClass::of(request) == RouteClass::Check {
            return;
        }
        // As many bytes as Rocket checks, and parsed in the same way: it skips empty fields before the first.
        const LOOKED_AT: usize = "_method=delete".len();
        // A content type of hundreds of kilobytes takes long to parse, so it counts as a form without
        // parsing.
        let long = request.headers().get("content-type").any(|kind| kind.len() > LONGEST_NAME);
        let form = long || request.content_type().is_some_and(|kind| kind.is_form());
        // Only what Rocket may have done is undone: the current method is the one that this body asks for.
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
