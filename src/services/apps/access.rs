//! Who may open a path of an app. Two readings of the path decide: as it is written, and as loosely as any server might
//! read it. Where they lead to different rules, all of these must allow. So no other spelling of a path opens what its
//! usual spelling does not.

use super::app::App;
use super::loosest::{is_script, loosest, may_be, segments};
use super::path_rule::{PathAccess, PathPrefix, PathRule};
use crate::people::groups::GroupName;

/// Who may open a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access<'a> {
    /// The rule by the path as it is written.
    exact: Allowed<'a>,
    /// Further rules that other servers might come to.
    others: Vec<Allowed<'a>>,
}

/// Whom one rule lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Allowed<'a> {
    who: Who<'a>,
    preflight: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who<'a> {
    /// Everyone, without a login.
    Everyone,
    /// Everyone with an account.
    Accounts,
    /// Those in any of these groups; no one, if there are none.
    Groups(&'a [GroupName]),
}

impl App {
    /// Who may open an address of the app: its path and query, as the proxy got them.
    pub fn access(&self, uri: &str) -> Access<'_> {
        Access::of(self, uri)
    }

    /// Whether the app itself, whatever its parts, is for an account in these groups.
    pub fn is_for(&self, groups: &[GroupName]) -> bool {
        Allowed::of_app(self).lets_in(groups)
    }
}

impl<'a> Access<'a> {
    fn of(app: &'a App, uri: &str) -> Access<'a> {
        let path = uri.split_once('?').map_or(uri, |(path, _)| path);
        let of_app = Allowed::of_app(app);
        if app.paths.is_empty() {
            return Access { exact: of_app, others: Vec::new() };
        }
        let Some(reading) = loosest(path) else {
            // It may be any path.
            return Access { exact: of_app, others: app.paths.iter().map(Allowed::of_rule).collect() };
        };
        let longest = |best: Option<&'a PathRule>, rule: &'a PathRule| match best {
            Some(best) if best.prefix.as_str().len() >= rule.prefix.as_str().len() => Some(best),
            _ => Some(rule),
        };
        let exact = app.paths.iter().filter(|rule| rule.prefix.begins(path)).fold(None, longest);
        // Every server reads the written beginning as it is written, so what is less exact than its rule is out of question.
        let is_less_exact =
            |rule: &PathRule| exact.is_some_and(|exact| rule.prefix.begins(exact.prefix.as_str()));
        let starts = starts(&reading);
        let reaches = |prefix: &PathPrefix| starts.iter().any(|start| goes_on_with(start.clone(), prefix));
        let others = app.paths.iter().filter(|rule| !is_less_exact(rule) && reaches(&rule.prefix));
        Access {
            exact: exact.map_or(of_app, Allowed::of_rule),
            others: others.map(Allowed::of_rule).collect(),
        }
    }

    /// Whether everyone may, without a login.
    pub fn is_open(&self) -> bool {
        self.rules().all(|rule| rule.who == Who::Everyone)
    }

    /// Whether an account in these groups may.
    pub fn allows(&self, groups: &[GroupName]) -> bool {
        self.rules().all(|rule| rule.lets_in(groups))
    }

    /// Whether a browser may ask without a login what other sites may do there (CORS).
    pub fn lets_preflight(&self) -> bool {
        self.rules().all(|rule| rule.preflight)
    }

    fn rules(&self) -> impl Iterator<Item = &Allowed<'a>> {
        std::iter::once(&self.exact).chain(&self.others)
    }
}

