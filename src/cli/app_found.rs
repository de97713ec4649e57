//! Shared by commands about apps: finds an app by its name, and the errors if that fails.

use super::lookup::unread;
use crate::base::config::known::did_you_mean;
use crate::base::{Refusal, Site};
use crate::services::apps::{self, App, AppName, Apps};

/// Parses a typed name.
pub(super) fn typed_name(typed: &str) -> Result<AppName, Refusal> {
    AppName::parse(typed)
        .ok_or_else(|| Refusal::new(format!("{typed:?} cannot be the name of an app. {}", AppName::RULE)))
}

/// Finds the app of a typed name.
pub(super) async fn find(site: &Site, typed: &str) -> Result<App, Refusal> {
    let name = typed_name(typed)?;
    let apps = apps::read(&site.db).await.map_err(unread)?;
    apps.by_name(&name).map(|app| App::clone(app)).ok_or_else(|| no_app(site, &apps, &name))
}

/// The error for a name that no app has.
pub(super) async fn none(site: &Site, name: &AppName) -> Refusal {
    match apps::read(&site.db).await {
        Ok(apps) => no_app(site, &apps, name),
        Err(error) => unread(error),
    }
}

fn no_app(site: &Site, apps: &Apps, name: &AppName) -> Refusal {
    let program = site.settings.program.name;
    let names = apps.iter().map(|app| app.name.as_str().to_owned());
    let hint = did_you_mean(name.as_str(), names).unwrap_or_default();
    Refusal::new(format!("There is no app {name}.{hint} `{program} app list` lists all apps."))
}
