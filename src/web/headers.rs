//! Security headers on every answer: pages, redirects, errors, files, JSON, as the rules of the class say. What a proxy is
//! told has only those that it was given: a browser may read it as an answer of the app's host.

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{Cookie, Header, SameSite, Status};
use rocket::{Request, Response};

use super::app_policy::AppAnswers;
use super::content_security_policy::{self, AS_TEXT, FOR_PROGRAMS};
use super::form_rate_limit::TooMany;
use super::methods::Allow;
use super::request::RequestId;
use super::route_class::RouteClass;
use super::static_files::SHARING;
use super::{app_notice, flash};
use crate::base::Site;

/// On every answer.
const ALWAYS: [(&str, &str); 2] = [("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY")];

/// On answers that a browser shows.
const SHOWN: [(&str, &str); 3] = [
    // Not `no-referrer`, which makes browsers send `Origin: null` with our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
];

/// How a program is asked to prove who it is (RFC 9110, 11.6.1; RFC 6750, 3).
const AUTHENTICATE: &str = "Bearer";

/// Two years, in seconds (hstspreload.org asks for one). Subdomains may belong to other people, so they are
/// included only if the operator says so (RFC 6797, 11.4.2).
const TRANSPORT_SECURITY: &str = "max-age=63072000";
const WITH_SUBDOMAINS: &str = "max-age=63072000; includeSubDomains";

/// Seconds after which a client may retry.
const RETRY_AFTER: &str = "5";

/// Adds the headers to an answer.
pub fn harden(request: &Request<'_>, response: &mut Response<'_>) {
    if RouteClass::of(request) == RouteClass::Check {
        if !response.headers().contains("Cache-Control") {
            response.set_header(Header::new("Cache-Control", "no-store"));
        }
        return;
    }
    let https = request.rocket().state::<Site>().is_some_and(Site::is_https);
    let rules = RouteClass::of(request).rules();
    for (name, value) in ALWAYS.iter().chain(SHOWN.iter().filter(|_| rules.shown)) {
        response.set_header(Header::new(*name, *value));
    }
    // Only the logo in emails is for other sites.
    if !response.headers().contains(SHARING) {
        response.set_header(Header::new(SHARING, "same-origin"));
    }
    if !rules.shown {
        response.set_header(Header::new(content_security_policy::HEADER, FOR_PROGRAMS));
    } else if !response.headers().contains(content_security_policy::HEADER) {
        response.set_header(match AppAnswers::policy_text(request) {
            Some(policy) => Header::new(content_security_policy::HEADER, policy.to_owned()),
            None => Header::new(content_security_policy::HEADER, AS_TEXT.as_str()),
        });
    }
    if !rules.cookies {
        response.remove_header("Set-Cookie");
    }
    if rules.json
        && response.status() == Status::Unauthorized
        && !response.headers().contains("WWW-Authenticate")
    {
        response.set_header(Header::new("WWW-Authenticate", AUTHENTICATE));
    }
    if https {
        let all = request
            .rocket()
            .state::<Site>()
            .is_some_and(|site| site.settings.hsts_include_subdomains.is_on());
        let value = if all { WITH_SUBDOMAINS } else { TRANSPORT_SECURITY };
        response.set_header(Header::new("Strict-Transport-Security", value));
    }
    if !response.headers().contains("Cache-Control") {
        response.set_header(Header::new("Cache-Control", "no-store"));
    }
    if response.status() == Status::ServiceUnavailable && !response.headers().contains("Retry-After") {
        response.set_header(Header::new("Retry-After", RETRY_AFTER));
    }
    if let TooMany(Some(seconds)) = request.local_cache(|| TooMany(None)) {
        response.set_header(Header::new("Retry-After", seconds.to_string()));
    }
    if let Allow(Some(methods)) = request.local_cache(|| Allow(None)) {
        response.set_header(Header::new("Allow", methods.clone()));
    }
    response.set_header(Header::new("X-Request-Id", RequestId::of(request).to_owned()));
    guard_flash(request, response, https);
}

/// Rocket's flash cookie can be read by scripts and is lost on a visit that began on another site, so its
/// attributes are set again.
fn guard_flash(request: &Request<'_>, response: &mut Response<'_>, https: bool) {
    let all: Vec<String> = response.headers().get("Set-Cookie").map(str::to_owned).collect();
    let prefix = format!("{}=", flash::COOKIE);
    if !all.iter().any(|cookie| cookie.starts_with(&prefix)) {
        return;
    }
    response.remove_header("Set-Cookie");
    for text in all {
        let ours = text.starts_with(&prefix);
        match Cookie::parse(text.clone()).ok().filter(|_| ours) {
            None => response.adjoin_raw_header("Set-Cookie", text),
            Some(mut cookie) => {
                let sent = Cookie::parse_encoded(text).ok();
                if let (Some(site), Some(sent)) = (request.rocket().state::<Site>(), sent) {
                    app_notice::require_declared(&site.settings.program, sent.value());
                }
                cookie.set_http_only(true);
                cookie.set_same_site(SameSite::Lax);
                cookie.set_secure(https);
                cookie.set_path("/");
                response.adjoin_raw_header("Set-Cookie", cookie.to_string())
            }
        };
    }
}

/// Adds the headers to every answer, and logs the request at level debug.
pub struct Headers;

#[rocket::async_trait]
impl Fairing for Headers {
    fn info(&self) -> Info {
        Info { name: "headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        harden(request, response);
        if RouteClass::of(request) == RouteClass::Check {
            return;
        }
        // Without the query, which may contain a token.
        log::debug!(
            request_id = RequestId::of(request), status = response.status().code, method:% = request.method();
            "{}", request.uri().path()
        );
    }
}
