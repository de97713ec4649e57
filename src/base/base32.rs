//! Base32 without padding (RFC 4648, 6): bytes in letters and digits, five bits each.

use zeroize::Zeroizing;

/// An alphabet: the letter or digit of each value.
pub(super) type Alphabet = [u8; 32];

/// The alphabet of RFC 4648, which authenticator apps read.
pub(super) const RFC_4648: &Alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Douglas Crockford's alphabet, in lower case. It has no I, L or O, which look like 1 and 0, and no U, so that fewer
/// codes are words.
pub(super) const CROCKFORD: &Alphabet = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The bits of one letter.
const LETTER: u32 = 5;

/// Encodes bytes.
pub(super) fn encode(alphabet: &Alphabet, bytes: &[u8]) -> String {
    let letter = |value: usize| alphabet.get(value % alphabet.len()).copied().map(char::from);
    let mut text = String::with_capacity((bytes.len() * 8).div_ceil(LETTER as usize));
    // The bits that are not written yet, and how many they are.
    let (mut held, mut bits) = (0_usize, 0);
    for byte in bytes {
        held = (held << 8) | usize::from(*byte);
        bits += 8;
        while bits >= LETTER {
            bits -= LETTER;
            text.extend(letter(held >> bits));
            held %= 1 << bits;
        }
    }
    if bits > 0 {
        text.extend(letter(held << (LETTER - bits)));
    }
    text
}

/// Decodes what [`encode`] wrote; `None` for any other text.
pub(super) fn decode(alphabet: &Alphabet, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::<u8>::with_capacity(text.len() * LETTER as usize / 8));
    let (mut held, mut bits) = (0_usize, 0);
    for letter in text.bytes() {
        held = (held << LETTER) | alphabet.iter().position(|known| *known == letter)?;
        bits += LETTER;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).ok()?);
            held %= 1 << bits;
        }
    }
    // The bits that are left over only fill the last letter, with zeros.
    (bits < LETTER && held == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_are_written_as_the_standard_says() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(encode(RFC_4648, bytes.as_bytes()), text);
        }
        assert_eq!(encode(CROCKFORD, b"\x00\x44\x32\x14\xc7"), "01234567");
        assert_eq!(encode(CROCKFORD, b"\xff\xff\xff\xff\xff"), "zzzzzzzz");
    }

    #[test]
    fn other_texts_are_no_bytes() {
        for text in ["M", "MZX", "MZXW6Y", "MZ", "MZXW7", "my", "MY======", "M Y", "M0", "MÜ", "MY\0"] {
            assert!(decode(RFC_4648, text).is_none(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn bytes_are_read_as_they_were_written(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for alphabet in [RFC_4648, CROCKFORD] {
                let read = decode(alphabet, &encode(alphabet, &bytes));
                prop_assert_eq!(read.as_deref(), Some(&bytes));
            }
        }

        #[test]
        fn bytes_have_one_spelling(text in "[A-Z2-7]{0,17}|.{0,20}") {
            if let Some(bytes) = decode(RFC_4648, &text) {
                prop_assert_eq!(encode(RFC_4648, &bytes), text);
            }
        }
    }
}
