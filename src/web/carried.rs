//! An address inside another one, in base64url: no proxy, firewall or parser on the way reads it as an address, so none can
//! read it in another way than the next. What it leads to is checked where it arrives.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The most bytes of an address that is carried. Proxies have small buffers for a header, and a form that leads on keeps it.
pub const LONGEST: usize = 2_048;

/// An address as it is carried. `None` if it is one that [`read`] does not take.
pub fn carried(address: &str) -> Option<String> {
    is_fit(address).then(|| URL_SAFE_NO_PAD.encode(address))
}

/// Reads an address that was carried. It may be of anyone: `None` if it is no text, too long, or has control characters.
pub fn read(carried: &str) -> Option<String> {
    /// How many characters carry an address of the longest kind.
    const MOST: usize = LONGEST.div_ceil(3) * 4;
    if carried.len() > MOST {
        return None;
    }
    let address = String::from_utf8(URL_SAFE_NO_PAD.decode(carried).ok()?).ok()?;
    is_fit(&address).then_some(address)
}

/// Whether an address is one that is carried.
fn is_fit(address: &str) -> bool {
    address.len() <= LONGEST && !address.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        for address in
            ["", "/", "https://wiki.example.org/a?b=%2F&c=/../#d", "/größe?x=\\/", &"a".repeat(LONGEST)]
        {
            let written = carried(address).unwrap();
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            assert!(written.chars().all(plain), "{written}");
            assert_eq!(read(&written).as_deref(), Some(address));
        }
    }

    #[test]
    fn what_is_no_address_is_not_read() {
        for odd in ["a".repeat(LONGEST + 1).as_str(), "/a\r\nb", "/\0", "/\u{7f}", "/a\u{85}b"] {
            assert_eq!(carried(odd), None, "what is not read is not written: {odd:.40}");
        }
        let line = URL_SAFE_NO_PAD.encode("/a\r\nb");
        let bytes = URL_SAFE_NO_PAD.encode([0xff, 0xfe]);
        let long = URL_SAFE_NO_PAD.encode("a".repeat(LONGEST + 1));
        for odd in ["=", "YQ==", "a", "Y Q", "YR", "+", &line, &bytes, &long, &"A".repeat(100_000)] {
            assert_eq!(read(odd), None, "{odd:.40}");
        }
    }

    proptest! {
        #[test]
        fn an_address_has_one_spelling(text in "[A-Za-z0-9_=+/-]{0,40}") {
            if let Some(address) = read(&text) {
                prop_assert_eq!(carried(&address), Some(text));
            }
        }

        #[test]
        fn whatever_is_written_is_read(address in "\\PC{0,24}|.{0,24}") {
            if let Some(written) = carried(&address) {
                prop_assert_eq!(read(&written), Some(address));
            }
        }
    }
}
