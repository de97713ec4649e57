//! A person's name, parsed once: as typed, but without anything that could rearrange the page around it.

use std::fmt;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::base::Sentence;

/// The most characters (Unicode code points) of a name.
const MOST: usize = 100;

/// A name of 1 to 100 characters. Rows may contain one that was valid when it was typed and would be refused
/// today; it is shown as it is.
///
/// ```
/// use vestibule::Name;
///
/// assert!(Name::parse(" Ada ").is_ok_and(|name| name.as_str() == "Ada"));
/// assert!(Name::parse(" ").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Name(String);

/// Why a text is not a name.
#[derive(Debug, PartialEq)]
pub enum NameError {
    /// Nothing was typed.
    Empty,
    /// More than 100 characters.
    TooLong,
    /// A control character, or one that changes the direction of text.
    Unprintable,
    /// No visible character.
    Invisible,
    /// More combining marks on one letter than any script has: they would cover the lines around it.
    Piled,
}

impl NameError {
    /// How to correct it.
    pub fn sentence(&self) -> Sentence {
        match self {
            NameError::Empty => Sentence::from("form-name-empty"),
            NameError::TooLong => Sentence::from("form-name-long").with("most", MOST.to_string()),
            NameError::Unprintable => Sentence::from("form-name-unprintable"),
            NameError::Invisible => Sentence::from("form-name-invisible"),
            NameError::Piled => Sentence::from("form-name-piled"),
        }
    }

    /// The same for someone who writes the name of another person.
    pub fn sentence_about_another(&self) -> Sentence {
        match self {
            NameError::Empty => Sentence::from("form-name-empty-of-another"),
            other => other.sentence(),
        }
    }
}

impl Name {
    /// Reads a name that was typed, in Unicode's NFC. Outer spaces are removed, inner spaces stay.
    pub fn parse(typed: &str) -> Result<Name, NameError> {
        let name: String = typed.trim().nfc().collect();
        match name.chars().count() {
            0 => Err(NameError::Empty),
            _ if name.chars().any(unprintable) => Err(NameError::Unprintable),
            count if count > MOST => Err(NameError::TooLong),
            _ if name.chars().all(unseen) => Err(NameError::Invisible),
            _ if is_piled(&name) => Err(NameError::Piled),
            _ => Ok(Name(name)),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Bidirectional overrides and isolates, which would turn the words around a name (Unicode TR 36, 2.6).
fn unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The most combining marks in a row.
const MAX_MARKS: usize = 8;

fn is_piled(name: &str) -> bool {
    let mut marks = 0;
    name.chars().any(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks > MAX_MARKS
    })
}

/// Characters that take no space of their own: zero-width characters, fillers, variation selectors, tags,
/// white space, marks without a letter.
fn unseen(c: char) -> bool {
    let fillers = matches!(
        c,
        '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}'
    );
    let selectors = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}');
    let joiners = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_whitespace() || fillers || selectors || joiners || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_comes_back_as_typed() {
        for typed in [
            "Ada",
            "<script>alert(1)</script>",
            "{{7*7}}",
            "Robert'); DROP TABLE accounts;--",
            "שלום",
            "👩‍🚀 Ada  L.",
        ] {
            assert_eq!(Name::parse(&format!("  {typed} ")).unwrap().as_str(), typed);
        }
        assert!(Name::parse(&"é".repeat(100)).is_ok());
        assert_eq!(Name::parse("Rene\u{301}").unwrap().as_str(), "René", "in NFC");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(Name::parse(" \t "), Err(NameError::Empty));
        assert_eq!(Name::parse(&"é".repeat(101)), Err(NameError::TooLong));
        for odd in ["a\0b", "a\nb", "a\u{1b}[2J", "a\u{202e}b", "a\u{2066}b", "a\u{85}b"] {
            assert_eq!(Name::parse(odd), Err(NameError::Unprintable), "{odd:?}");
        }
    }

    #[test]
    fn a_name_can_be_seen_and_keeps_to_its_line() {
        for unseen in
            ["\u{200b}", "\u{200d}\u{2060}\u{feff}", "\u{3164}", "\u{301}\u{301}", "\u{200b} \u{ad}"]
        {
            assert_eq!(Name::parse(unseen), Err(NameError::Invisible), "{unseen:?}");
        }
        let with = |marks: usize| format!("Z{}oe", "\u{35c}".repeat(marks));
        assert_eq!((Name::parse(&with(9)), Name::parse(&with(8)).is_ok()), (Err(NameError::Piled), true));
    }

    proptest! {
        #[test]
        fn what_is_taken_can_be_taken_again_and_printed(typed in "\\PC{0,120}|.{0,40}|[\\x00-\\x20\u{202a}-\u{202e}a]{0,8}") {
            if let Ok(name) = Name::parse(&typed) {
                prop_assert_eq!(Name::parse(name.as_str()), Ok(name.clone()));
                prop_assert!((1..=MOST).contains(&name.as_str().chars().count()));
                prop_assert!(!name.as_str().chars().any(unprintable) && name.as_str().trim() == name.as_str());
            }
        }
    }
}
