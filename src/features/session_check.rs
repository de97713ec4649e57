//! Whose session a request belongs to, as JSON: for an app in another language on the same host, which passes on the
//! cookies of its visitor. It is for that app and not for scripts: no other origin may read the answer.

use rocket::http::{ContentType, Status};
use rocket::outcome::try_outcome;
use rocket::request::{FromRequest, Outcome};
use rocket::response::{self, Responder};
use rocket::{Request, Route, State, get, routes};
use serde_json::{Value, json};

use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate};
use crate::base::{Client, Site, refused};
use crate::people::groups::{self, GroupName};
use crate::people::sessions::{Enrolling, OnlySession};
use crate::web::form_rate_limit::TooMany;
use crate::web::{self, json_error, paths};

/// A question whose session a cookie is of, for each session: twenty pages a second. Others on its network cannot use
/// that up. All that comes from a network without a session counts together, which bounds how fast anyone can try
/// cookies. They cannot be guessed.
static SESSION_CHECK: LimitedAction = LimitedAction {
    code: "session_check",
    rate: |_| Rate::a_minute(1_200),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: LimitedAction::WAIT,
    logged: "too many checks of sessions",
};

/// Its route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[get("/session")]
async fn show(asked: Asked, site: &State<Site>) -> web::Result<Checked> {
    let Asked(Some(user)) = asked else {
        return Ok(Checked::NoLogin(address(site, paths::LOGIN)));
    };
    if user.is_restricted() {
        return Ok(Checked::NoSecondFactor(address(site, paths::SECURITY)));
    }
    let groups = groups::names_of(&site.db, &user.id).await?;
    Ok(Checked::User(json!({
        "account": user.id.as_str(),
        "email": user.email,
        "name": user.name,
        "groups": groups.iter().map(GroupName::as_str).collect::<Vec<_>>(),
        "fresh": user.is_fresh(site),
    })))
}

/// The address of a page, for a program that sends its visitor there.
fn address(site: &Site, path: &str) -> String {
    let base_url = site.settings.base_url.to_string();
    format!("{}{path}", base_url.trim_end_matches('/'))
}

/// The answer.
enum Checked {
    /// The user.
    User(Value),
    /// There is no session: the address of the login page.
    NoLogin(String),
    /// The site requires a second factor, and this session has none: the address of the page that adds one.
    NoSecondFactor(String),
}

impl<'r> Responder<'r, 'static> for Checked {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Checked::User(user) => (ContentType::JSON, user.to_string()).respond_to(request),
            // Not by the catcher: it looks the visitor up as a page does, which needs their browser.
            Checked::NoLogin(login) => {
                let more = json!({ "login": login });
                json_error::respond(request, Status::Unauthorized, "This needs a login.", more)
            }
            Checked::NoSecondFactor(security) => {
                let more = json!({ "second_factor": security });
                json_error::respond(request, Status::Unauthorized, "This needs a second factor.", more)
            }
        }
    }
}

/// The user whose session it is, if it is one. The question did not come too early.
struct Asked(Option<Enrolling>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Asked {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        // Without the cookie of a session, this asks no database.
        let OnlySession { user } = try_outcome!(request.guard::<OnlySession>().await);
        let client = Client::of(request, site);
        let (account, limit_key) = match &user {
            Some(user) => (user.id.as_str(), user.session.limit_key()),
            None => ("", LimitKey::network(client.address)),
        };
        match site.limits.take(&SESSION_CHECK, &limit_key, site.clock.now()) {
            Ok(()) => Outcome::Success(Asked(user)),
            Err(wait) => {
                refused::too_early(site, &client, account, &wait, SESSION_CHECK.logged);
                request.local_cache(|| TooMany(Some(wait.seconds())));
                Outcome::Error((Status::TooManyRequests, ()))
            }
        }
    }
}
