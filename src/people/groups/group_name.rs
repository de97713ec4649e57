//! The name and the title of a group, parsed once.

use std::fmt;

use crate::base::LockKey;
pub(super) use crate::base::config::group_list::{ADMINS, is_group_name as is_name};
use crate::base::text_column::text_column;

/// The most characters of a title.
const LONGEST_TITLE: usize = 100;

/// The title of the group whose members administer the site.
pub(super) const ADMINS_TITLE: &str = "Administrators";

/// The name of a group: 1 to 64 of `a` to `z`, `0` to `9`, `.`, `_` and `-`, of which the first is a letter or a
/// digit. Commands, code and other programs name the group by it, so it can be written in only one way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupName(String);

impl GroupName {
    /// What a name consists of, for the error about one that does not.
    pub const RULE: &'static str =
        "Use 1 to 64 of a-z, 0-9, dots, underscores and hyphens, with a letter or a digit first.";

    /// Parses a typed name.
    pub fn parse(typed: &str) -> Option<GroupName> {
        let name = typed.trim();
        is_name(name).then(|| GroupName(name.to_owned()))
    }

    /// The group whose members administer the site ([`Admin`](super::Admin)). It always exists.
    pub fn admins() -> GroupName {
        GroupName(ADMINS.to_owned())
    }

    /// Whether it is that group.
    pub fn is_admins(&self) -> bool {
        self.0 == ADMINS
    }

    /// Whether a title is the one that this group has without anyone giving it one in their own words: pages say it in the
    /// language of the reader.
    pub fn has_built_in_title(&self, title: &str) -> bool {
        self.is_admins() && title == ADMINS_TITLE
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The lock of a transaction that needs the group to stay.
    pub(super) fn lock_key(&self) -> LockKey {
        LockKey::new("group", &self.0)
    }
}

impl fmt::Display for GroupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_column!(GroupName, |name| name.0.clone(), GroupName::parse);

/// What people call a group: 1 to 100 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTitle(String);

impl GroupTitle {
    /// Parses a typed title.
    pub fn parse(typed: &str) -> Option<GroupTitle> {
        let title = typed.trim();
        let fits =
            !title.is_empty() && title.chars().count() <= LONGEST_TITLE && !title.contains(char::is_control);
        fits.then(|| GroupTitle(title.to_owned()))
    }

    /// The title of a group that was given none: its name.
    pub fn of(name: &GroupName) -> GroupTitle {
        GroupTitle(name.0.clone())
    }

    /// That of the group whose members administer the site.
    pub(super) fn of_admins() -> GroupTitle {
        GroupTitle(ADMINS_TITLE.to_owned())
    }

    /// The title as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::config::group_list::LONGEST_NAME;

    #[test]
    fn a_name_is_short_and_can_be_written_in_one_way() {
        let longest = "a".repeat(LONGEST_NAME);
        for name in ["admins", "choir", "a", "7", "team-2.b_c", &longest] {
            assert_eq!(GroupName::parse(name).unwrap().as_str(), name);
        }
        assert_eq!(GroupName::parse(" choir\n").unwrap().as_str(), "choir");
        let too_long = "a".repeat(LONGEST_NAME + 1);
        for name in
            ["", " ", "-a", ".a", "_a", "Choir", "the choir", "chœur", "a/b", "a,b", "a\0", "a'", &too_long]
        {
            assert_eq!(GroupName::parse(name), None, "{name:?}");
        }
        assert!(GroupName::admins().is_admins() && is_name(ADMINS));
        assert!(!GroupName::parse("admin").unwrap().is_admins());
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(GroupTitle::parse("  The <b>choir</b> ").unwrap().as_str(), "The <b>choir</b>");
        assert!(GroupTitle::parse(&"é".repeat(LONGEST_TITLE)).is_some());
        for title in ["", "  ", "a\nb", "a\tb", "a\u{1b}[1m", &"é".repeat(LONGEST_TITLE + 1)] {
            assert_eq!(GroupTitle::parse(title), None, "{title:?}");
        }
    }
}
