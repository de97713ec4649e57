//! The parts of a stored hash as other programs write them: numbers, hexadecimal, base64, salts and what must
//! come out.

use argon2::password_hash::phc::Output;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD_INDIFFERENT;

/// The longest salt in bytes. Programs make 8 to 32, and no one needs more; a hash in a row may be of any
/// length.
const LONGEST_SALT: usize = 128;
/// The shortest hash in bytes: a cut one would be right for many passwords.
const SHORTEST_HASH: usize = 16;

/// A number in decimal digits, without a sign.
pub(super) fn number(text: &str) -> Option<u32> {
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_decimal)
}

/// Bytes in hexadecimal digits.
pub(super) fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8]| match *pair {
        [high, low] => Some((digit(high)? << 4) | digit(low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(byte).collect()
}

/// Bytes in base64, with or without padding. passlib writes `.` where others write `+`.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD_INDIFFERENT.decode(text.replace('.', "+")).ok()
}

/// A salt that may be used.
pub(super) fn salt(bytes: &[u8]) -> Option<Vec<u8>> {
    (1..=LONGEST_SALT).contains(&bytes.len()).then(|| bytes.to_vec())
}

/// What must come out, of 16 to 64 bytes. It compares in constant time.
pub(super) fn expected(bytes: &[u8]) -> Option<Output> {
    Output::new(bytes).ok().filter(|output| output.len() >= SHORTEST_HASH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_only_digits() {
        assert_eq!([number("0"), number("08"), number("4294967295")], [Some(0), Some(8), Some(u32::MAX)]);
        for text in
            ["", "+8", "-8", " 8", "8 ", "0x8", "8.0", "1e3", "٨", "4294967296", "99999999999999999999"]
        {
            assert_eq!(number(text), None, "{text:?}");
        }
    }

    #[test]
    fn hexadecimal_is_pairs_of_digits() {
        assert_eq!(hexadecimal("00fFa9"), Some(vec![0, 255, 169]));
        for text in ["0", "000", "0g", "+f", " 0", "é", "0x"] {
            assert_eq!(hexadecimal(text), None, "{text:?}");
        }
    }

    #[test]
    fn base64_is_read_in_the_spellings_of_all_programs() {
        for text in ["+/8=", "+/8", "./8", "./8="] {
            assert_eq!(base64(text), Some(vec![251, 255]), "{text:?}");
        }
        for text in ["-_8", "+/8==", "+", "+/9", "+/8\n", "é"] {
            assert_eq!(base64(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_empty_or_huge_salt_and_a_cut_hash_are_refused() {
        assert!(salt(&[0]).is_some() && salt(&[0; 128]).is_some());
        assert!(salt(&[]).is_none() && salt(&[0; 129]).is_none());
        assert!(expected(&[0; 16]).is_some() && expected(&[0; 64]).is_some());
        assert!(expected(&[]).is_none() && expected(&[0; 15]).is_none() && expected(&[0; 65]).is_none());
    }
}
