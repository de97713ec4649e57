//! A part of an app that is open to others than the rest of it.

use std::fmt;

use crate::base::text_column::text_column;
use crate::people::groups::GroupName;

/// The beginning of a path: `/admin` is `/admin` itself and everything below it. It is plain: no server reads it in
/// another way than it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathPrefix(String);

impl PathPrefix {
    /// What it consists of, for the error about one that does not.
    pub const RULE: &'static str = "Use a path such as /admin: letters a-z and A-Z, digits and - . _ ~ @ between slashes, up to 200 characters. No part of it ends in a dot, so .. is none.";
    /// The most characters.
    const LONGEST: usize = 200;

    /// Parses a typed one. A slash at its end means nothing, except in `/`, which is all of the app.
    pub fn parse(typed: &str) -> Option<PathPrefix> {
        let typed = typed.trim();
        let path = typed.strip_suffix('/').unwrap_or(typed);
        if path.is_empty() {
            return (typed == "/").then(|| PathPrefix("/".to_owned()));
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '@');
        // Servers differ about what ends in a dot; `.` and `..` are no names at all.
        let is_segment = |part: &str| !part.is_empty() && part.chars().all(is_plain) && !part.ends_with('.');
        let fits = path.len() <= PathPrefix::LONGEST
            && path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(is_segment));
        fits.then(|| PathPrefix(path.to_owned()))
    }

    /// The prefix as text, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a path begins with it, as it is written: `/admin` is not the beginning of `/administration`.
    pub(super) fn begins(&self, path: &str) -> bool {
        let below = path.strip_prefix(self.0.as_str());
        self.0 == "/" || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Its segments.
    pub(super) fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|segment| !segment.is_empty())
    }
}

impl fmt::Display for PathPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_column!(PathPrefix, |prefix| prefix.0.clone(), PathPrefix::parse);

/// Who may open a part of an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathAccess {
    /// Everyone, without a login.
    Open,
    /// Those who are in any of these groups. Never empty.
    Groups(Vec<GroupName>),
}

/// A part of an app, and who may open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathRule {
    /// Where it begins.
    pub prefix: PathPrefix,
    /// Who may open it.
    pub access: PathAccess,
    /// Whether a browser may ask without a login what other sites may do there (CORS): it sends no cookie with that.
    pub preflight: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_plain_and_can_be_written_in_one_way() {
        for (typed, prefix) in [
            ("/admin", "/admin"),
            (" /admin/ ", "/admin"),
            ("/api/v1.2/~ada/@team_x-y", "/api/v1.2/~ada/@team_x-y"),
            ("/.well-known", "/.well-known"),
            ("/Admin", "/Admin"),
            ("/", "/"),
        ] {
            assert_eq!(PathPrefix::parse(typed).map(|prefix| prefix.to_string()).as_deref(), Some(prefix));
        }
        let too_long = format!("/{}", "a".repeat(200));
        for odd in [
            "", "admin", "//", "//admin", "/a//b", "/a//", "/.", "/..", "/a/..", "/a./b", "/a.", "/a%20",
            "/a b", "/a;b", "/a?b", "/a#b", "/a\\b", "/a*", "/a,b", "/größe", "/a\0", &too_long,
        ] {
            assert_eq!(PathPrefix::parse(odd), None, "{odd:?}");
        }
    }

    #[test]
    fn a_prefix_begins_paths_at_a_slash() {
        let [admin, all] = ["/admin", "/"].map(|prefix| PathPrefix::parse(prefix).unwrap());
        for (path, begins) in [
            ("/admin", true),
            ("/admin/", true),
            ("/admin/x", true),
            ("/administration", false),
            ("/admin.json", false),
            ("/Admin", false),
            ("/x/admin", false),
        ] {
            assert_eq!(admin.begins(path), begins, "{path}");
            assert!(all.begins(path));
        }
    }
}
