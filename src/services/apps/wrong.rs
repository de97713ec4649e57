//! What of an app cannot be as it was typed.

use std::fmt;

use super::app::{MOST_GROUPS, MOST_ORIGINS, MOST_PATHS, NewApp};
use super::app_name::AppName;
use super::path_rule::{PathAccess, PathPrefix};
use crate::base::{Settings, Site, WebOrigin};

/// What of an app cannot be as it was typed. As text, a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongApp {
    /// It has more groups than [`MOST_GROUPS`], or this part of it has.
    TooManyGroups(Option<PathPrefix>),
    /// It is at more origins than [`MOST_ORIGINS`].
    TooManyOrigins,
    /// It has more parts than [`MOST_PATHS`].
    TooManyPaths,
    /// The same part is there twice.
    PathTwice(PathPrefix),
    /// A part is neither open nor for a group.
    PathWithoutGroups(PathPrefix),
    /// Two of its origins have the same host: their cookies would be the same.
    HostTwice(WebOrigin),
    /// The host is that of this site.
    OwnHost(WebOrigin),
    /// Browsers reach this site over TLS, and the app would be reached without.
    PlainHttp(WebOrigin),
    /// The host belongs to another app.
    HostTaken(WebOrigin, AppName),
}

impl fmt::Display for WrongApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WrongApp::TooManyGroups(None) => write!(f, "An app has {MOST_GROUPS} groups at most."),
            WrongApp::TooManyGroups(Some(prefix)) => {
                write!(f, "The path {prefix} is for more than {MOST_GROUPS} groups.")
            }
            WrongApp::TooManyOrigins => write!(f, "An app is at {MOST_ORIGINS} addresses at most."),
            WrongApp::TooManyPaths => write!(f, "An app has {MOST_PATHS} paths of their own at most."),
            WrongApp::PathTwice(prefix) => write!(f, "The path {prefix} is there twice."),
            WrongApp::PathWithoutGroups(prefix) => {
                write!(f, "The path {prefix} is for no group: name one, or make it open.")
            }
            WrongApp::HostTwice(origin) => {
                let host = origin.host();
                write!(
                    f,
                    "The host {host} is there twice: browsers keep one login for a host, whatever its ports."
                )
            }
            WrongApp::OwnHost(origin) => {
                write!(f, "{origin} is the host of this site itself: an app has one of its own.")
            }
            WrongApp::PlainHttp(origin) => {
                write!(
                    f,
                    "{origin} is not https, and this site is: logins of the app would travel unencrypted."
                )
            }
            WrongApp::HostTaken(origin, app) => {
                write!(f, "The host {} belongs to the app {app}: each is of one app.", origin.host())
            }
        }
    }
}

/// The first of [`all_wrong`], if something is wrong.
pub fn wrong(site: &Site, app: &NewApp, owner_of: impl Fn(&str) -> Option<AppName>) -> Option<WrongApp> {
    all_wrong(site, app, owner_of).into_iter().next()
}

/// All that is wrong about an app; of one with too much of something, only that. `owner_of` names the other app to which a
/// host belongs.
pub fn all_wrong(site: &Site, app: &NewApp, owner_of: impl Fn(&str) -> Option<AppName>) -> Vec<WrongApp> {
    let too_many: Vec<_> = too_many(app).collect();
    if !too_many.is_empty() {
        return too_many;
    }
    let of_origins = app.origins.iter().filter_map(|origin| {
        wrong_origin(&site.settings, origin)
            .or_else(|| owner_of(origin.host()).map(|owner| WrongApp::HostTaken(origin.clone(), owner)))
    });
    of_paths(app).chain(of_hosts(app)).chain(of_origins).collect()
}

/// Why no app can be at an origin, at this `base_url`. It may have been another one when an app was made.
pub fn wrong_origin(settings: &Settings, origin: &WebOrigin) -> Option<WrongApp> {
    let base_url = &settings.base_url;
    let host = base_url.host();
    if origin.host() == host.strip_suffix('.').unwrap_or(&host) {
        Some(WrongApp::OwnHost(origin.clone()))
    } else {
        (base_url.is_https() && !origin.is_https()).then(|| WrongApp::PlainHttp(origin.clone()))
    }
}

