//! Apps at addresses that the site takes no longer, since `base_url` has changed after they were added. They work on as they
//! are, and that is the trouble. And apps at a site that trusts no proxy, which do not work at all.

use super::lookup::unread;
use super::untrusted;
use crate::base::{Db, Refusal, Settings, WebOrigin};
use crate::services::apps::{self, App, WrongApp};

/// One line for each; none if all are right. Before them, one if no proxy is trusted.
pub(super) async fn lines(db: &Db, settings: &Settings) -> Result<Vec<String>, Refusal> {
    let apps = apps::read(db).await.map_err(unread)?;
    let is_behind_a_proxy = apps.iter().any(|app| !app.origins.is_empty());
    let untrusted = untrusted::line(settings).filter(|_| is_behind_a_proxy);
    Ok(untrusted.into_iter().chain(apps.iter().filter_map(|app| line(app, settings))).collect())
}

/// What is wrong with where an app is, and what to type.
fn line(app: &App, settings: &Settings) -> Option<String> {
    let wrong: Vec<String> = app
        .origins
        .iter()
        .filter_map(|origin| apps::wrong_origin(settings, origin))
        .map(|wrong| wrong.to_string())
        .collect();
    if wrong.is_empty() {
        return None;
    }
    let instead: Vec<String> =
        app.origins.iter().map(|origin| format!(" --at {}", instead(app, origin, settings))).collect();
    let (name, program) = (&app.name, settings.program.name);
    Some(format!(
        "The app {name}: {} To change where it is: {program} app set {name}{}",
        wrong.join(" "),
        instead.concat()
    ))
}

/// An address that an app could have in place of this one.
fn instead(app: &App, origin: &WebOrigin, settings: &Settings) -> String {
    match apps::wrong_origin(settings, origin) {
        None => origin.to_string(),
        Some(WrongApp::OwnHost(_)) => format!("https://{}.example.org", app.name),
        Some(_) => origin.as_str().replacen("http://", "https://", 1),
    }
}
