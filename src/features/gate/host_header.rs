//! A host as a header names it, in the one spelling that apps have theirs in.

use std::borrow::Cow;
use std::net::Ipv6Addr;

use url::Host;

/// The longest name of a host, in characters (RFC 1035, 2.3.4).
const LONGEST_HOST: usize = 253;

/// A host as apps have theirs: in lower case, without port and final dot. `None` if it is none.
pub(super) fn host_of(sent: &str) -> Option<Cow<'_, str>> {
    if let Some(rest) = sent.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let address: Ipv6Addr = address.parse().ok()?;
        let fits = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        // As browsers write it; the standard library differs where an IPv4 address is in it.
        return fits.then(|| Cow::Owned(Host::<&str>::Ipv6(address).to_string()));
    }
    let name = match sent.split_once(':') {
        Some((name, port)) if is_port(port) => name,
        Some(_) => return None,
        None => sent,
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    if name.is_empty() || name.len() > LONGEST_HOST || !name.bytes().all(is_plain) {
        return None;
    }
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Some(Cow::Owned(name.to_ascii_lowercase())),
        false => Some(Cow::Borrowed(name)),
    }
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::WebOrigin;
    use proptest::prelude::*;

    #[test]
    fn a_host_has_one_spelling_however_it_is_sent() {
        for (host, read) in [
            ("wiki.example.org", "wiki.example.org"),
            ("Wiki.Example.ORG", "wiki.example.org"),
            ("wiki.example.org.", "wiki.example.org"),
            ("wiki.example.org:8443", "wiki.example.org"),
            ("WIKI.example.org.:443", "wiki.example.org"),
            ("192.168.1.2:80", "192.168.1.2"),
            ("[::1]:8443", "[::1]"),
            ("[2001:DB8:0::1]", "[2001:db8::1]"),
            ("[::ffff:192.0.2.1]:443", "[::ffff:c000:201]"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(host_of(host).as_deref(), Some(read), "{host}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        let long = "a".repeat(254);
        for odd in [
            "",
            ".",
            ":80",
            "wiki.example.org:",
            "wiki.example.org:http",
            "wiki.example.org:123456",
            "wiki@evil.test",
            "wiki.example.org/",
            "wiki.example.org, evil.test",
            " wiki.example.org",
            "wiki example.org",
            "wiki%2eexample.org",
            "wiki_.example.org",
            "bücher.example",
            "wiki.example.org\0",
            "[::1",
            "[wiki]",
            "[::1]x",
            "::1",
            &long,
        ] {
            assert_eq!(host_of(odd), None, "{odd:?}");
        }
    }

    proptest! {
        #[test]
        fn an_address_is_written_as_that_of_an_app(
            bits in any::<u128>(),
            zeros in 0..128_u32,
            mapped in any::<u32>(),
        ) {
            for bits in [bits, bits >> zeros, bits << zeros, 0xffff_0000_0000 | u128::from(mapped)] {
                let address = format!("[{}]", Ipv6Addr::from_bits(bits));
                let origin = WebOrigin::parse(&format!("https://{address}")).unwrap();
                let host = host_of(&address);
                prop_assert_eq!(host.as_deref(), Some(origin.host()));
            }
        }

        #[test]
        fn a_host_that_is_read_stays_as_it_is(text in "[A-Za-z0-9.:@/\\[\\]_ %-]{0,40}") {
            if let Some(host) = host_of(&text) {
                prop_assert!(!host.bytes().any(|byte| byte.is_ascii_uppercase()));
                prop_assert!(!host.contains(['@', '/', ' ', '%', '_']));
            }
        }
    }
}
