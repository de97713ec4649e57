//! A code as people read and type it: in groups of four, on any keyboard, or copied with what is between the groups.

use unicode_normalization::UnicodeNormalization;

/// The characters of a typed code in Unicode's NFKC, so that full-width digits are digits, without spaces and dashes.
pub(super) fn characters(typed: &str) -> impl Iterator<Item = char> {
    typed.nfkc().filter(|c| !c.is_whitespace() && !is_dash(*c))
}

/// A code in groups of four characters, with this character between them. The code has ASCII characters only.
pub(super) fn grouped(mut code: String, between: char) -> String {
    // From the end, so that the places before it stay.
    for at in (4..code.len()).step_by(4).rev() {
        code.insert(at, between);
    }
    code
}

/// Whether it is a hyphen, a dash or a minus sign.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_dashes_of_all_kinds_do_not_count() {
        for typed in [
            "12ab",
            " 12-ab\r\n",
            "1 2\ta b",
            "12\u{a0}a\u{202f}b\u{3000}",
            "1\u{2010}2\u{2011}a\u{2012}b\u{2013}",
            "\u{2014}12\u{2015}a\u{2212}b",
            "12\u{fe58}a\u{fe63}b\u{ff0d}",
            "１２ａｂ",
        ] {
            assert_eq!(characters(typed).collect::<String>(), "12ab", "{typed:?}");
        }
    }

    #[test]
    fn a_code_is_shown_in_groups_of_four() {
        for (code, shown) in [
            ("", ""),
            ("abcd", "abcd"),
            ("abcde", "abcd-e"),
            ("abcdefgh", "abcd-efgh"),
            ("abcdefghi", "abcd-efgh-i"),
        ] {
            assert_eq!(grouped(code.to_owned(), '-'), shown);
        }
    }

    #[test]
    fn everything_else_stays() {
        for typed in ["12_ab", "12.ab", "12ab\0", "12ab+", "12ab\u{663}"] {
            assert_eq!(characters(typed).collect::<String>(), typed);
        }
    }
}
