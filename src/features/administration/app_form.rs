//! What of an app can be typed: the fields of its form, what they mean, and what is wrong with them.

use rocket::FromForm;
use serde_json::{Value, json};

use super::app_lines::{self, Known};
use super::group_words::GroupWords;
use crate::base::Sentence;
use crate::people::groups::GroupName;
use crate::services::apps::{
    App, AppChange, AppRevision, AppTitle, FreshFor, MOST_GROUPS, MOST_ORIGINS, MOST_PATHS, RemoteUser,
    WrongApp,
};
use crate::web::{FormErrors, Post};

/// The fields, in their order on the page.
const FIELDS: [&str; 7] = ["name", "title", "at", "groups", "paths", "remote_user", "fresh_for"];

#[derive(FromForm)]
pub(super) struct Fields<'r> {
    /// Only of a new app.
    pub(super) name: Option<&'r str>,
    /// Only of an app that exists: of what it was made when its page was shown.
    pub(super) made_from: Option<&'r str>,
    /// What people call it; empty if that is its name.
    title: &'r str,
    /// Its addresses, one a line.
    at: &'r str,
    /// The groups that may open it; empty for everyone with an account.
    groups: &'r str,
    /// Its parts, one a line.
    paths: &'r str,
    remote_user: &'r str,
    /// How recent a login must be; empty for any.
    fresh_for: &'r str,
}

/// The texts of the fields.
#[derive(Debug)]
pub(super) struct Typed {
    name: String,
    title: String,
    at: String,
    groups: String,
    paths: String,
    remote_user: String,
    fresh_for: String,
    /// Not typed: of what the app was made when the page was shown.
    pub(super) made_from: String,
}

impl Typed {
    /// What was typed into a form.
    pub(super) fn sent(post: &Post<'_, Fields<'_>>) -> Typed {
        let [name, title, at, groups, paths, remote_user, fresh_for] = FIELDS.map(|field| post.typed(field));
        let made_from = post.typed("made_from");
        Typed { name, title, at, groups, paths, remote_user, fresh_for, made_from }
    }

    /// Nothing, for a new app.
    pub(super) fn nothing() -> Typed {
        let [name, title, at, groups, paths, fresh_for, made_from] = [const { String::new() }; 7];
        let remote_user = RemoteUser::Handle.code().to_owned();
        Typed { name, title, at, groups, paths, remote_user, fresh_for, made_from }
    }

    /// What an app is made of.
    pub(super) fn of(app: &App) -> Typed {
        Typed {
            name: String::new(),
            title: app.title.to_string(),
            at: app_lines::origins_text(&app.origins),
            groups: app_lines::groups_text(&app.groups),
            paths: app_lines::paths_text(&app.paths),
            remote_user: app.remote_user.code().to_owned(),
            fresh_for: app.fresh_for.map(|seconds| FreshFor::typed(Some(seconds))).unwrap_or_default(),
            made_from: AppRevision::of(app).as_str().to_owned(),
        }
    }

    /// The texts of the fields of an app that exists, in their order on the page.
    pub(super) fn texts(&self) -> [(&'static str, &str); 6] {
        let Typed { name: _, title, at, groups, paths, remote_user, fresh_for, made_from: _ } = self;
        [
            ("title", title),
            ("at", at),
            ("groups", groups),
            ("paths", paths),
            ("remote_user", remote_user),
            ("fresh_for", fresh_for),
        ]
    }

    /// As the page shows them. `otherwise` is the field that gets the cursor if none is wrong.
    pub(super) fn shown(&self, groups: &GroupWords, errors: &FormErrors, otherwise: &'static str) -> Value {
        json!({
            "typed": {
                "name": self.name,
                "title": self.title,
                "at": self.at,
                "groups": self.groups,
                "paths": self.paths,
                "remote_user": self.remote_user,
                "fresh_for": self.fresh_for,
                "made_from": self.made_from,
            },
            "known_groups": groups.all(),
            "focus": errors.focus(&FIELDS, otherwise),
        })
    }
}

/// What the fields say of an app, or what is wrong with them. A title that is not given stays away. `named` are the groups
/// that the app names now.
pub(super) fn parsed(
    fields: &Fields<'_>,
    existing: &GroupWords,
    named: &[&GroupName],
) -> Result<AppChange, FormErrors> {
    let Some(remote_user) = RemoteUser::by_code(fields.remote_user) else {
        return Err(FormErrors::not_whole());
    };
    let known = Known { existing, named };
    let title = title(fields.title);
    let origins = app_lines::origins(fields.at);
    let groups = known.groups(fields.groups);
    let paths = known.paths(fields.paths);
    let fresh_for = fresh_for(fields.fresh_for);
    match (title, origins, groups, paths, fresh_for) {
        (Ok(title), Ok(origins), Ok(groups), Ok(paths), Ok(fresh_for)) => Ok(AppChange {
            title,
            groups: Some(groups),
            origins: Some(origins),
            paths: Some(paths),
            remote_user: Some(remote_user),
            fresh_for: Some(fresh_for),
        }),
        (title, origins, groups, paths, fresh_for) => Err(FormErrors::none()
            .and("title", title.err())
            .and("at", origins.err())
            .and("groups", groups.err())
            .and("paths", paths.err())
            .and("fresh_for", fresh_for.err())),
    }
}

fn title(typed: &str) -> Result<Option<AppTitle>, &'static str> {
    match typed.trim() {
        "" => Ok(None),
        typed => AppTitle::parse(typed).map(Some).ok_or("admin-app-title-wrong"),
    }
}

fn fresh_for(typed: &str) -> Result<Option<i64>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    FreshFor::parse(typed).map(FreshFor::seconds).ok_or("admin-app-fresh-wrong")
}

/// What of an app cannot be, next to the field that it is about.
pub(super) fn refused(wrong: &WrongApp) -> FormErrors {
    let most = |key: &'static str, most: usize| {
        Sentence::new(key).with("count", i64::try_from(most).unwrap_or(i64::MAX))
    };
    let of_path = |key: &'static str, path: &str| Sentence::new(key).with("path", path.to_owned());
    let of_host = |key: &'static str, host: &str| Sentence::new(key).with("host", host.to_owned());
    let (field, sentence) = match wrong {
        WrongApp::TooManyGroups(part) => {
            let field = if part.is_some() { "paths" } else { "groups" };
            (field, most("admin-app-too-many-groups", MOST_GROUPS))
        }
        WrongApp::TooManyOrigins => ("at", most("admin-app-too-many-addresses", MOST_ORIGINS)),
        WrongApp::TooManyPaths => ("paths", most("admin-app-too-many-paths", MOST_PATHS)),
        WrongApp::PathTwice(path) => ("paths", of_path("admin-app-path-twice", path.as_str())),
        WrongApp::PathWithoutGroups(path) => ("paths", of_path("admin-app-path-for-whom", path.as_str())),
        WrongApp::HostTwice(origin) => ("at", of_host("admin-app-host-twice", origin.host())),
        WrongApp::OwnHost(origin) => ("at", of_host("admin-app-host-own", origin.host())),
        WrongApp::PlainHttp(origin) => ("at", of_host("admin-app-host-plain", origin.host())),
        WrongApp::HostTaken(origin, owner) => {
            ("at", of_host("admin-app-host-taken", origin.host()).with("app", owner.to_string()))
        }
    };
    FormErrors::of(field, sentence)
}
