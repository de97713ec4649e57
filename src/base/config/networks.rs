//! Networks, as a setting names them.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net};

use super::from_text::read_as_text;

/// A list of networks. In a variable: separated by commas, with or without brackets and quotes. A single
/// address is a network of one. A network of IPv4-mapped IPv6 addresses (`::ffff:10.0.0.0/104`) means the
/// IPv4 addresses, because visitors' addresses are read like that.
#[derive(Clone, Debug, Default)]
pub struct Networks(pub Vec<IpNet>);

impl FromStr for Networks {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let list = text.trim().trim_start_matches('[').trim_end_matches(']');
        let parts = list.split(',').map(|part| part.trim().trim_matches('"')).filter(|part| !part.is_empty());
        parts.map(|part| network(part).ok_or(())).collect::<Result<_, _>>().map(Networks)
    }
}

fn network(text: &str) -> Option<IpNet> {
    let network: IpNet = text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))?;
    let IpNet::V6(v6) = network else { return Some(network) };
    match (v6.network().to_ipv4_mapped(), v6.prefix_len().checked_sub(MAPPED_BITS)) {
        (Some(v4), Some(length)) => Ipv4Net::new(v4, length).ok().map(IpNet::from),
        _ => Some(network),
    }
}

read_as_text!(list with ",": Networks);

/// The bits before the IPv4 address in an IPv4-mapped IPv6 address.
const MAPPED_BITS: u8 = 96;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn there_are_at_most_as_many_as_parts(text in "[\\[\"0-9a-f.:/, ]{0,24}|.{0,70}") {
            if let Ok(Networks(all)) = text.parse::<Networks>() {
                prop_assert!(all.len() <= text.split(',').count());
            }
        }
    }
}
