//! The lists of an app as they are typed: its addresses and its parts, one a line, and its groups.

use super::group_words::GroupWords;
use crate::base::{Sentence, WebOrigin};
use crate::people::groups::GroupName;
use crate::services::apps::{PathAccess, PathPrefix, PathRule};

/// A part that everyone may open, without a login.
const OPEN: &str = "open";
/// A part in which browsers may ask without a login what other sites may do (CORS).
const PREFLIGHT: &str = "preflight";
/// Before the name of a group that would be read as one of these words.
const GROUP: &str = "group:";

/// The groups that can be typed: those that exist, and those that the app names already. A group that was deleted must not be
/// in the way of another change, and taking it away could open the app to everyone.
pub(super) struct Known<'k> {
    pub(super) existing: &'k GroupWords,
    pub(super) named: &'k [&'k GroupName],
}

impl Known<'_> {
    /// One group of a part, by its name: in a line of words, a title could not be told from a path. The error is a sentence.
    fn group(&self, typed: &str) -> Result<GroupName, Sentence> {
        let name = GroupName::parse(typed.strip_prefix(GROUP).unwrap_or(typed));
        let is_known = |name: &GroupName| self.existing.has(name) || self.named.contains(&name);
        name.filter(is_known).ok_or_else(|| Sentence::new("admin-new-no-group").with("group", typed))
    }

    /// The groups of an app.
    pub(super) fn groups(&self, typed: &str) -> Result<Vec<GroupName>, Sentence> {
        self.existing.typed(typed, self.named)
    }

    /// The parts of an app.
    pub(super) fn paths(&self, typed: &str) -> Result<Vec<PathRule>, Sentence> {
        let lines = typed.lines().map(|line| words(line).collect::<Vec<_>>());
        lines.filter(|line| !line.is_empty()).map(|line| self.path(&line)).collect()
    }

    /// One part: its path, and who may open it.
    fn path(&self, line: &[&str]) -> Result<PathRule, Sentence> {
        let (path, rest) = line.split_first().map_or(("", line), |(path, rest)| (*path, rest));
        let Some(prefix) = PathPrefix::parse(path) else {
            return Err(Sentence::new("admin-app-path-wrong").with("path", path));
        };
        let preflight = rest.contains(&PREFLIGHT);
        let who: Vec<&str> = rest.iter().copied().filter(|word| *word != PREFLIGHT).collect();
        let access = match who.as_slice() {
            [OPEN] => PathAccess::Open,
            groups if groups.is_empty() || groups.contains(&OPEN) => {
                return Err(Sentence::new("admin-app-path-for-whom").with("path", prefix.as_str()));
            }
            groups => {
                PathAccess::Groups(groups.iter().map(|word| self.group(word)).collect::<Result<_, _>>()?)
            }
        };
        Ok(PathRule { prefix, access, preflight })
    }
}

/// The addresses of an app.
pub(super) fn origins(typed: &str) -> Result<Vec<WebOrigin>, Sentence> {
    let origin = |word: &str| {
        WebOrigin::parse(word).map_err(|_| Sentence::new("admin-app-at-wrong").with("origin", word))
    };
    words(typed).map(origin).collect()
}

/// Names of groups, as they are typed.
pub(super) fn groups_text(groups: &[GroupName]) -> String {
    groups.iter().map(GroupName::as_str).collect::<Vec<_>>().join(", ")
}

/// Addresses, as they are typed.
pub(super) fn origins_text(origins: &[WebOrigin]) -> String {
    origins.iter().map(WebOrigin::as_str).collect::<Vec<_>>().join("\n")
}

/// Parts, as they are typed.
pub(super) fn paths_text(paths: &[PathRule]) -> String {
    paths.iter().map(path_text).collect::<Vec<_>>().join("\n")
}

fn path_text(rule: &PathRule) -> String {
    let mut line = vec![rule.prefix.to_string()];
    match &rule.access {
        PathAccess::Open => line.push(OPEN.to_owned()),
        PathAccess::Groups(groups) => line.extend(groups.iter().map(|group| match group.as_str() {
            word @ (OPEN | PREFLIGHT) => format!("{GROUP}{word}"),
            name => name.to_owned(),
        })),
    }
    if rule.preflight {
        line.push(PREFLIGHT.to_owned());
    }
    line.join(" ")
}

/// What stands between spaces, commas and ends of lines. Files of declarations have `=` after a path.
fn words(typed: &str) -> impl Iterator<Item = &str> {
    typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | '=')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str) -> GroupName {
        GroupName::parse(name).unwrap()
    }

    fn paths(typed: &str) -> Result<Vec<PathRule>, String> {
        let existing = GroupWords::of(&["family", "helpers", "open", "preflight"].map(|name| (name, name)));
        let gone = group("gone");
        let known = Known { existing: &existing, named: &[&gone] };
        known.paths(typed).map_err(|sentence| sentence.key().to_owned())
    }

    #[test]
    fn a_part_is_a_line_that_can_be_read_again() {
        let typed = "/admin admins helpers\n/public open\n/api open preflight\n/a family preflight\n\
            /odd group:open group:preflight\n/old gone";
        let rules = paths(typed).unwrap();
        assert_eq!(paths_text(&rules), typed);
        assert_eq!(rules[1].access, PathAccess::Open);
        assert_eq!(rules[4].access, PathAccess::Groups(vec![group("open"), group("preflight")]));
        assert_eq!(rules.iter().filter(|rule| rule.preflight).count(), 2);
        let spelled = "\r\n /admin/ = admins,helpers \r\n\r\n/public=open\r\n";
        assert_eq!(paths_text(&paths(spelled).unwrap()), "/admin admins helpers\n/public open");
        assert_eq!(paths(" \r\n").unwrap(), []);
    }

    #[test]
    fn a_line_that_is_no_part_has_a_sentence() {
        for (line, key) in [
            ("admin admins", "admin-app-path-wrong"),
            ("open", "admin-app-path-wrong"),
            ("/a%20b open", "admin-app-path-wrong"),
            ("/admin", "admin-app-path-for-whom"),
            ("/admin preflight", "admin-app-path-for-whom"),
            ("/admin open admins", "admin-app-path-for-whom"),
            ("/admin admin", "admin-new-no-group"),
            ("/admin The-Choir", "admin-new-no-group"),
            ("/admin group:", "admin-new-no-group"),
        ] {
            assert_eq!(paths(line), Err(key.to_owned()), "{line}");
        }
    }

    #[test]
    fn addresses_and_groups_are_read_from_lines_and_words() {
        let at = "https://wiki.example.org\nhttp://nas:8080";
        assert_eq!(origins_text(&origins(&at.replace('\n', " \r\n ")).unwrap()), at);
        assert_eq!(origins("wiki.example.org").unwrap_err().key(), "admin-app-at-wrong");
        assert_eq!(origins("").unwrap(), []);
        let existing = GroupWords::of(&[("family", "All of us")]);
        let known = Known { existing: &existing, named: &[] };
        assert_eq!(groups_text(&known.groups(" family,\tadmins\n").unwrap()), "family, admins");
        assert_eq!(groups_text(&known.groups("admins, all of us").unwrap()), "admins, family");
        assert!(known.groups("family gone").is_err() && known.groups("").unwrap().is_empty());
    }
}
