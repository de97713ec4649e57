//! An app: its rows together.

use super::app_name::{AppId, AppName, AppTitle};
use super::path_rule::{PathAccess, PathRule};
use super::remote_user::RemoteUser;
use crate::base::{Time, WebOrigin};
use crate::people::groups::GroupName;

/// The most groups of an app, or of a part of it.
pub const MOST_GROUPS: usize = 50;
/// The most origins of an app.
pub const MOST_ORIGINS: usize = 20;
/// The most parts of an app with a rule of their own: each is looked at in every request.
pub const MOST_PATHS: usize = 50;

/// An app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Its ID, which stays.
    pub id: AppId,
    /// The name by which commands and files know it.
    pub name: AppName,
    /// What people call it.
    pub title: AppTitle,
    /// Who may open it: those who are in any of these groups, sorted. Empty: everyone with an account.
    pub groups: Vec<GroupName>,
    /// Where it is, sorted by host. None: it is behind no proxy.
    pub origins: Vec<WebOrigin>,
    /// The parts of it that are open to others than the rest, sorted by prefix.
    pub paths: Vec<PathRule>,
    /// Which of a person's names it gets as `Remote-User`.
    pub remote_user: RemoteUser,
    /// Seconds for which a login counts as recent enough to open it. `None`: as long as the session lives.
    pub fresh_for: Option<i64>,
    /// Since when no one can open it.
    pub disabled_at: Option<Time>,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub changed_at: Time,
}

impl App {
    /// Every group that it names, for itself or for a part of it, sorted, each once.
    pub fn named_groups(&self) -> Vec<&GroupName> {
        let of_paths = self.paths.iter().flat_map(|rule| match &rule.access {
            PathAccess::Groups(groups) => groups.as_slice(),
            PathAccess::Open => &[],
        });
        let mut named: Vec<&GroupName> = self.groups.iter().chain(of_paths).collect();
        named.sort_unstable();
        named.dedup();
        named
    }
}

/// What an app is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApp {
    /// The name by which commands and files know it.
    pub name: AppName,
    /// What people call it.
    pub title: AppTitle,
    /// Who may open it. Empty: everyone with an account.
    pub groups: Vec<GroupName>,
    /// Where it is.
    pub origins: Vec<WebOrigin>,
    /// The parts of it that are open to others than the rest.
    pub paths: Vec<PathRule>,
    /// Which of a person's names it gets as `Remote-User`.
    pub remote_user: RemoteUser,
    /// How recent a login must be, in seconds.
    pub fresh_for: Option<i64>,
}

impl NewApp {
    /// An app with this name, for everyone with an account, which is nowhere yet.
    pub fn of(name: AppName) -> NewApp {
        let title = AppTitle::of(&name);
        let (groups, origins, paths) = (Vec::new(), Vec::new(), Vec::new());
        NewApp { name, title, groups, origins, paths, remote_user: RemoteUser::Handle, fresh_for: None }
    }
}

impl App {
    /// What it is made of.
    pub fn made_of(&self) -> NewApp {
        NewApp {
            name: self.name.clone(),
            title: self.title.clone(),
            groups: self.groups.clone(),
            origins: self.origins.clone(),
            paths: self.paths.clone(),
            remote_user: self.remote_user,
            fresh_for: self.fresh_for,
        }
    }
}

impl NewApp {
    /// The same with each list in the order in which an app has it, and nothing in one twice.
    pub fn in_order(mut self) -> NewApp {
        let once = |groups: &mut Vec<GroupName>| {
            groups.sort_unstable();
            groups.dedup();
        };
        once(&mut self.groups);
        self.origins.sort_by(|one, other| (one.host(), one).cmp(&(other.host(), other)));
        self.origins.dedup();
        for rule in &mut self.paths {
            if let PathAccess::Groups(groups) = &mut rule.access {
                once(groups);
            }
        }
        self.paths.sort_by(|one, other| one.prefix.cmp(&other.prefix));
        self
    }

