//! Log out: a button in a form, as for every change. Following an old link or typing the address logs out as
//! well, if it is certain that the visitor asked for it.

use rocket::http::Method;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest};
use rocket::response::Redirect;
use rocket::{Request, Route, get, post, routes};
use serde_json::Value;

use crate::layout::Layout;
use crate::people::sessions::{self, End};
use crate::people::{Enrolling, MaybeEnrolling, User, Visit};
use crate::web::origin::{Referred, referred};
use crate::web::request::{WireMethod, only};
use crate::web::{self, Answer, Notice, Submission, paths};

/// The routes of the logout.
pub fn routes() -> Vec<Route> {
    routes![destroy, show]
}

#[post("/logout")]
async fn destroy(maybe_user: MaybeEnrolling, visit: Visit<'_>) -> web::Result<Answer> {
    leave(maybe_user.user(), &visit).await
}

/// Logs a visitor out, and leads them to the home page.
async fn leave(user: Option<&User>, visit: &Visit<'_>) -> web::Result<Answer> {
    let submission = visit.leads(paths::HOME, Notice::LoggedOut);
    match log_out(user, visit, &submission).await? {
        true => Ok(submission.answer()),
        false => Ok(Redirect::to(paths::HOME).into()),
    }
}

/// Ends the session of a visitor with its device, and takes their cookies back. False if there was none to end.
pub(super) async fn log_out(
    user: Option<&User>,
    visit: &Visit<'_>,
    submission: &Submission,
) -> web::Result<bool> {
    let (site, client) = (visit.site, &visit.client);
    let ended = match (user, visit.device()) {
        (Some(user), device) => {
            let by = End { account: &user.id, client, submission };
            sessions::end(site, &user.session, device, by).await?;
            true
        }
        // It opened too many sessions to open another; it can be forgotten all the same.
        (None, Some(device)) => sessions::end_shown(site, device, client, submission).await?,
        (None, None) => false,
    };
    if ended {
        visit.log_out();
    }
    Ok(ended)
}

#[get("/logout")]
async fn show(user: Enrolling, intent: Intent, layout: Layout<'_>, visit: Visit<'_>) -> web::Result<Answer> {
    match intent {
        Intent::Own => leave(Some(&user), &visit).await,
        Intent::Unsure => Ok(layout.page("logout.html", "logout-title", Value::Null).into()),
    }
}

/// Whether a GET of this address is the visitor's own doing. It might also be an image on some page, or a
/// prefetch.
enum Intent {
    Own,
    Unsure,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Intent {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, ()> {
        let ahead = ["sec-purpose", "purpose"].iter().any(|name| request.headers().contains(name));
        let own = match (request.headers().contains("sec-fetch-site"), only(request, "sec-fetch-site")) {
            (true, from) => matches!(from, Some("same-origin" | "none")),
            // A browser that does not send it, or a program: only a link on this site shows that it was
            // meant.
            (false, _) => referred(request) == Referred::Here,
        };
        let reading = WireMethod::of(request) == Method::Get;
        Outcome::Success(if own && reading && !ahead { Intent::Own } else { Intent::Unsure })
    }
}
