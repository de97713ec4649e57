//! How people write a domain: an international one in its own letters, as long as those mislead no one. Browsers
//! decide alike; what is sent and compared stays in ASCII.

use std::borrow::Cow;

use idna::AsciiDenyList;
use idna::uts46::{Hyphens, Uts46};

/// Writing systems that domains are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Arabic,
    Cyrillic,
    Devanagari,
    Georgian,
    Greek,
    Hebrew,
    /// Chinese and Japanese: the latter mixes its own with Chinese characters.
    Han,
    Hangul,
    Latin,
    Thai,
}

/// An ASCII domain as people write it. A part between dots stays in ASCII (`xn--…`) if its letters are not all
/// of one script and in daily use, or if all of them look like Latin ones. So does the whole domain if what is
/// written would not lead back to it.
pub(super) fn written(domain: &str) -> Cow<'_, str> {
    if !domain.contains("xn--") {
        return Cow::Borrowed(domain);
    }
    let (written, result) = Uts46::new().to_user_interface(
        domain.as_bytes(),
        AsciiDenyList::URL,
        Hyphens::Allow,
        |label, _top, _bidi| is_clear(label),
    );
    let again = idna::domain_to_ascii_cow(written.as_bytes(), AsciiDenyList::URL);
    let leads_back = result.is_ok() && again.is_ok_and(|again| again == domain);
    if leads_back { written } else { Cow::Borrowed(domain) }
}

/// Whether a part of a domain is read as what it is.
fn is_clear(label: &[char]) -> bool {
    let letters = || label.iter().copied().filter(|c| !c.is_ascii_digit() && *c != '-');
    let Some(first) = letters().next().and_then(script) else { return false };
    // A dot below a letter of a well-known name is easily overlooked.
    let is_plain = |c: char| c.is_ascii() || DOT_BELOW.contains(c);
    let all_plain = letters().all(is_plain) && !label.iter().all(char::is_ascii);
    letters().all(|c| script(c) == Some(first)) && !letters().all(looks_latin) && !all_plain
}

/// Letters that differ from one of ASCII only by a dot below.
const DOT_BELOW: &str = "ạẹịọụỵḅḍḥḳḷṃṇṛṣṭṿẉẓ";

/// The script of a letter in daily use, or of a mark that words of it need. Rare ones have none: among them are
/// most that can be mistaken for others.
fn script(c: char) -> Option<Script> {
    Some(match c {
        // Without the i that has no dot, and the k of Greenland. The last three groups are of Vietnamese and Romanian.
        'a'..='z'
        | '\u{df}'..='\u{f6}'
        | '\u{f8}'..='\u{130}'
        | '\u{132}'..='\u{137}'
        | '\u{139}'..='\u{17e}'
        | '\u{1a1}'
        | '\u{1b0}'
        | '\u{218}'..='\u{21b}'
        | '\u{1ea0}'..='\u{1ef9}' => Script::Latin,
        '\u{390}' | '\u{3ac}'..='\u{3ce}' => Script::Greek,
        '\u{430}'..='\u{45f}' | '\u{491}' => Script::Cyrillic,
        '\u{5d0}'..='\u{5ea}' => Script::Hebrew,
        '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => Script::Arabic,
        '\u{901}'..='\u{94d}' => Script::Devanagari,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' => Script::Thai,
        '\u{10d0}'..='\u{10f0}' => Script::Georgian,
        '\u{3005}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'
        | '\u{4e00}'..='\u{9fff}' => Script::Han,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        _ => return None,
    })
}

/// Whether a Cyrillic or Greek letter looks like a Latin one: a word of such letters alone can be mistaken for a
/// Latin one.
fn looks_latin(c: char) -> bool {
    const CYRILLIC: &str =
        "\u{430}\u{433}\u{435}\u{43e}\u{43f}\u{440}\u{441}\u{443}\u{445}\u{44a}\u{44c}\u{455}\u{456}\u{458}";
    const GREEK: &str = "\u{3b1}\u{3b3}\u{3b9}\u{3ba}\u{3bd}\u{3bf}\u{3c1}\u{3c4}\u{3c5}\u{3c7}\u{3c9}";
    CYRILLIC.contains(c) || GREEK.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As it is stored, and as it is shown.
    fn there_and_back(typed: &str) -> (String, String) {
        let ascii = idna::domain_to_ascii_cow(typed.as_bytes(), AsciiDenyList::URL).unwrap().into_owned();
        let shown = written(&ascii).into_owned();
        (ascii, shown)
    }

    #[test]
    fn a_domain_of_one_script_is_shown_as_it_is_written() {
        let one =
            ["bücher.example", "café-24.example", "việtnam.example", "пример.example", "παράδειγμα.example"];
        let more = ["דוגמה.example", "مثال.example", "例え.example", "お名前.example", "उदाहरण.example"];
        for domain in
            one.into_iter().chain(more).chain(["실례.example", "ตัวอย่าง.example", "пример.испытание"])
        {
            let (ascii, shown) = there_and_back(domain);
            assert!(ascii.is_ascii() && ascii.contains("xn--"), "{ascii}");
            assert_eq!(shown, domain);
        }
        for ascii in ["example.org", "localhost", "127.0.0.1", "a-b.example"] {
            assert_eq!(written(ascii), ascii);
        }
    }

    #[test]
    fn letters_that_mislead_stay_in_ascii() {
        let cyrillic_a_in_latin = "ex\u{430}mple.example";
        let all_cyrillic = "\u{430}\u{440}\u{440}\u{435}.example";
        let all_greek = "\u{3bd}\u{3bf}\u{3c1}\u{3c4}\u{3c5}.example";
        let no_dot = "m\u{131}ke.example";
        let dot_below = "gm\u{1ea1}il.example";
        for domain in [cyrillic_a_in_latin, all_cyrillic, all_greek, no_dot, dot_below] {
            let (ascii, shown) = there_and_back(domain);
            assert_eq!(shown, ascii, "{domain}");
        }
        // Part by part.
        let (_, shown) = there_and_back("ex\u{430}mple.bücher.example");
        assert!(shown.starts_with("xn--") && shown.ends_with(".bücher.example"), "{shown}");
        // What no domain is made into, but an old row may have.
        for odd in ["xn--a", "xn--", "xn--bcher-kva.exa mple", "XN--BCHER-KVA.example"] {
            assert_eq!(written(odd), odd);
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_leads_back(typed in "[a-zäöüа-яα-ω0-9一-三-]{1,12}\\.[a-zа-я]{2,8}") {
            if let Ok(ascii) = idna::domain_to_ascii_cow(typed.as_bytes(), AsciiDenyList::URL) {
                let shown = written(&ascii).into_owned();
                let again = idna::domain_to_ascii_cow(shown.as_bytes(), AsciiDenyList::URL).unwrap();
                prop_assert_eq!(again, ascii);
            }
        }
    }
}
