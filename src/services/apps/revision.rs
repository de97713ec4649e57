//! Of what an app was made at a moment, in a few characters. The form of an app carries it, so that a page that was opened
//! before another administrator changed the app does not undo that.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::app::App;
use super::path_rule::{PathAccess, PathRule};
use crate::people::groups::GroupName;

/// Of what an app was made. Two that are equal say that nothing was changed in between that stayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppRevision(String);

impl AppRevision {
    /// That of an app now. Whether it is disabled is no part of it: no form that carries this changes that.
    pub fn of(app: &App) -> AppRevision {
        let made_of = app.made_of().in_order();
        let whole = json!([
            app.id.as_str(),
            made_of.title.as_str(),
            names(&made_of.groups),
            made_of.origins,
            made_of.paths.iter().map(path).collect::<Vec<_>>(),
            made_of.remote_user.code(),
            made_of.fresh_for,
        ]);
        AppRevision(URL_SAFE_NO_PAD.encode(&Sha256::digest(whole.to_string())[..18]))
    }

    /// The one that a form carried, whatever it sent.
    pub fn carried(text: &str) -> AppRevision {
        AppRevision(text.to_owned())
    }

    /// As a form carries it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn path(rule: &PathRule) -> Value {
    let groups = match &rule.access {
        PathAccess::Open => Value::Null,
        PathAccess::Groups(groups) => json!(names(groups)),
    };
    json!([rule.prefix.as_str(), groups, rule.preflight])
}

fn names(groups: &[GroupName]) -> Vec<&str> {
    groups.iter().map(GroupName::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Time;
    use crate::services::apps::{AppTitle, RemoteUser};

    #[test]
    fn it_is_another_one_for_each_difference_and_the_same_without_one() {
        let app = App::test("family", &[("/admin", "admins"), ("/public", "*")]);
        let same = App { changed_at: Time::from_unix(1), ..app.clone() };
        assert_eq!(AppRevision::of(&same), AppRevision::of(&app));
        assert_eq!(AppRevision::carried(AppRevision::of(&app).as_str()), AppRevision::of(&app));
        let parts = |parts: &[(&str, &str)]| App::test("family", parts).paths;
        let mut preflight = parts(&[("/admin", "admins"), ("/public", "*")]);
        preflight[0].preflight = true;
        let others = [
            App { title: AppTitle::parse("Other").unwrap(), ..app.clone() },
            App { groups: Vec::new(), ..app.clone() },
            App { origins: Vec::new(), ..app.clone() },
            App { paths: parts(&[("/admin", "admins")]), ..app.clone() },
            App { paths: parts(&[("/admin", "*"), ("/public", "*")]), ..app.clone() },
            App { paths: preflight, ..app.clone() },
            App { remote_user: RemoteUser::Id, ..app.clone() },
            App { fresh_for: Some(900), ..app.clone() },
            // Another app of the same name.
            App::test("family", &[("/admin", "admins"), ("/public", "*")]),
        ];
        for other in others {
            assert_ne!(AppRevision::of(&other), AppRevision::of(&app), "{other:?}");
        }
    }
}
