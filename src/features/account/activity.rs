//! The activity of an account, for its owner.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use crate::base::Site;
use crate::layout::Layout;
use crate::people::User;
use crate::people::audit::{self, Event, Item};
use crate::web::moment::{self, Moment};
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
    let days = trail.items.chunk_by(|one, next| moment::day(one.at, site) == moment::day(next.at, site));
    let days: Vec<Value> = days.filter_map(|items| day(&layout, site, items)).collect();
    let earlier = trail.before.map(|id| format!("{}?before={id}", paths::ACTIVITY));
    let kept = site.settings.activity_kept.seconds() / 86_400;
    let context = json!({ "days": days, "earlier": earlier, "newest": before.is_none(), "kept": kept });
    Ok(layout.page("activity.html", "settings-activity", context))
}

/// What happened on one day, newest first.
fn day(layout: &Layout<'_>, site: &Site, items: &[Item]) -> Option<Value> {
    let at = items.first()?.at;
    let items: Vec<Value> = items.iter().map(|item| row(layout, site, item)).collect();
    Some(
        json!({ "heading": layout.say(&moment::heading(at, site)), "day": moment::day(at, site), "items": items }),
    )
}

fn row(layout: &Layout<'_>, site: &Site, item: &Item) -> Value {
    json!({
        "sentence": layout.say(&item.sentence()),
        "group": item.group(),
        "place": layout.say(&item.place()),
        "mark": item.event.and_then(Event::mark),
        "at": Moment::clock(item.at, site, layout.language()),
    })
}
