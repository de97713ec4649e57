//! The activity of an account, for its owner.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use crate::base::Site;
use crate::layout::Layout;
use crate::people::{User, audit};
use crate::web::moment::Moment;
use crate::web::{self, Page, paths};

/// Its route.
pub fn routes() -> Vec<Route> {
    routes![index]
}

#[get("/settings/activity?<before>")]
async fn index(
    user: User,
    before: Option<&str>,
    layout: Layout<'_>,
    site: &State<Site>,
) -> web::Result<Page> {
    let trail = audit::trail(site, &user.id, before).await?;
    let items = trail.items.into_iter();
    let items: Vec<Value> =
        items.map(|item| json!({ "sentence": item.sentence, "at": Moment::from(item.at) })).collect();
    let earlier = trail.before.map(|id| format!("{}?before={id}", paths::ACTIVITY));
    let days = site.settings.activity_kept.seconds() / 86_400;
    let context = json!({ "items": items, "earlier": earlier, "newest": before.is_none(), "days": days });
    Ok(layout.page("activity.html", "Activity", context))
}
