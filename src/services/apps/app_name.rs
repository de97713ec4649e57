//! The ID, the name and the title of an app, parsed once.

use std::fmt;

use uuid::Uuid;

use crate::base::config::group_list::is_group_name;
use crate::base::new_id;
use crate::base::text_column::text_column;

/// The ID of an app: a UUIDv7. It stays when the app gets another name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct AppId(String);

impl AppId {
    /// A new one.
    pub(super) fn new() -> AppId {
        AppId(new_id())
    }

    /// Reads an ID that was typed. `None` if it is not one.
    pub fn parse(typed: &str) -> Option<AppId> {
        Uuid::try_parse(typed.trim()).ok().map(|id| AppId(id.to_string()))
    }

    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of an app, by which commands and files know it. The rule is that of the name of a group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AppName(String);

impl AppName {
    /// What a name consists of, for the error about one that does not.
    pub const RULE: &'static str =
        "Use 1 to 64 of a-z, 0-9, dots, underscores and hyphens, with a letter or a digit first.";

    /// Parses a typed name.
    pub fn parse(typed: &str) -> Option<AppName> {
        let name = typed.trim();
        is_group_name(name).then(|| AppName(name.to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_column!(AppName, |name| name.0.clone(), AppName::parse);

/// What people call an app: 1 to 60 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppTitle(String);

impl AppTitle {
    /// What a title consists of, for the error about one that does not.
    pub const RULE: &'static str = "Use 1 to 60 characters on one line.";
    /// The most characters: it stands in sentences.
    const LONGEST: usize = 60;

    /// Parses a typed title.
    pub fn parse(typed: &str) -> Option<AppTitle> {
        let title = typed.trim();
        let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        let fits = (1..=AppTitle::LONGEST).contains(&title.chars().count()) && !title.contains(is_break);
        fits.then(|| AppTitle(title.to_owned()))
    }

    /// The title of an app that was given none: its name, which is never too long to be read again.
    pub fn of(name: &AppName) -> AppTitle {
        AppTitle(name.0.chars().take(AppTitle::LONGEST).collect())
    }

    /// The title as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_column!(AppTitle, |title| title.0.clone(), AppTitle::parse);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_can_be_written_in_one_way() {
        let longest = "a".repeat(64);
        for name in ["wiki", "a", "7", "team-2.b_c", &longest] {
            assert_eq!(AppName::parse(name).unwrap().as_str(), name);
        }
        assert_eq!(AppName::parse(" wiki\n").unwrap().as_str(), "wiki");
        for name in ["", "-a", "Wiki", "the wiki", "a/b", "a,b", "a\0", &"a".repeat(65)] {
            assert_eq!(AppName::parse(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(AppTitle::parse("  Our <b>wiki</b> ").unwrap().as_str(), "Our <b>wiki</b>");
        assert!(AppTitle::parse(&"é".repeat(60)).is_some());
        for title in ["", "  ", "a\nb", "a\u{2028}b", "a\u{1b}[1m", &"é".repeat(61)] {
            assert_eq!(AppTitle::parse(title), None, "{title:?}");
        }
        let longest = AppName::parse(&"a".repeat(64)).unwrap();
        let title = AppTitle::of(&longest);
        assert_eq!(AppTitle::parse(title.as_str()), Some(title));
    }
}
