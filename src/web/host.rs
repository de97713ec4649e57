//! Refuses requests for another host than the one in `base_url` (RFC 9110, 7.4): a page under a name that the
//! operator did not configure would share cookies, caches and links with it.

use rocket::Request;
use rocket::http::Status;
use url::Url;

use super::request::{asked_on_loopback, only};
use super::route_class::Rules;
use crate::base::Site;
use crate::base::log::OnceAMinute;

/// The most characters of a name in the log: as many as a name can have (RFC 1035, 2.3.4).
pub(super) const LONGEST_NAME: usize = 255;

/// Refuses a request without exactly one host (400), or for another one (421).
pub(super) fn check(request: &Request<'_>, rules: Rules) -> Result<(), Status> {
    let Some(host) = only(request, "host").filter(|host| !host.trim().is_empty()) else {
        let may_lack_one = !rules.names_host && !request.headers().contains("host");
        return if may_lack_one { Ok(()) } else { Err(Status::BadRequest) };
    };
    if rules.one_host && is_another(request, host) {
        warn(request, host);
        return Err(Status::MisdirectedRequest);
    }
    Ok(())
}

/// Whether a request is for another host than the one in `base_url`. If `base_url` is this machine, any host
/// name is accepted. Clients on this machine may use its own names, but not those who come through a local
/// proxy that passes on no name.
fn is_another(request: &Request<'_>, host: &str) -> bool {
    let Some(site) = request.rocket().state::<Site>() else { return false };
    let base_url = &site.settings.base_url;
    let proxied = ["x-forwarded-for", "forwarded", "via"].iter().any(|name| request.headers().contains(name));
    let near = !proxied && request.remote().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
    if base_url.is_loopback() || (near && asked_on_loopback(request)) {
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
fn warn(request: &Request<'_>, host: &str) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    let Some(site) = request.rocket().state::<Site>() else { return };
    if !TOLD.may_log(site.clock.now()) {
        return;
    }
    let (base_url, host) = (&site.settings.base_url, host.chars().take(LONGEST_NAME).collect::<String>());
    log::warn!(
        event = "sys_host", host;
        "a request for the host {host} was answered 421, since base_url is {base_url}; if it came through a proxy of yours, let \
         the proxy pass on the host that visitors type (nginx: `proxy_set_header Host $http_host;`, Caddy does so), or set base_url"
    );
}
