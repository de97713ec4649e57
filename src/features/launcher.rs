//! "Your apps": a link to each app behind the operator's proxy that the visitor may open, for the front page.

use std::sync::Arc;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use serde::Serialize;

use crate::base::Site;
use crate::people::groups::{self, GroupName};
use crate::people::{MaybeEnrolling, User};
use crate::services::apps::{App, Apps, AppsCache};
use crate::web;

/// The most that are shown: a page stays one, however many apps there are.
const MOST: usize = 100;

/// The apps that the visitor may open, by title. There are none for those who are not logged in, or whose session is
/// restricted; and none if the database does not answer, as with links in the menu.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct YourApps(Vec<Link>);

/// A link to an app.
#[derive(Debug, Serialize)]
struct Link {
    title: String,
    /// The first of its origins.
    href: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for YourApps {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let visitor = request.guard::<MaybeEnrolling>().await.succeeded();
        let user = visitor.as_ref().filter(|visitor| !visitor.is_restricted()).and_then(MaybeEnrolling::user);
        match user {
            Some(user) => Outcome::Success(YourApps::of(request, user).await),
            None => Outcome::Success(YourApps(Vec::new())),
        }
    }
}

impl YourApps {
    async fn of(request: &Request<'_>, user: &User) -> YourApps {
        let apps = all(request).await.unwrap_or_default();
        // Most sites have none: they ask for no groups.
        if apps.is_empty() {
            return YourApps(Vec::new());
        }
        match groups::names_for(request, user).await {
            Ok(groups) => YourApps(links(&apps, groups)),
            Err(_) => YourApps(Vec::new()),
        }
    }
}

/// All apps, as the gate knows them. `None` if the database does not answer, which was logged.
async fn all(request: &Request<'_>) -> Option<Arc<Apps>> {
    let rocket = request.rocket();
    let (site, cache) = (rocket.state::<Site>()?, rocket.state::<AppsCache>()?);
    let apps = cache.current(site).await;
    apps.map_err(|error| web::Error::from(error).report(request)).ok()
}

/// Those whose front page an account in these groups may open.
fn links(apps: &Apps, groups: &[GroupName]) -> Vec<Link> {
    let is_open = |app: &&Arc<App>| app.disabled_at.is_none() && app.access("/").allows(groups);
    let link = |app: &Arc<App>| {
        let href = app.origins.first()?.at("/");
        Some(Link { title: app.title.to_string(), href })
    };
    let mut links: Vec<Link> = apps.iter().filter(is_open).filter_map(link).collect();
    links.sort_by_cached_key(|link| link.title.to_lowercase()); // those with the same title stay by name
    links.truncate(MOST);
    links
}
