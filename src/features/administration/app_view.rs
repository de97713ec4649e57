//! What the pages of administrators say of an app.

use rocket::http::Status;
use serde_json::{Value, json};

use super::group_words::GroupWords;
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::groups::GroupName;
use crate::services::apps::{self, App, AppId, AppName, PathAccess, PathRule};
use crate::web::{self, paths};

/// The name whose page would have the address of the page for a new app.
const NEW: &str = "new";

/// Who may open the front page of an app.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Audience<'a> {
    /// Everyone, without a login.
    All,
    /// Everyone with an account.
    Accounts,
    /// Those in any of these groups.
    Groups(&'a [GroupName]),
}

impl Audience<'_> {
    /// That of an app. A part `/` has a rule before the app's own.
    pub(super) fn of(app: &App) -> Audience<'_> {
        let front = app.paths.iter().find(|rule| rule.prefix.as_str() == "/");
        match front.map(|rule| &rule.access) {
            Some(PathAccess::Open) => Audience::All,
            Some(PathAccess::Groups(groups)) => Audience::Groups(groups),
            None if app.groups.is_empty() => Audience::Accounts,
            None => Audience::Groups(&app.groups),
        }
    }

    /// It in words, with what a page calls its groups.
    pub(super) fn sentence(self, words: &GroupWords) -> Sentence {
        match self {
            Audience::All => "admin-app-for-all".into(),
            Audience::Accounts => "admin-app-for-accounts".into(),
            Audience::Groups(groups) => Sentence::new("admin-groups").with("groups", words.list(groups)),
        }
    }
}

/// The parts of an app with a rule of their own, each with a sentence, and whether it is open to everyone.
pub(super) fn parts(layout: &Layout<'_>, words: &GroupWords, app: &App) -> Value {
    let is_open = |rule: &PathRule| rule.access == PathAccess::Open;
    let all_is_open = app.paths.iter().all(is_open);
    let sentence = |rule: &PathRule| match &rule.access {
        PathAccess::Open => {
            let key = match rule.prefix.as_str() {
                "/" if all_is_open => "admin-app-all-open",
                "/" => "admin-app-rest-open",
                _ => "admin-app-part-open",
            };
            Sentence::new(key).with("path", rule.prefix.as_str())
        }
        PathAccess::Groups(groups) => Sentence::new("admin-app-part")
            .with("path", rule.prefix.as_str())
            .with("groups", words.list(groups)),
    };
    let part = |rule: &PathRule| json!({ "sentence": layout.say(&sentence(rule)), "open": is_open(rule) });
    app.paths.iter().map(part).collect()
}

/// The app of a page, by its name, or else by its ID.
pub(super) async fn found(site: &Site, name: &str) -> web::Result<Result<App, Status>> {
    let all = apps::read(&site.db).await?;
    let by_name = AppName::parse(name).and_then(|name| all.by_name(&name));
    let by_id = || AppId::parse(name).and_then(|id| all.iter().find(|app| app.id == id));
    Ok(by_name.or_else(by_id).map(|app| App::clone(app)).ok_or(Status::NotFound))
}

/// The address of the page of an app.
pub(super) fn address(name: &AppName, id: &AppId) -> String {
    match name.as_str() {
        NEW => paths::admin_app(id.as_str()),
        name => paths::admin_app(name),
    }
}

/// An app, as a list and the head of a page show it.
pub(super) fn shown(layout: &Layout<'_>, groups: &GroupWords, app: &App) -> Value {
    let hosts: Vec<&str> = app.origins.iter().map(|origin| origin.host()).collect();
    json!({
        "page": address(&app.name, &app.id),
        "name": app.name.as_str(),
        "title": app.title.as_str(),
        "hosts": hosts.join(", "),
        "who": layout.say(&Audience::of(app).sentence(groups)),
        "disabled": app.disabled_at.is_some(),
    })
}
