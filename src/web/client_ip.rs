//! Reads the client of a request: its IP address and browser. Any client can write a header, so the client IP
//! is that of the connection, unless that is a trusted proxy. Then it is the right-most address in
//! `X-Forwarded-For` that is not a trusted proxy.

use std::net::{IpAddr, SocketAddr};
use std::sync::Once;

use ipnet::IpNet;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Data, Request};

use super::request::{RequestId, only};
use super::route_class::RouteClass;
use super::user_agent;
use crate::base::{Client, Site};

impl Client {
    /// Who sent this request.
    pub(crate) fn of(request: &Request<'_>, site: &Site) -> Client {
        let trusted = &site.settings.trusted_proxies.0;
        let forwarded = request.headers().get("x-forwarded-for").collect::<Vec<_>>().join(",");
        let user_agent = request.headers().get_one("user-agent").unwrap_or_default();
        Client {
            address: request.remote().map(|peer| client_ip(peer.ip(), &forwarded, trusted)),
            browser: user_agent::of(user_agent),
            request_id: RequestId::of(request).to_owned(),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Client {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        Outcome::Success(Client::of(request, site))
    }
}

/// Logs the client IP of each request at level debug, and warns once of a proxy that does not match the
/// settings.
pub struct Addresses;

#[rocket::async_trait]
impl Fairing for Addresses {
    fn info(&self) -> Info {
        Info { name: "addresses", kind: Kind::Request }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        // The gate reads its own headers, and says itself what is wrong with a proxy.
        if RouteClass::of(request) == RouteClass::Check {
            return;
        }
        let Some(site) = request.rocket().state::<Site>() else { return };
        warn_of_proxy(request, site);
        if log::log_enabled!(log::Level::Debug) {
            explain(request, site, &Client::of(request, site));
        }
    }
}

/// The client IP: that of the peer, or the one that trusted peers report.
pub fn client_ip(peer: IpAddr, forwarded: &str, trusted: &[IpNet]) -> IpAddr {
    let mut nearest = peer.to_canonical();
    for hop in forwarded.rsplit(',').map(str::trim) {
        if !is_trusted(nearest, trusted) {
            break;
        }
        // A hop that is no IP address was not written by a trusted proxy: nothing to its left is trusted
        // either.
        let Some(address) = address_of(hop) else { break };
        nearest = address;
    }
    nearest
}

/// Whether an address is one of the trusted proxies.
pub fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&address))
}

/// An IP address as proxies write it: bare, with a port, in brackets.
fn address_of(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

/// Why this client IP was chosen, for an operator who sets up a proxy.
fn explain(request: &Request<'_>, site: &Site, client: &Client) {
    let peer = request.remote().map(|peer| peer.ip().to_canonical());
    let trusted = peer.is_some_and(|peer| is_trusted(peer, &site.settings.trusted_proxies.0));
    let sent = request.headers().contains("x-forwarded-for");
    let why = match (trusted, sent) {
        (true, true) => "the connection comes from one of trusted_proxies, whose X-Forwarded-For is trusted",
        (true, false) => "the connection comes from one of trusted_proxies, which sent no X-Forwarded-For",
        (false, true) => {
            "the connection does not come from one of trusted_proxies, so its X-Forwarded-For is not trusted"
        }
        (false, false) => "it is that of the connection, which has no X-Forwarded-For",
    };
    let (request_id, address) = (&*client.request_id, client.address_text());
    log::debug!(request_id, address:%; "the client IP is {address}: {why}");
}

/// Warns once if a proxy's headers do not match the settings: cookies will lack `Secure`, or all visitors
/// will share one address and with it the rate limits of one network.
fn warn_of_proxy(request: &Request<'_>, site: &Site) {
    static SCHEME: Once = Once::new();
    static ADDRESS: Once = Once::new();
    if !site.is_https() && only(request, "x-forwarded-proto") == Some("https") {
        SCHEME.call_once(|| {
            log::warn!(
                "a proxy reports that visitors use https, but base_url is {}; set base_url to the address that they type",
                site.settings.base_url
            );
        });
    }
    let near = |address: &IpAddr| match address {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    };
    let peer = request.remote().map(|peer| peer.ip().to_canonical()).filter(near);
    if let Some(peer) = peer.filter(|peer| !is_trusted(*peer, &site.settings.trusted_proxies.0))
        && request.headers().contains("x-forwarded-for")
    {
        ADDRESS.call_once(|| {
            log::warn!(
                "a proxy at {peer} sends X-Forwarded-For, but is not trusted; if it is yours, add {peer} to trusted_proxies, or \
                 all visitors share one client IP and its rate limits"
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(peer: &str, forwarded: &str, trusted: &[&str]) -> String {
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        client_ip(peer.parse().unwrap(), forwarded, &trusted).to_string()
    }

    #[test]
    fn a_header_is_trusted_only_from_a_named_proxy_and_only_up_to_the_first_stranger() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1", &[]), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", "198.51.100.1", &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.2", "198.51.100.1", &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", "1.2.3.4, 198.51.100.1, 10.0.0.7", &["10.0.0.0/8"]), "198.51.100.1");
        assert_eq!(seen("10.0.0.2", "1.2.3.4, nonsense", &["10.0.0.0/8"]), "10.0.0.2");
        assert_eq!(seen("10.0.0.2", "", &["10.0.0.0/8"]), "10.0.0.2");
        assert_eq!(seen("::ffff:10.0.0.2", "[2001:db8::1]:443", &["10.0.0.0/8"]), "2001:db8::1");
    }

    proptest! {
        #[test]
        fn without_a_named_proxy_no_header_changes_anything(header in ".{0,80}") {
            prop_assert_eq!(seen("203.0.113.9", &header, &[]), "203.0.113.9");
        }

        #[test]
        fn a_named_proxy_is_trusted_about_an_address_and_nothing_else(
            header in "(([0-9a-f:.\\[\\]]{0,12}|10\\.0\\.0\\.[0-9]|198\\.51\\.100\\.[0-9]|\\PC{0,6}) ?, ?){0,5}([0-9.]{0,9}|.{0,9})"
        ) {
            let address = seen("10.0.0.2", &header, &["10.0.0.0/8"]);
            let named = header.split(',').any(|hop| address_of(hop.trim()).is_some_and(|hop| hop.to_string() == address));
            prop_assert!(address == "10.0.0.2" || named, "{} of {:?}", address, header);
            // What a stranger writes to the left of the first untrusted address changes nothing.
            if !address.starts_with("10.") {
                prop_assert_eq!(seen("10.0.0.2", &format!("9.9.9.9, {header}"), &["10.0.0.0/8"]), address);
            }
        }
    }
}
