//! What arrived, for the command that checks a proxy. It asks for an address of the app's host that only the holder of the
//! secret key can make, with headers that a stranger might forge, and reads here which of them came through. The answer is
//! never 200, which a proxy would take for leave to go on to the app.

use rocket::http::{Header, Status};
use rocket::{Request, Response};
use serde_json::{Value, json};

use super::answer;
use super::check_request::{URI, one};
use super::cookies::line;
use crate::base::{Site, Time, Token};
use crate::web::client_ip::is_trusted;

/// How long such an address is good, in seconds.
pub const LIFETIME: i64 = 60;
/// Where it begins.
const FOLDER: &str = "/.vestibule/probe/";
/// A cookie that is set and taken back at once: whether it arrives shows whether the proxy passes on `Set-Cookie`. The command
/// sends one of the same name, [`cookie`].
pub const COOKIE: &str = "vestibule-probe";
/// The value of `WWW-Authenticate` with which every refusal of the gate answers a request with the [`cookie`]. An app that
/// refuses by itself cannot be taken for the gate then. No one else gets it: browsers would ask for a password. All proxies
/// pass on this header, nginx even the one of the answer to `auth_request`.
pub const MARK: &str = "vestibule-probe";

/// The path that the command asks for on the app's host, good for a minute from now. The answer is a 403 with JSON:
///
/// - `probe`: `true`.
/// - `asked`: the address of the gate that the proxy asked, such as `/gate/forward-auth`; of nginx `/gate/enter`.
/// - `peer`: the IP address of the proxy, or `null`.
/// - `trusted`: whether `trusted_proxies` has it. If not, the gate refuses all requests.
/// - `headers`: a list of pairs, name in lower case and value, one for each value of the headers that say where a request came
///   from and for what: `host`, `forwarded`, `x-real-ip`, and all that begin with `x-forwarded-`, `x-original-`, `x-rewrite-`;
///   of those that name a user, all that begin with `remote-`; each also if it is spelt with `_` or `.` in place of `-`. And
///   `["cookie", "came"]` if there was one, without its value.
///
/// It also sets the cookie [`COOKIE`] with the value `1`, and takes it back (`Max-Age=0`).
pub fn path(site: &Site) -> String {
    format!("{FOLDER}{}", proof(site))
}

/// The cookie by which the gate knows the command, good for a minute from now.
pub fn cookie(site: &Site) -> String {
    format!("{COOKIE}={}", proof(site))
}

/// Marks the gate's refusal of a request of the command.
pub(super) fn mark(request: &Request<'_>, site: &Site, response: &mut Response<'_>) {
    let shown = request.cookies().get(COOKIE);
    if response.status() != Status::Ok && shown.is_some_and(|shown| is_good(site, shown.value())) {
        response.set_raw_header("WWW-Authenticate", MARK);
    }
}

/// The answer, if a request is for such an address. It is given to any proxy, trusted or not, for any host: the address
/// proves that the operator asks.
pub(super) fn answer<'r>(request: &Request<'_>, site: &Site) -> Option<Response<'r>> {
    let asked = one(request.headers(), URI)?.strip_prefix(FOLDER)?;
    if !is_good(site, asked.split('?').next()?) {
        return None;
    }
    let peer = request.remote().map(|peer| peer.ip().to_canonical());
    let trusted = peer.is_some_and(|peer| is_trusted(peer, &site.settings.trusted_proxies.0));
    let headers = request.headers().iter().filter_map(|header| told(&header));
    let mut response = answer::with_json(
        Status::Forbidden,
        &json!({
            "probe": true,
            "asked": request.uri().path().as_str(),
            "peer": peer.map(|peer| peer.to_string()),
            "trusted": trusted,
            "headers": headers.collect::<Vec<Value>>(),
        }),
    );
    response.adjoin_raw_header("Set-Cookie", line(COOKIE, "1", site.is_https(), Some(0)));
    Some(response)
}

/// A header as it is told. The values of cookies and of everything else stay here.
fn told(header: &Header<'_>) -> Option<Value> {
    const NAMES: [&str; 3] = ["host", "forwarded", "x-real-ip"];
    const BEGINNINGS: [&str; 4] = ["x-forwarded-", "x-original-", "x-rewrite-", "remote-"];
    let name = header.name().as_str().to_ascii_lowercase();
    // Servers differ about which of these are one header.
    let read = name.replace(['_', '.'], "-");
    if name == "cookie" {
        return Some(json!([name, "came"]));
    }
    let is_told = NAMES.contains(&&*name) || BEGINNINGS.iter().any(|beginning| read.starts_with(beginning));
    is_told.then(|| json!([name, header.value()]))
}

/// Whether a time and its MAC are good now.
fn is_good(site: &Site, asked: &str) -> bool {
    let parts = || {
        let (at, given) = asked.split_once('.')?;
        Some((Time::from_unix(at.parse().ok()?), Token::parse(given)?))
    };
    let Some((at, given)) = parts() else { return false };
    let age = site.clock.now().unix().saturating_sub(at.unix());
    // The hashes are compared, so that the time which that takes says nothing about the MAC.
    (0..=LIFETIME).contains(&age) && given.digest() == mac(site, at).digest()
}

/// The time, and its MAC.
fn proof(site: &Site) -> String {
    let at = site.clock.now();
    format!("{}.{}", at.unix(), mac(site, at).reveal())
}

fn mac(site: &Site, at: Time) -> Token {
    Token::made(site.key.derive("probe of the gate").mac(at.unix().to_string().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_how_a_header_is_spelt_and_no_secret() {
        let says = |name: &'static str| told(&Header::new(name, "x"));
        for name in
            ["Remote-User", "Remote_User", "remote.groups", "X-Forwarded-Host", "X_Original_URL", "Host"]
        {
            assert_eq!(says(name), Some(json!([name.to_lowercase(), "x"])));
        }
        assert_eq!(says("Cookie"), Some(json!(["cookie", "came"])));
        for name in ["Authorization", "Accept", "Remotely"] {
            assert_eq!(says(name), None, "{name}");
        }
    }
}
