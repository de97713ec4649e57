//! A passkey that the browser makes without a question, just after its password manager has filled in the password. Not
//! every browser does; none of them is asked twice, since the account has a passkey afterwards.

use rocket::response::Redirect;
use rocket::response::content::RawJson;
use rocket::{Route, State, get, post, routes};

use super::passkeys::{Answered, Asked, Registration, add_to, asked};
use crate::base::Site;
use crate::layout::Layout;
use crate::people::{Enrolling, Visit};
use crate::services::passkeys::RegistrationMode;
use crate::services::second_factor;
use crate::web::{self, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![options, create]
}

/// `null` if there is nothing to ask: many pages do not know that, and it is no error.
#[get("/settings/security/passkeys/upgrade/options")]
async fn options(user: Enrolling, site: &State<Site>) -> web::Result<Asked> {
    if !second_factor::may_upgrade(site, &user).await? {
        return Ok(Ok(RawJson("null".to_owned())));
    }
    asked(site, &user, RegistrationMode::Upgrade).await
}

#[post("/settings/security/passkeys/upgrade", data = "<post>")]
async fn create(
    user: Enrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Registration<'_>>,
) -> web::Result<Answered> {
    if !second_factor::may_upgrade(visit.site, &user).await? {
        return Ok(Ok(Redirect::to(paths::SECURITY).into()));
    }
    add_to(&user, layout, &visit, post, RegistrationMode::Upgrade).await
}