fn too_many(app: &NewApp) -> impl Iterator<Item = WrongApp> {
    let of_paths = app.paths.iter().filter_map(|rule| match &rule.access {
        PathAccess::Groups(groups) if groups.len() > MOST_GROUPS => {
            Some(WrongApp::TooManyGroups(Some(rule.prefix.clone())))
        }
        _ => None,
    });
    let of_app = [
        (app.groups.len() > MOST_GROUPS).then_some(WrongApp::TooManyGroups(None)),
        (app.origins.len() > MOST_ORIGINS).then_some(WrongApp::TooManyOrigins),
        (app.paths.len() > MOST_PATHS).then_some(WrongApp::TooManyPaths),
    ];
    of_app.into_iter().flatten().chain(of_paths.take(MOST_PATHS))
}

fn of_paths(app: &NewApp) -> impl Iterator<Item = WrongApp> {
    app.paths.iter().enumerate().filter_map(|(place, rule)| {
        let is_before = app.paths[..place].iter().any(|before| before.prefix == rule.prefix);
        let has_no_group = matches!(&rule.access, PathAccess::Groups(groups) if groups.is_empty());
        if is_before {
            Some(WrongApp::PathTwice(rule.prefix.clone()))
        } else {
            has_no_group.then(|| WrongApp::PathWithoutGroups(rule.prefix.clone()))
        }
    })
}

fn of_hosts(app: &NewApp) -> impl Iterator<Item = WrongApp> {
    app.origins.iter().enumerate().filter_map(|(place, origin)| {
        let is_before = app.origins[..place].iter().any(|before| before.host() == origin.host());
        is_before.then(|| WrongApp::HostTwice(origin.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::path_rule::PathRule;
    use super::*;
    use crate::people::groups::GroupName;
    use crate::services::apps::app::App;

    fn new() -> NewApp {
        App::test("family", &[("/admin", "admins"), ("/public", "*")]).made_of()
    }

    fn rule(prefix: &str, access: PathAccess) -> PathRule {
        PathRule { prefix: PathPrefix::parse(prefix).unwrap(), access, preflight: false }
    }

    #[test]
    fn lists_have_limits() {
        assert_eq!(too_many(&new()).next(), None);
        let groups = |count: usize| (0..count).filter_map(|n| GroupName::parse(&format!("g{n}"))).collect();
        assert_eq!(too_many(&NewApp { groups: groups(MOST_GROUPS), ..new() }).next(), None);
        let more = NewApp { groups: groups(MOST_GROUPS + 1), ..new() };
        assert_eq!(too_many(&more).next(), Some(WrongApp::TooManyGroups(None)));
        let of_path = rule("/x", PathAccess::Groups(groups(MOST_GROUPS + 1)));
        let wrong = WrongApp::TooManyGroups(Some(of_path.prefix.clone()));
        assert_eq!(too_many(&NewApp { paths: vec![of_path], ..new() }).next(), Some(wrong));
        let paths = |count: usize| (0..count).map(|n| rule(&format!("/p{n}"), PathAccess::Open)).collect();
        assert_eq!(too_many(&NewApp { paths: paths(MOST_PATHS), ..new() }).next(), None);
        let more = NewApp { paths: paths(MOST_PATHS + 1), ..new() };
        assert_eq!(too_many(&more).next(), Some(WrongApp::TooManyPaths));
        let at = |n: usize| WebOrigin::parse(&format!("https://a{n}.example.org")).unwrap();
        let more = NewApp { origins: (0..=MOST_ORIGINS).map(at).collect(), ..new() };
        assert_eq!(too_many(&more).next(), Some(WrongApp::TooManyOrigins));
    }

    #[test]
    fn a_part_is_named_once_and_has_a_group_or_is_open() {
        assert_eq!(of_paths(&new()).next(), None);
        let twice = vec![rule("/x", PathAccess::Open), rule("/x/", PathAccess::Open)];
        let told = of_paths(&NewApp { paths: twice, ..new() }).next().unwrap().to_string();
        assert_eq!(told, "The path /x is there twice.");
        let nobody = vec![rule("/x", PathAccess::Groups(Vec::new()))];
        let told = of_paths(&NewApp { paths: nobody, ..new() }).next().unwrap().to_string();
        assert_eq!(told, "The path /x is for no group: name one, or make it open.");
    }

    #[test]
    fn a_host_is_there_once_whatever_its_ports() {
        let origins = ["https://wiki.example.org", "https://wiki.example.org:8443"];
        let origins = origins.map(|origin| WebOrigin::parse(origin).unwrap()).to_vec();
        let told = of_hosts(&NewApp { origins, ..new() }).next().unwrap().to_string();
        assert!(told.starts_with("The host wiki.example.org is there twice: "), "{told}");
        assert_eq!(of_hosts(&new()).next(), None);
    }
}
