//! What a proxy wrote into the headers of a request, from where the connection came, and what was trusted of it: for those
//! who set up a proxy.

use std::net::IpAddr;

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::client_ip::is_trusted;
use super::request::only;
use crate::base::{Client, Site};

/// The most characters of a header that are kept: as many as a host name can have (RFC 1035, 2.3.4).
const LONGEST: usize = 255;

/// What a proxy wrote into a request, and what follows from it. As an argument of a handler: into this one.
#[derive(Clone, Debug)]
pub struct ForwardedHeaders {
    /// The other end of the connection.
    pub peer: Option<IpAddr>,
    /// The client IP that follows from the peer and the headers.
    pub client: Option<IpAddr>,
    /// Where that one comes from.
    pub source: ClientIpSource,
    /// What `X-Forwarded-For` says.
    pub forwarded_for: Option<String>,
    /// What `X-Forwarded-Proto` says: how visitors reach the proxy.
    pub forwarded_proto: Option<String>,
    /// The host that was asked for.
    pub host: Option<String>,
}

/// Where a client IP comes from, and why from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientIpSource {
    /// The connection comes from a trusted proxy, which reports it.
    Reported,
    /// The connection comes from a trusted proxy, which reports none.
    NotReported,
    /// The connection does not come from a trusted proxy, so what it reports does not count.
    NotTrusted,
    /// It is that of the connection, which reports none.
    Direct,
}

impl ClientIpSource {
    /// The source, for a connection from a trusted proxy or not, with `X-Forwarded-For` or without.
    fn of(trusted: bool, sent: bool) -> ClientIpSource {
        match (trusted, sent) {
            (true, true) => ClientIpSource::Reported,
            (true, false) => ClientIpSource::NotReported,
            (false, true) => ClientIpSource::NotTrusted,
            (false, false) => ClientIpSource::Direct,
        }
    }
}

impl ForwardedHeaders {
    /// What arrived with this request.
    pub fn of(request: &Request<'_>, site: &Site) -> ForwardedHeaders {
        let peer = request.remote().map(|peer| peer.ip().to_canonical());
        let trusted = peer.is_some_and(|peer| is_trusted(peer, &site.settings.trusted_proxies.0));
        let headers = request.headers();
        let forwarded_for = headers.get("x-forwarded-for").collect::<Vec<_>>().join(", ");
        let sent = headers.contains("x-forwarded-for");
        ForwardedHeaders {
            peer,
            client: Client::of(request, site).address,
            source: ClientIpSource::of(trusted, sent),
            forwarded_for: sent.then(|| cut(&forwarded_for)),
            forwarded_proto: headers.get_one("x-forwarded-proto").map(cut),
            host: only(request, "host").map(cut),
        }
    }

    /// The proxy that should be among `trusted_proxies`, if it is the operator's: it is near, and what it reports does not
    /// count, so that all visitors have its address.
    pub fn proxy_to_trust(&self) -> Option<IpAddr> {
        let near = |address: &IpAddr| match address {
            IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
            IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
        };
        self.peer.filter(|peer| self.source == ClientIpSource::NotTrusted && near(peer))
    }

    /// Whether visitors use https, and `base_url` says that they do not: cookies lack `Secure`.
    pub fn lacks_https(&self, site: &Site) -> bool {
        self.forwarded_proto.as_deref() == Some("https") && !site.is_https()
    }
}

/// A header as it is shown. Anyone can write one, of any length.
fn cut(header: &str) -> String {
    header.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ForwardedHeaders {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        Outcome::Success(ForwardedHeaders::of(request, site))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(peer: &str, source: ClientIpSource) -> ForwardedHeaders {
        let peer = peer.parse().ok();
        ForwardedHeaders {
            peer,
            client: peer,
            source,
            forwarded_for: None,
            forwarded_proto: None,
            host: None,
        }
    }

    #[test]
    fn only_a_near_proxy_that_is_not_trusted_should_be() {
        for near in ["127.0.0.1", "::1", "10.0.0.2", "172.17.0.1", "192.168.1.1", "fd00::2"] {
            assert!(arrived(near, ClientIpSource::NotTrusted).proxy_to_trust().is_some(), "{near}");
            for source in [ClientIpSource::Reported, ClientIpSource::NotReported, ClientIpSource::Direct] {
                assert_eq!(arrived(near, source).proxy_to_trust(), None, "{near}");
            }
        }
        for far in ["203.0.113.9", "2001:db8::9", "none"] {
            assert_eq!(arrived(far, ClientIpSource::NotTrusted).proxy_to_trust(), None, "{far}");
        }
    }

    #[test]
    fn a_header_of_any_length_is_shown_in_one_short_line() {
        assert_eq!(cut("198.51.100.1, 10.0.0.2"), "198.51.100.1, 10.0.0.2");
        assert_eq!(cut("a\u{1b}[1mb"), "a[1mb");
        assert_eq!(cut(&"é".repeat(1_000)).chars().count(), LONGEST);
    }
}
