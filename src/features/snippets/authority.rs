//! Where a program listens: a host and a port, as a proxy is told.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// A host and a port, such as `127.0.0.1:3000`, `[::1]:3000`, or `wiki:3000` in a network of containers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    host: String,
    port: u16,
}

impl Authority {
    /// What it consists of, for the error about one that does not.
    pub const RULE: &'static str = "Use a host and a port, such as 127.0.0.1:3000.";

    /// Parses a typed one.
    pub fn parse(typed: &str) -> Option<Authority> {
        let (host, port) = typed.trim().rsplit_once(':')?;
        let port = port.parse::<u16>().ok().filter(|port| *port != 0)?;
        let host = match host.strip_prefix('[') {
            Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok()?.to_string(),
            None => is_name(host).then(|| host.to_ascii_lowercase())?,
        };
        Some(Authority { host, port })
    }

    /// Where a server listens that may listen on all addresses: a proxy on this machine asks it on the loopback address.
    pub fn of_server(address: IpAddr, port: u16) -> Authority {
        let reachable = match address {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            other => other,
        };
        Authority { host: reachable.to_string(), port }
    }

    /// The host, an IPv6 address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address, if the host is not a name.
    pub fn as_ip(&self) -> Option<SocketAddr> {
        self.host.parse().ok().map(|ip: IpAddr| SocketAddr::new(ip, self.port))
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Authority { host, port } = self;
        if host.contains(':') { write!(f, "[{host}]:{port}") } else { write!(f, "{host}:{port}") }
    }
}

/// Whether this is a name or an IPv4 address: nothing that could end a line or a word of a configuration.
fn is_name(host: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    (1..=253).contains(&host.len()) && host.bytes().all(plain) && !host.starts_with(['.', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_and_a_port_are_read() {
        for (typed, shown) in [
            ("127.0.0.1:3000", "127.0.0.1:3000"),
            (" Wiki:80 ", "wiki:80"),
            ("my_app.internal:8080", "my_app.internal:8080"),
            ("[::1]:3000", "[::1]:3000"),
            ("[2001:DB8:0::1]:3000", "[2001:db8::1]:3000"),
        ] {
            assert_eq!(Authority::parse(typed).unwrap().to_string(), shown);
        }
        assert_eq!(Authority::parse("[::1]:3000").unwrap().host(), "::1");
        assert!(Authority::parse("[::1]:3000").unwrap().as_ip().is_some());
        assert!(Authority::parse("wiki:3000").unwrap().as_ip().is_none());
    }

    #[test]
    fn what_is_none_is_refused() {
        for typed in [
            "",
            "3000",
            "127.0.0.1",
            ":3000",
            "wiki:",
            "wiki:0",
            "wiki:65536",
            "wiki:-1",
            "http://wiki:3000",
            "wiki;:80",
            "wi ki:80",
            "wiki\n:80",
            "::1:3000",
            "[::1]",
            "[wiki]:80",
            "wiki/a:80",
            "a@b:80",
            "{wiki}:80",
            "-wiki:80",
        ] {
            assert_eq!(Authority::parse(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn a_server_on_all_addresses_is_asked_on_the_loopback_address() {
        for (address, shown) in [
            ("0.0.0.0", "127.0.0.1:8000"),
            ("::", "[::1]:8000"),
            ("127.0.0.1", "127.0.0.1:8000"),
            ("192.0.2.7", "192.0.2.7:8000"),
        ] {
            assert_eq!(Authority::of_server(address.parse().unwrap(), 8000).to_string(), shown);
        }
    }
}
