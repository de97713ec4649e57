//! Where a site of the web is: scheme, host and port, as browsers compare them (RFC 6454).

use std::fmt;

use serde::Serialize;
use url::{ParseError, Url};

use super::text_column::text_column;

/// The longest name of a host, in characters (RFC 1035, 2.3.4, without its final dot).
const LONGEST_HOST: usize = 253;
/// The longest part of it between dots.
const LONGEST_LABEL: usize = 63;

/// An http or https origin, such as `https://wiki.example.org:8443`: the host in lower-case ASCII (IDNA), the port only
/// where it is not the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct WebOrigin(String);

text_column!(WebOrigin, |origin| origin.0.clone(), |stored| WebOrigin::parse(stored).ok());

impl WebOrigin {
    /// Reads an origin that was typed. The error is a clause that says what is wrong.
    pub fn parse(typed: &str) -> Result<WebOrigin, &'static str> {
        let typed = typed.trim();
        let Some((scheme, rest)) = typed.split_once("://").filter(|(scheme, _)| is_web(scheme)) else {
            return Err("it does not begin with https:// or http://");
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if let Some(wrong) = too_much(rest) {
            return Err(wrong);
        }
        let url = Url::parse(&format!("{scheme}://{rest}")).map_err(|error| match error {
            ParseError::InvalidPort => "its port is not a number from 1 to 65535",
            ParseError::EmptyHost => "it names no host",
            _ => "its host is not one that browsers know",
        })?;
        let host = url.host_str().unwrap_or_default();
        let host = host.strip_suffix('.').unwrap_or(host);
        if host.contains('_') {
            return Err("its host has a _, and hosts have letters, digits and hyphens between their dots");
        }
        if !is_host(host) {
            return Err("its host is not one that browsers know");
        }
        match url.port() {
            Some(0) => Err("its port is not a number from 1 to 65535"),
            Some(port) => Ok(WebOrigin(format!("{}://{host}:{port}", url.scheme()))),
            None => Ok(WebOrigin(format!("{}://{host}", url.scheme()))),
        }
    }

    /// The host without the port: a name, an IPv4 address, or an IPv6 address in brackets.
    pub fn host(&self) -> &str {
        let (_, rest) = self.0.split_once("://").unwrap_or_default();
        match rest.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => rest,
        }
    }

    /// The origin as it is stored, shown and compared: without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether browsers reach it over TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// The address of a page there, from its path and query as they are given. Whatever that is, the address is of this
    /// origin.
    pub fn at(&self, path_and_query: &str) -> String {
        // Without a slash it would go on with the name of the host.
        let slash = if path_and_query.starts_with('/') { "" } else { "/" };
        format!("{}{slash}{path_and_query}", self.0)
    }
}

impl fmt::Display for WebOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_web(scheme: &str) -> bool {
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
}

/// What stands between the scheme and the end and is no host with a port, as a clause.
fn too_much(rest: &str) -> Option<&'static str> {
    if rest.is_empty() {
        Some("it names no host")
    } else if rest.contains('*') {
        Some("each host is named by itself, without *")
    } else if rest.contains('@') {
        Some("it contains a user")
    } else if rest.contains(['/', '\\']) {
        Some("it contains a path")
    } else if rest.contains(['?', '#']) {
        Some("it contains more than a host and a port")
    } else if rest.contains(|c: char| c.is_whitespace() || c.is_control() || c == '%') {
        // The library would leave some of them out, and decode others.
        Some("its host is not one that browsers know")
    } else {
        None
    }
}

