//! Whose attempts are counted. With IPv6 that is more than one network: the holder of a 64-bit prefix may hold
//! the wider prefixes around it as well.

use std::net::{IpAddr, Ipv6Addr};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Who or what the attempts are counted for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LimitKey {
    /// Everyone who shares this address; for IPv6 a network of 64 bits, the least that one household gets.
    Network(Option<IpAddr>),
    /// Everyone in an IPv6 network with this first address and a shorter prefix.
    Wider(Ipv6Addr, u32),
    /// Anything else: its kind, and which of that kind. What a floor above counts by has a constructor there.
    Of(&'static str, String),
}

/// Lengths of the wider IPv6 prefixes that an attempt counts for as well, and how many times the limit of a 64-bit
/// prefix each has. A home should get 48 or 56 bits and a company 48 (RFC 6177; RIPE-690, 4.2), which is 65,536 or
/// 256 networks of 64 bits. If each of these belongs to another customer, as with mobile phones, eight and
/// thirty-two customers can use up their limits at the same time. Behind one IPv4 address they would share the
/// limit of one.
const WIDER: [(u32, u32); 2] = [(56, 8), (48, 32)];

impl LimitKey {
    /// The network of an address. Visitors without an address share one.
    pub fn network(address: Option<IpAddr>) -> LimitKey {
        LimitKey::Network(address.map(|address| match address.to_canonical() {
            IpAddr::V6(ip) => first(ip, 64).into(),
            v4 => v4,
        }))
    }

    /// Every key that an attempt counts for, and how many times the limit each has. The narrowest comes first:
    /// all transactions lock them in this order, so none can deadlock.
    pub(super) fn all(&self) -> impl Iterator<Item = (LimitKey, u32)> {
        let ip = match self {
            LimitKey::Network(Some(IpAddr::V6(ip))) => Some(*ip),
            _ => None,
        };
        let wider = move |(bits, times)| ip.map(|ip| (LimitKey::Wider(first(ip, bits), bits), times));
        [(self.clone(), 1)].into_iter().chain(WIDER.into_iter().filter_map(wider))
    }

    /// The name of what is counted for this key: a hash, so that no stranger's address is stored.
    pub(super) fn hash(&self, code: &str) -> String {
        let (kind, name) = match self {
            LimitKey::Network(address) => ("network", address.map(|ip| ip.to_string()).unwrap_or_default()),
            LimitKey::Wider(ip, bits) => ("wider", format!("{ip}/{bits}")),
            LimitKey::Of(kind, name) => (*kind, name.clone()),
        };
        // The table was once called `tries`. The word stays: the keys of existing rows are hashes of it.
        hash(&["tries", code, kind, &name])
    }
}

/// A hash of what a count is about: all are different, and none reveals the person.
pub(super) fn hash(parts: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(parts.join("\0")))
}

/// The first address of the network with this prefix length.
fn first(ip: Ipv6Addr, bits: u32) -> Ipv6Addr {
    let others = 128 - bits;
    Ipv6Addr::from_bits(ip.to_bits() >> others << others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> LimitKey {
        LimitKey::network(Some(address.parse().unwrap()))
    }

    #[test]
    fn a_household_is_one_network() {
        assert_eq!(from("2001:db8:1:2:3::4"), from("2001:db8:1:2:ffff::"));
        assert_ne!(from("2001:db8:1:2::"), from("2001:db8:1:3::"));
        assert_eq!(from("::ffff:203.0.113.7"), from("203.0.113.7"));
        assert_ne!(from("203.0.113.7"), from("203.0.113.8"));
        assert_ne!(from("127.0.0.1"), LimitKey::network(None));
    }

    #[test]
    fn an_ipv6_network_counts_for_the_wider_ones_it_is_in_and_nothing_else_does() {
        let wider = |ip: &str, bits, times| (LimitKey::Wider(ip.parse().unwrap(), bits), times);
        let all: Vec<_> = from("2001:db8:1:2345::9").all().collect();
        let here = (from("2001:db8:1:2345::"), 1);
        assert_eq!(all, [here, wider("2001:db8:1:2300::", 56, 8), wider("2001:db8:1::", 48, 32)]);
        let device = LimitKey::Of("device", "2001:db8:1:2345::".to_owned());
        for alone in [from("203.0.113.7"), from("::ffff:203.0.113.7"), LimitKey::network(None), device] {
            assert_eq!(alone.all().collect::<Vec<_>>(), [(alone, 1)]);
        }
    }
}
