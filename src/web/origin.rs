//! Refuses requests that come from another site, for every path, mounted or not. One route before all others
//! sees each request first, so a form that another site sent reaches no handler, guard, database or body.
//!
//! The rule is that of Go's `CrossOriginProtection` (OWASP ASVS 3.5.1 to 3.5.3): browsers state where a
//! request comes from. If an old browser states it in neither of the two headers, its `Referer` counts.
//!
//! The same route refuses requests for another host than the one in `base_url` (RFC 9110, 7.4): a page under
//! a name that the operator did not configure would share cookies, caches and links with it.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::form::Form;
use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request};
use url::Url;

use super::paths;
use super::request::{WireMethod, asked_on_loopback, only};
use super::route_class::RouteClass;
use crate::base::log::OnceAMinute;
use crate::base::{Client, Site, refused};

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
    methods.map(|method| Route::ranked(isize::MIN, method, "/<_..>", CrossOriginCheck)).into()
}

#[derive(Clone)]
struct CrossOriginCheck;

#[rocket::async_trait]
impl Handler for CrossOriginCheck {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let path = request.uri().path().as_str();
        // For a browser, `/login/` is another page than `/login`; Rocket would serve both.
        let odd_path = path != "/" && (path.ends_with('/') || path.contains("//"));
        let host = only(request, "host").filter(|host| !host.trim().is_empty());
        // A load balancer may use HTTP/1.0, which has no `Host`.
        let bare = matches!(path, paths::HEALTH | paths::READY) && !request.headers().contains("host");
        if host.is_none() && !bare {
            Outcome::Error(Status::BadRequest)
        } else if let Some(host) = host.filter(|host| is_another(request, path, host)) {
            warn_of_host(request, host);
            Outcome::Error(Status::MisdirectedRequest)
        } else if cross_site(request) {
            log_refusal(request);
            Outcome::Error(Status::Forbidden)
        } else if odd_path {
            Outcome::Error(Status::NotFound)
        } else {
            Outcome::Forward((data, Status::NotFound))
        }
    }
}

/// Logs who sent it, as far as the request says: no query is made for it.
fn log_refusal(request: &Request<'_>) {
    let Some(site) = request.rocket().state::<Site>() else { return };
    let client = Client::of(request, site);
    let what = "a form from another site was refused";
    refused::tell(site, &client, "malicious_csrf", what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), &*client.browser);
        let [host, origin, referer] = ["host", "origin", "referer"].map(|name| header(request, name));
        log::warn!(event = "malicious_csrf", request_id, address:%, browser, host, origin, referer; "{what}");
    });
}

/// The value of a header, for the log: no longer than a name can be (RFC 1035, 2.3.4), and for a URL without
/// its path, which may contain a token.
fn header(request: &Request<'_>, name: &str) -> String {
    let all = request.headers().get(name).collect::<Vec<_>>().join(", ");
    match Url::parse(&all) {
        Ok(url) if url.has_host() => url.origin().ascii_serialization(),
        _ => all.chars().take(LONGEST_NAME).collect(),
    }
}

const LONGEST_NAME: usize = 255;

/// Whether a request is for another host than the one in `base_url`. If `base_url` is this machine, any host
/// name is accepted. Clients on this machine may use its own names, but not those who come through a local
/// proxy that passes on no name.
fn is_another(request: &Request<'_>, path: &str, host: &str) -> bool {
    let Some(site) = request.rocket().state::<Site>() else { return false };
    let base_url = &site.settings.base_url;
    let proxied = ["x-forwarded-for", "forwarded", "via"].iter().any(|name| request.headers().contains(name));
    let near = !proxied && request.remote().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    if base_url.is_loopback()
        || RouteClass::of(path) == RouteClass::Public
        || (near && asked_on_loopback(request))
    {
        return false;
    }
    let (scheme, configured) = (base_url.as_url().scheme(), base_url.as_url());
    // Parsed as a URL, so that case and the default port do not count.
    let plain =
        !host.contains(['@', '/', '\\', '?', '#']) && host.trim() == host && !host.contains(char::is_control);
    !plain
        || Url::parse(&format!("{scheme}://{host}"))
            .map_or(true, |asked| asked.origin() != configured.origin())
}

/// Warns the operator, once a minute: the proxy in front passes on another name, or `base_url` is not what
/// visitors use.
fn warn_of_host(request: &Request<'_>, host: &str) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    let Some(site) = request.rocket().state::<Site>() else { return };
    if !TOLD.may_tell(site.clock.now()) {
        return;
    }
    let (base_url, host) = (&site.settings.base_url, host.chars().take(LONGEST_NAME).collect::<String>());
    log::warn!(
        event = "sys_host", host;
        "a request for the host {host} was answered 421, since base_url is {base_url}; if it came through a proxy of yours, let \
         the proxy pass on the host that visitors type (nginx: `proxy_set_header Host $http_host;`, Caddy does so), or set base_url"
    );
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