    /// The same with a change.
    pub fn with(mut self, change: &AppChange) -> NewApp {
        let AppChange { title, groups, origins, paths, remote_user, fresh_for } = change.clone();
        self.title = title.unwrap_or(self.title);
        self.groups = groups.unwrap_or(self.groups);
        self.origins = origins.unwrap_or(self.origins);
        self.paths = paths.unwrap_or(self.paths);
        self.remote_user = remote_user.unwrap_or(self.remote_user);
        self.fresh_for = fresh_for.unwrap_or(self.fresh_for);
        self.in_order()
    }

    /// What is different in another one, as files call it.
    pub fn differences(&self, other: &NewApp) -> Vec<&'static str> {
        let all = [
            ("title", self.title != other.title),
            ("groups", self.groups != other.groups),
            ("at", self.origins != other.origins),
            ("paths", self.paths != other.paths),
            ("remote_user", self.remote_user != other.remote_user),
            ("fresh_for", self.fresh_for != other.fresh_for),
        ];
        all.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }
}

/// What of an app is to be another; the rest stays. A list becomes exactly the one that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppChange {
    /// What people call it.
    pub title: Option<AppTitle>,
    /// Who may open it. Empty: everyone with an account.
    pub groups: Option<Vec<GroupName>>,
    /// Where it is.
    pub origins: Option<Vec<WebOrigin>>,
    /// The parts of it that are open to others than the rest.
    pub paths: Option<Vec<PathRule>>,
    /// Which of a person's names it gets as `Remote-User`.
    pub remote_user: Option<RemoteUser>,
    /// How recent a login must be, in seconds; `Some(None)`: any login.
    pub fresh_for: Option<Option<i64>>,
}

#[cfg(test)]
impl App {
    /// An app for one group, or for everyone with an account, with parts for one group each, or open to everyone: `*`.
    pub(super) fn test(group: &str, parts: &[(&str, &str)]) -> App {
        use super::path_rule::PathPrefix;

        let groups = |name: &str| GroupName::parse(name).into_iter().collect::<Vec<_>>();
        let rule = |(prefix, group): &(&str, &str)| PathRule {
            prefix: PathPrefix::parse(prefix).unwrap(),
            access: if *group == "*" { PathAccess::Open } else { PathAccess::Groups(groups(group)) },
            preflight: false,
        };
        let name = AppName::parse("wiki").unwrap();
        App {
            id: AppId::new(),
            title: AppTitle::of(&name),
            name,
            groups: groups(group),
            origins: vec![WebOrigin::parse("https://wiki.example.org").unwrap()],
            paths: parts.iter().map(rule).collect(),
            remote_user: RemoteUser::Handle,
            fresh_for: None,
            disabled_at: None,
            created_at: Time::from_unix(1_767_225_600),
            changed_at: Time::from_unix(1_767_225_600),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::apps::path_rule::PathPrefix;

    #[test]
    fn a_change_makes_exactly_the_lists_that_are_given() {
        let app = App::test("family", &[("/public", "*"), ("/admin", "admins")]);
        let before = app.made_of().in_order();
        assert_eq!(before.paths[0].prefix, PathPrefix::parse("/admin").unwrap());
        assert_eq!(before.clone().with(&AppChange::default()), before);
        let groups = ["choir", "band", "choir"].map(|name| GroupName::parse(name).unwrap()).to_vec();
        let change = AppChange { groups: Some(groups), fresh_for: Some(Some(900)), ..AppChange::default() };
        let after = before.clone().with(&change);
        assert_eq!(after.groups.iter().map(GroupName::as_str).collect::<Vec<_>>(), ["band", "choir"]);
        assert_eq!(before.differences(&after), ["groups", "fresh_for"]);
        let change = AppChange { paths: Some(Vec::new()), fresh_for: Some(None), ..AppChange::default() };
        assert_eq!(after.differences(&after.clone().with(&change)), ["paths", "fresh_for"]);
    }
}