/// Whether a host that was parsed is one that a proxy passes on as it is: a name, or an address.
fn is_host(host: &str) -> bool {
    if host.starts_with('[') {
        return true;
    }
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    host.len() <= LONGEST_HOST && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(typed: &str) -> String {
        WebOrigin::parse(typed).unwrap().as_str().to_owned()
    }

    #[test]
    fn an_origin_has_one_spelling_however_it_is_typed() {
        for (typed, origin, host) in [
            ("https://wiki.example.org", "https://wiki.example.org", "wiki.example.org"),
            (" HTTPS://Wiki.Example.ORG/ ", "https://wiki.example.org", "wiki.example.org"),
            ("https://wiki.example.org:443", "https://wiki.example.org", "wiki.example.org"),
            ("http://wiki.example.org:80/", "http://wiki.example.org", "wiki.example.org"),
            ("https://wiki.example.org.", "https://wiki.example.org", "wiki.example.org"),
            ("https://wiki.example.org.:8443", "https://wiki.example.org:8443", "wiki.example.org"),
            ("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("https://Bu\u{308}cher。example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("http://localhost:3000", "http://localhost:3000", "localhost"),
            ("http://nas", "http://nas", "nas"),
            ("http://192.168.1.2:8080", "http://192.168.1.2:8080", "192.168.1.2"),
            ("https://[2001:DB8::1]", "https://[2001:db8::1]", "[2001:db8::1]"),
            ("https://[::1]:8443/", "https://[::1]:8443", "[::1]"),
        ] {
            let read = WebOrigin::parse(typed).unwrap();
            assert_eq!((read.as_str(), read.host()), (origin, host), "{typed}");
            assert_eq!(read.is_https(), origin.starts_with("https:"), "{typed}");
            assert_eq!(read.to_string(), origin);
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_with_the_reason() {
        let long = format!("https://{}.example", vec!["b".repeat(63); 4].join("."));
        let long_label = format!("https://{}.example", "b".repeat(64));
        for (typed, reason) in [
            ("", "begin"),
            ("wiki.example.org", "begin"),
            ("//wiki.example.org", "begin"),
            ("https:wiki.example.org", "begin"),
            ("ftp://wiki.example.org", "begin"),
            ("javascript://wiki.example.org", "begin"),
            ("https://", "no host"),
            ("https:///", "no host"),
            ("https:///wiki.example.org", "path"),
            ("https://:8443", "no host"),
            ("https://wiki.example.org/a", "path"),
            ("https://wiki.example.org//", "path"),
            ("https://wiki.example.org\\a", "path"),
            ("https://wiki.example.org?a", "more than"),
            ("https://wiki.example.org#a", "more than"),
            ("https://ada@wiki.example.org", "user"),
            ("https://ada:pw@wiki.example.org", "user"),
            ("https://*.example.org", "without *"),
            ("https://*", "without *"),
            ("https://wiki.example.org:0", "port"),
            ("https://wiki.example.org:65536", "port"),
            ("https://wiki.example.org:a", "port"),
            ("https://wiki .example.org", "browsers"),
            ("https://wiki.exa\tmple.org", "browsers"),
            ("https://wiki%2eexample.org", "browsers"),
            ("https://wiki_1.example.org", "has a _"),
            ("https://wiki,a.example.org", "browsers"),
            ("https://\u{ff0a}.example.org", "browsers"),
            ("https://wiki\u{ff0f}a.example.org", "browsers"),
            ("https://wiki..example.org", "browsers"),
            ("https://wiki.example.org..", "browsers"),
            ("https://.example.org", "browsers"),
            ("https://.", "browsers"),
            ("https://300.1.1.1", "browsers"),
            ("https://[::1", "browsers"),
            (&long, "browsers"),
            (&long_label, "browsers"),
        ] {
            let wrong = WebOrigin::parse(typed).unwrap_err();
            assert!(wrong.contains(reason), "{typed:?}: {wrong}");
        }
    }

    #[test]
    fn an_address_there_stays_there() {
        let wiki = WebOrigin::parse("https://wiki.example.org").unwrap();
        assert_eq!(wiki.at("/a?b=c"), "https://wiki.example.org/a?b=c");
        assert_eq!(wiki.at("//evil.test/"), "https://wiki.example.org//evil.test/");
        assert_eq!(wiki.at(".evil.test/"), "https://wiki.example.org/.evil.test/");
        assert_eq!(wiki.at("@evil.test"), "https://wiki.example.org/@evil.test");
        assert_eq!(wiki.at(""), "https://wiki.example.org/");
    }

    #[test]
    fn origins_that_differ_in_a_part_are_different() {
        let all = [
            "https://wiki.example.org",
            "http://wiki.example.org",
            "https://wiki.example.org:8443",
            "https://wiki.example.com",
            "https://wiki.example.org:80",
        ];
        let distinct: std::collections::BTreeSet<String> = all.iter().map(|typed| parsed(typed)).collect();
        assert_eq!(distinct.len(), all.len());
    }

    proptest! {
        #[test]
        fn what_is_taken_is_what_browsers_compare(
            typed in "(?i:https?)://[a-zA-Z0-9ü.\\-_*@:/?#%\\[\\] \\\\]{0,24}|https?://\\PC{0,16}|.{0,30}"
        ) {
            if let Ok(origin) = WebOrigin::parse(&typed) {
                prop_assert_eq!(WebOrigin::parse(origin.as_str()), Ok(origin.clone()));
                let url = Url::parse(origin.as_str()).unwrap();
                prop_assert_eq!(url.origin().ascii_serialization(), origin.as_str());
                prop_assert_eq!(url.host_str(), Some(origin.host()));
                let plain = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '.' | '-' | ':' | '[' | ']');
                prop_assert!(origin.host().chars().all(plain) && !origin.host().ends_with('.'));
            }
        }

        #[test]
        fn no_path_leads_elsewhere(path in "\\PC{0,24}|.{0,24}|[/\\\\@.:?#a-z\t\n]{0,12}") {
            let wiki = WebOrigin::parse("https://wiki.example.org:8443").unwrap();
            let url = Url::parse(&wiki.at(&path)).unwrap();
            prop_assert_eq!(url.origin().ascii_serialization(), wiki.as_str());
            prop_assert!(url.username().is_empty() && url.password().is_none());
        }
    }
}
