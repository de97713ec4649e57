//! The language of the site, read from its code.

use std::str::FromStr;

use super::from_text::read_as_text;
use crate::base::words::Language;

impl FromStr for Language {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Language::by_code(&text.trim().to_ascii_lowercase()).ok_or(())
    }
}

read_as_text!(Language);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_from_its_code_alone() {
        assert_eq!(" DE ".parse::<Language>(), Ok(Language::by_code("de").unwrap()));
        for text in ["", "Deutsch", "de-DE", "de,en", "tlh"] {
            assert_eq!(text.parse::<Language>(), Err(()), "{text}");
        }
    }
}
