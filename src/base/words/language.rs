//! A language that the sentences exist in. A file in `words/` is all that makes one.

use std::fmt;
use std::sync::LazyLock;

use rust_embed::Embed;

#[derive(Embed)]
#[folder = "words/"]
struct Files;

/// The code and the name of every language, in the order of the codes. The name is found without parsing the file:
/// a site that is only read in one language parses only that one.
static ALL: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let codes = Files::iter().filter_map(|file| file.strip_suffix(".ftl").map(str::to_owned));
    let mut all: Vec<_> = codes
        .map(|code| {
            let source = source_of(&code);
            let name = source.lines().find_map(|line| line.strip_prefix("language-name = "));
            let name = name.unwrap_or(&code).trim().to_owned();
            (code, name)
        })
        .collect();
    all.sort();
    all
});

fn source_of(code: &str) -> String {
    let file = Files::get(&format!("{code}.ftl"));
    file.map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// A language that the sentences exist in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language(usize);

impl Language {
    /// All languages, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Language> {
        (0..ALL.len()).map(Language)
    }

    /// The language with this code. `None` if there is none: a database may name one that an earlier version had.
    pub fn by_code(code: &str) -> Option<Language> {
        ALL.iter().position(|(known, _)| known == code).map(Language)
    }

    /// The language that was probably meant by a code in other letters, or with a region: `DE`, `de-AT`, `de_CH`.
    pub fn meant_by(code: &str) -> Option<Language> {
        let code = code.trim().to_lowercase();
        Language::by_code(code.split(['-', '_', '.']).next().unwrap_or_default())
    }

    /// English: the language in which every sentence was written first.
    pub fn english() -> Language {
        Language::by_code("en").unwrap_or(Language(0))
    }

    /// Its code by BCP 47 (RFC 5646), such as "de".
    pub fn code(self) -> &'static str {
        ALL.get(self.0).map_or("en", |(code, _)| code)
    }

    /// Its name in the language itself, such as "Deutsch".
    pub fn name(self) -> &'static str {
        ALL.get(self.0).map_or("English", |(_, name)| name)
    }

    /// Its place among all languages, from 0.
    pub fn index(self) -> usize {
        self.0
    }

    /// All its sentences, in Fluent's syntax.
    pub(super) fn source(self) -> String {
        source_of(self.code())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_the_name_of_its_file() {
        let codes: Vec<_> = Language::all().map(Language::code).collect();
        for code in ["de", "en", "es", "fr"] {
            assert!(codes.contains(&code), "{codes:?}");
            assert_eq!(Language::by_code(code).unwrap().code(), code);
        }
        assert!(codes.is_sorted());
        assert_eq!(Language::by_code("de").unwrap().name(), "Deutsch");
        assert_eq!(Language::english().code(), "en");
        for odd in ["", "EN", "en.ftl", "../en", "tlh"] {
            assert_eq!(Language::by_code(odd), None, "{odd}");
        }
        for (odd, meant) in [("DE", "de"), ("de-AT", "de"), ("en_GB.UTF-8", "en"), (" Fr ", "fr")] {
            assert_eq!(Language::meant_by(odd), Language::by_code(meant), "{odd}");
        }
        assert_eq!((Language::meant_by(""), Language::meant_by("german")), (None, None));
    }
}
