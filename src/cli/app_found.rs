//! Shared by commands about apps: finds an app by its name, and the errors if that fails.

use super::lookup::unread;
use crate::base::{Refusal, Site};
use crate::services::apps::{self, App, AppName};

/// Parses a typed name.
pub(super) fn typed_name(typed: &str) -> Result<AppName, Refusal> {
    AppName::parse(typed)
        .ok_or_else(|| Refusal::new(format!("{typed:?} cannot be the name of an app. {}", AppName::RULE)))
}

/// Finds the app of a typed name.
pub(super) async fn find(site: &Site, typed: &str) -> Result<App, Refusal> {
    let name = typed_name(typed)?;
    let apps = apps::read(&site.db).await.map_err(unread)?;
    apps.by_name(&name).map(|app| App::clone(app)).ok_or_else(|| none(site, &name))
}

/// The error for a name that no app has.
pub(super) fn none(site: &Site, name: &AppName) -> Refusal {
    let program = site.settings.program.name;
    Refusal::new(format!("There is no app {name}. `{program} app list` lists all apps."))
}
