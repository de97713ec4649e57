//! All apps, as they were at one moment.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::app::App;
use super::app_name::AppName;
use crate::base::{LockKey, WebOrigin};
use crate::people::groups::GroupName;

/// The lock of every transaction that changes an app: a host belongs to one of them.
pub fn lock_key() -> LockKey {
    // A proxy's every question asks for it.
    static KEY: LazyLock<LockKey> = LazyLock::new(|| LockKey::new("apps", ""));
    *KEY
}

/// All apps.
#[derive(Debug, Default)]
pub struct Apps {
    /// Sorted by name.
    all: Vec<Arc<App>>,
    /// Each app that is not disabled, by the hosts where it is.
    by_host: HashMap<String, (Arc<App>, WebOrigin)>,
}

impl Apps {
    /// These apps.
    pub fn new(apps: Vec<App>) -> Apps {
        let mut all: Vec<Arc<App>> = apps.into_iter().map(Arc::new).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        let mut by_host = HashMap::new();
        for app in all.iter().filter(|app| app.disabled_at.is_none()) {
            for origin in &app.origins {
                by_host.insert(origin.host().to_owned(), (app.clone(), origin.clone()));
            }
        }
        Apps { all, by_host }
    }

    /// The app at a host, in lower case and without a port, with its origin there. One that is disabled is not found.
    pub fn by_host(&self, host: &str) -> Option<(&Arc<App>, &WebOrigin)> {
        self.by_host.get(host).map(|(app, origin)| (app, origin))
    }

    /// The app of a name, disabled or not.
    pub fn by_name(&self, name: &AppName) -> Option<&Arc<App>> {
        self.all.iter().find(|app| app.name == *name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<App>> {
        self.all.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The apps that name a group, for themselves or for a part of them.
    pub fn naming(&self, group: &GroupName) -> Vec<&Arc<App>> {
        self.all.iter().filter(|app| app.named_groups().contains(&group)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Time;

    #[test]
    fn an_app_is_found_at_its_hosts_unless_it_is_disabled() {
        let app = App::test("family", &[("/admin", "admins"), ("/public", "*")]);
        let apps = Apps::new(vec![app.clone()]);
        let (found, origin) = apps.by_host("wiki.example.org").unwrap();
        assert_eq!((&found.name, origin.as_str()), (&app.name, "https://wiki.example.org"));
        assert!(apps.by_host("example.org").is_none() && apps.by_host("Wiki.example.org").is_none());
        let disabled = App { disabled_at: Some(Time::from_unix(1_767_225_600)), ..app.clone() };
        let apps = Apps::new(vec![disabled]);
        assert!(apps.by_host("wiki.example.org").is_none());
        assert!(apps.by_name(&app.name).is_some() && apps.iter().count() == 1);
    }

    #[test]
    fn a_group_is_named_by_an_app_and_by_its_parts() {
        let apps = Apps::new(vec![App::test("family", &[("/admin", "admins"), ("/public", "*")])]);
        let naming = |group: &str| apps.naming(&GroupName::parse(group).unwrap()).len();
        assert_eq!(["family", "admins", "choir"].map(naming), [1, 1, 0]);
    }
}
