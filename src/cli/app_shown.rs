//! An app, in lines and as JSON.

use serde_json::{Map, Value, json};

use super::lookup::when;
use super::output;
use crate::people::groups::GroupName;
use crate::services::apps::{App, FreshFor, PathAccess, PathRule};

/// Prints an app.
pub(super) fn show(app: &App) {
    output::line(format!("name         {}\ntitle        {}", app.name, app.title));
    for origin in &app.origins {
        output::line(format!("at           {origin}"));
    }
    match app.groups.is_empty() {
        true => output::line("for          everyone with an account"),
        false => output::line(format!("for          {}", listed(&app.groups))),
    }
    for rule in &app.paths {
        output::line(format!("path         {}  {}", rule.prefix, in_words(rule)));
    }
    output::line(format!("remote-user  {}", app.remote_user.code()));
    output::line(format!("fresh-for    {}", FreshFor::typed(app.fresh_for)));
    output::line(format!("created      {}", when(app.created_at)));
    output::line(format!("changed      {}", when(app.changed_at)));
    if let Some(since) = app.disabled_at {
        output::line(format!("disabled     {}", when(since)));
    }
}

/// Who may open an app and each of its parts, in sentences, so that no one opens it to more people than they mean.
pub(super) fn who(app: &App) -> Vec<String> {
    let is_whole = |rule: &PathRule| rule.prefix.as_str() == "/";
    let of_app = match app.groups.is_empty() {
        true => "Everyone with an account may open it.".to_owned(),
        false => format!("Those in {} may open it.", listed(&app.groups)),
    };
    // A part / has a rule before that of the app.
    let of_app = (!app.paths.iter().any(is_whole)).then_some(of_app);
    of_app.into_iter().chain(app.paths.iter().map(|rule| who_of(app, rule))).collect()
}

/// Who may open a part of an app.
fn who_of(app: &App, rule: &PathRule) -> String {
    let PathRule { prefix, access, .. } = rule;
    let is_whole = prefix.as_str() == "/";
    let others = app.paths.iter().any(|other| other.access != PathAccess::Open);
    match access {
        PathAccess::Open if is_whole && others => {
            format!(
                "{prefix} is open to everyone, also without a login: all of the app is, but for the paths of groups."
            )
        }
        PathAccess::Open if is_whole => {
            format!("{prefix} is open to everyone, also without a login: all of the app is.")
        }
        PathAccess::Open => format!("{prefix} and all below it is open to everyone, also without a login."),
        PathAccess::Groups(groups) => {
            format!("{prefix} and all below it is for those in {}.", listed(groups))
        }
    }
}

/// An app on one line, with what matters about it.
pub(super) fn row(app: &App) -> String {
    let origins: Vec<&str> = app.origins.iter().map(|origin| origin.as_str()).collect();
    let whole = app.paths.iter().find(|rule| rule.prefix.as_str() == "/").map(|rule| &rule.access);
    let who = match (whole, app.groups.as_slice()) {
        (Some(PathAccess::Open), _) => "everyone, also without a login".to_owned(),
        (None, []) => "everyone with an account".to_owned(),
        (Some(PathAccess::Groups(groups)), _) => listed(groups),
        (None, groups) => listed(groups),
    };
    let parts = app.paths.iter().filter(|rule| rule.prefix.as_str() != "/").map(part);
    let who = [who].into_iter().chain(parts).collect::<Vec<_>>().join("; ");
    let at = if origins.is_empty() { "nowhere".to_owned() } else { origins.join(" ") };
    let disabled = if app.disabled_at.is_some() { "  (disabled)" } else { "" };
    format!("{}  {}  {at}  for {who}{disabled}", app.name, app.title)
}

/// A part of an app in a few words.
fn part(rule: &PathRule) -> String {
    match &rule.access {
        PathAccess::Open => format!("{} open to everyone", rule.prefix),
        PathAccess::Groups(groups) => format!("{} for {}", rule.prefix, listed(groups)),
    }
}

/// Who may open a part of an app.
fn in_words(rule: &PathRule) -> String {
    let who = match &rule.access {
        PathAccess::Open => "open to everyone, without a login".to_owned(),
        PathAccess::Groups(groups) => format!("for {}", listed(groups)),
    };
    let preflight = if rule.preflight { ", and browsers may ask for other sites" } else { "" };
    format!("{who}{preflight}")
}

fn listed(groups: &[GroupName]) -> String {
    names(groups).join(", ")
}

fn names(groups: &[GroupName]) -> Vec<&str> {
    groups.iter().map(GroupName::as_str).collect()
}

/// An app for programs. Who may open its parts stands there as a file of `apply` has it.
pub(super) fn as_json(app: &App) -> Value {
    let access = |access: &PathAccess| match access {
        PathAccess::Open => json!("open"),
        PathAccess::Groups(groups) => json!(names(groups)),
    };
    let path = |rule: &PathRule| {
        let who = access(&rule.access);
        let who = if rule.preflight { json!({ "access": who, "preflight": true }) } else { who };
        (rule.prefix.to_string(), who)
    };
    let paths: Map<String, Value> = app.paths.iter().map(path).collect();
    json!({
        "id": app.id.as_str(),
        "name": app.name.as_str(),
        "title": app.title.as_str(),
        "groups": names(&app.groups),
        "at": app.origins.iter().map(|origin| origin.as_str()).collect::<Vec<_>>(),
        "paths": paths,
        "remote_user": app.remote_user.code(),
        "fresh_for": FreshFor::typed(app.fresh_for),
        "state": if app.disabled_at.is_some() { "disabled" } else { "present" },
        "created_at": when(app.created_at),
        "changed_at": when(app.changed_at),
        "disabled_at": app.disabled_at.map(when),
    })
}
