//! Values inside a sentence whose letters run in the other direction. Next to a name in Hebrew or Arabic, punctuation
//! and numbers would move to the wrong side; isolated, the name cannot change what stands around it (Unicode UAX #9).

use std::borrow::Cow;

/// FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE.
const BEGIN: char = '\u{2068}';
const END: char = '\u{2069}';

/// The direction in which a language is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Direction {
    /// As English.
    LeftToRight,
    /// As Hebrew and Arabic.
    RightToLeft,
}

/// The value of a variable as it stands in a sentence of this direction: isolated if it may have letters of the other
/// one, otherwise as it is. Numbers alone, such as those of a time of day, run alike in both. So does one plain word,
/// which may also be a code that a sentence chooses its words by, such as "unknown".
pub fn isolated(value: &str, direction: Direction) -> Cow<'_, str> {
    let stands_out = match direction {
        // Nearly every value: one look at its bytes is enough.
        Direction::LeftToRight => !value.is_ascii() && value.chars().any(is_right_to_left),
        Direction::RightToLeft => {
            let is_word = value.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
            value.contains(char::is_alphabetic) && !is_word
        }
    };
    if !stands_out {
        return Cow::Borrowed(value);
    }
    let mut marked = String::with_capacity(value.len() + 2 * BEGIN.len_utf8());
    marked.push(BEGIN);
    // Its own marks could end the isolation early.
    marked.extend(value.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')));
    marked.push(END);
    Cow::Owned(marked)
}

/// A sentence as HTML: escaped, and with `<bdi>` around what is isolated.
pub fn in_html(sentence: &str) -> String {
    let mut html = String::with_capacity(sentence.len() + 16);
    for c in sentence.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#x27;"),
            BEGIN => html.push_str("<bdi>"),
            END => html.push_str("</bdi>"),
            c => html.push(c),
        }
    }
    html
}

/// A letter of a script that is written from right to left, or one of its marks (Unicode blocks Hebrew to Arabic
/// Extended-A, their presentation forms, and the scripts of plane 1 from U+10800 to U+10FFF and U+1E800 to U+1EFFF).
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::Direction::{LeftToRight, RightToLeft};
    use super::*;

    #[test]
    fn only_right_to_left_values_are_isolated() {
        for plain in ["", "Ada", "Zoë Müller", "李小龙", "ada@example.org"] {
            assert_eq!(isolated(plain, LeftToRight), plain);
        }
        assert_eq!(isolated("דוד (Dave)", LeftToRight), "\u{2068}דוד (Dave)\u{2069}");
        assert_eq!(isolated("a\u{2069}دb", LeftToRight), "\u{2068}aدb\u{2069}");
    }

    #[test]
    fn in_a_sentence_from_right_to_left_every_value_is_isolated_that_is_more_than_a_word() {
        for plain in ["", "05", "2026", "203.0.113.7", "Ada", "command_line"] {
            assert_eq!(isolated(plain, RightToLeft), plain);
        }
        for value in ["Ada!", "2001:db8::1", "דוד"] {
            assert_eq!(isolated(value, RightToLeft), format!("\u{2068}{value}\u{2069}"));
        }
    }

    #[test]
    fn html_is_escaped_and_isolates_with_an_element() {
        let sentence = format!("{} & <b>\"'", isolated("דוד", LeftToRight));
        assert_eq!(in_html(&sentence), "<bdi>דוד</bdi> &amp; &lt;b&gt;&quot;&#x27;");
    }
}