impl<'a> Allowed<'a> {
    fn of_app(app: &'a App) -> Allowed<'a> {
        let who = if app.groups.is_empty() { Who::Accounts } else { Who::Groups(&app.groups) };
        Allowed { who, preflight: false }
    }

    fn of_rule(rule: &'a PathRule) -> Allowed<'a> {
        let who = match &rule.access {
            PathAccess::Open => Who::Everyone,
            PathAccess::Groups(groups) => Who::Groups(groups),
        };
        Allowed { who, preflight: rule.preflight }
    }

    fn lets_in(&self, groups: &[GroupName]) -> bool {
        match self.who {
            Who::Everyone | Who::Accounts => true,
            Who::Groups(named) => named.iter().any(|group| groups.contains(group)),
        }
    }
}

/// Where a server might begin to read: at the beginning, or after a script to which it gives the rest. Found once for all
/// rules, since a stranger can write a path of a thousand scripts.
fn starts(reading: &str) -> Vec<impl Iterator<Item = &str> + Clone> {
    let mut rest = segments(reading);
    let mut all = vec![rest.clone()];
    while rest.any(is_script) {
        all.push(rest.clone());
    }
    all
}

/// Whether a server might come to a prefix from there.
fn goes_on_with<'r>(mut segments: impl Iterator<Item = &'r str>, prefix: &PathPrefix) -> bool {
    prefix.segments().all(|wanted| segments.next().is_some_and(|segment| may_be(segment, wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str) -> GroupName {
        GroupName::parse(name).unwrap()
    }

    /// Which of the groups of an app's rules a user must be in, so that each of them decides.
    fn needs(app: &App, uri: &str) -> Vec<String> {
        let all: Vec<GroupName> = app.named_groups().into_iter().cloned().collect();
        let is_needed = |group: &&GroupName| {
            let others: Vec<GroupName> = all.iter().filter(|other| other != group).cloned().collect();
            !app.access(uri).allows(&others)
        };
        all.iter().filter(is_needed).map(GroupName::to_string).collect()
    }

    #[test]
    fn an_app_without_parts_is_for_its_groups_whatever_the_path() {
        let family = App::test("family", &[]);
        for uri in ["/", "/x?y", "/../x", "//", "/%zz", ""] {
            assert!(!family.access(uri).is_open() && !family.access(uri).lets_preflight());
            assert!(family.access(uri).allows(&[group("choir"), group("family")]));
            assert!(!family.access(uri).allows(&[]) && !family.access(uri).allows(&[group("choir")]));
        }
        let everyone = App::test("", &[]);
        assert!(everyone.access("/").allows(&[]) && !everyone.access("/").is_open());
    }

    #[test]
    fn the_longest_prefix_decides_about_a_usual_path() {
        let app = App::test("family", &[("/admin", "admins"), ("/admin/help", "helpers"), ("/public", "*")]);
        for (uri, group) in [
            ("/", "family"),
            ("/administration", "family"),
            ("/wiki/admin", "family"),
            ("/Gr%C3%B6%C3%9Fe/a%20b?x=/admin", "family"),
            ("/admin", "admins"),
            ("/admin/", "admins"),
            ("/admin/x.html?y=1", "admins"),
            ("/admin/help", "helpers"),
            ("/admin/help/Gr%C3%B6%C3%9Fe", "helpers"),
        ] {
            assert_eq!(needs(&app, uri), [group], "{uri}");
        }
        for open in ["/public", "/public/", "/public/File.PDF", "/public/a//b%20c", "/public?to=/../admin"] {
            assert!(app.access(open).is_open() && app.access(open).allows(&[]), "{open}");
        }
    }

    #[test]
    fn where_the_two_readings_differ_both_rules_must_allow() {
        let app = App::test("family", &[("/admin", "admins"), ("/public", "*"), ("/public/keys", "keepers")]);
        for (uri, groups) in [
            ("/Admin", &["admins", "family"][..]),
            ("/%61dmin", &["admins", "family"]),
            ("/%2561dmin/x", &["admins", "family"]),
            ("/admin.json", &["admins", "family"]),
            ("/admin;x=1/y", &["admins", "family"]),
            ("/admin\\x", &["admins", "family"]),
            ("/index.php/admin/x", &["admins", "family"]),
            ("/Public/x", &["family"]),
            ("/public;x", &["family"]),
            ("/public/Keys", &["keepers"]),
            ("/public/%6beys", &["keepers"]),
            ("/public//keys", &["keepers"]),
            ("/public/keys.txt", &["keepers"]),
            // These may be read as any path.
            ("/public/../admin", &["admins", "family", "keepers"]),
            ("/public/%2e%2e/x", &["admins", "family", "keepers"]),
            ("/public/..;/x", &["admins", "family", "keepers"]),
            ("//public/x", &["admins", "family", "keepers"]),
            ("/public/a%00b", &["admins", "family", "keepers"]),
            ("/public/%zz", &["admins", "family", "keepers"]),
            ("public", &["admins", "family", "keepers"]),
            ("", &["admins", "family", "keepers"]),
        ] {
            assert_eq!(needs(&app, uri), groups, "{uri}");
            assert!(!app.access(uri).is_open(), "{uri}");
        }
    }

    #[test]
    fn a_path_of_a_thousand_scripts_is_read_to_its_end() {
        let app = App::test("family", &[("/", "*"), ("/admin", "admins")]);
        let scripts = "/a.php".repeat(1_300);
        assert!(app.access(&scripts).is_open());
        assert_eq!(needs(&app, &format!("{scripts}/admin/x")), ["admins"]);
    }

    #[test]
    fn all_of_an_app_can_be_open_but_for_a_part() {
        let app = App::test("family", &[("/", "*"), ("/admin", "admins")]);
        assert!(app.access("/").is_open() && app.access("/x/File?y").is_open());
        assert_eq!(needs(&app, "/admin"), ["admins"]);
        assert_eq!(needs(&app, "/Admin"), ["admins"]);
        assert!(!app.access("/x/../admin").is_open());
    }

    #[test]
    fn a_part_without_groups_is_for_nobody() {
        let mut app = App::test("", &[("/keys", "keepers")]);
        app.paths[0].access = PathAccess::Groups(Vec::new());
        assert!(!app.access("/keys").allows(&[group("keepers")]) && app.access("/").allows(&[]));
    }

    #[test]
    fn a_preflight_passes_where_every_rule_says_so() {
        let mut app = App::test("family", &[("/api", "*"), ("/api/keys", "keepers")]);
        app.paths[0].preflight = true;
        for (uri, lets) in [
            ("/api", true),
            ("/api/x", true),
            ("/api/keys", false),
            ("/api/Keys", false),
            ("/Api", false),
            ("/", false),
        ] {
            assert_eq!(app.access(uri).lets_preflight(), lets, "{uri}");
        }
    }
}
