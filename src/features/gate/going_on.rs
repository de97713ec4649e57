//! Where a login leads that an app asked for, for the pages of the login.

use super::judge::is_recent;
use super::way::Way;
use crate::base::{Site, Time};
use crate::services::apps::AppsCache;
use crate::web::Next;

/// What people call the app to which a login leads. `None` if it leads to no app.
pub async fn going_on_to(site: &Site, apps: &AppsCache, next: Option<&Next>) -> sqlx::Result<Option<String>> {
    let Some(way) = next.and_then(|next| Way::of_address(&next.as_str())) else { return Ok(None) };
    let apps = apps.current(site).await?;
    Ok(way.destination(&apps).map(|destination| destination.app.title.as_str().to_owned()))
}

/// Whether the app to which a login leads needs one that is newer than this: it may ask for a more recent one than our own
/// pages do.
pub async fn needs_newer_login(
    site: &Site,
    apps: &AppsCache,
    next: Option<&Next>,
    authenticated_at: Option<Time>,
) -> sqlx::Result<bool> {
    let Some(way) = next.and_then(|next| Way::of_address(&next.as_str())) else { return Ok(false) };
    let apps = apps.current(site).await?;
    let destination = way.destination(&apps);
    Ok(destination.is_some_and(|to| !is_recent(to.app, authenticated_at, site.clock.now())))
}
