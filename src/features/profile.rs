//! The example of a protected page: the one to copy for a page of your own. The argument `user: User`
//! protects it.

use rocket::{Route, State, get, routes};
use serde_json::json;

use crate::base::Site;
use crate::layout::Layout;
use crate::people::User;
use crate::web::Page;
use crate::web::moment::Moment;

/// The protected page's route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/profile")]
fn show(user: User, layout: Layout<'_>, site: &State<Site>) -> Page {
    let last_login = user.last_login.map(|login| {
        json!({
            "when": Moment::recent(login.at, site, layout.language()),
            "browser": layout.say(&login.browser.in_sentence("browser".into())),
        })
    });
    layout.page("profile.html", "profile-title", json!({ "last_login": last_login }))
}
