//! The user of a session cookie, for a program that asks in the place of the visitor's browser. No cookie in its answer
//! reaches that browser. So nothing is done that needs one: a remembered device opens no session and keeps its token,
//! and a session that has expired is left to the next page, which says so.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::cookie;
use super::enrolling::Enrolling;
use super::resume;
use super::session_cache::SessionCache;
use crate::web::{self, Cookies};

/// The user whose session cookie a request contains. Reads no other cookie, and sets and removes none.
#[derive(Debug)]
pub struct OnlySession {
    /// The user, also of a restricted session. `None` if there is no such session.
    pub user: Option<Enrolling>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for OnlySession {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let (Some(cookies), Some(cache)) = (Cookies::of(request), request.rocket().state::<SessionCache>())
        else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        let Some(token) = cookie::session(cookies).token else {
            return Outcome::Success(OnlySession { user: None });
        };
        match resume::by_session(cookies.site, cache, &token).await {
            Ok(person) => {
                let user = person.map(|person| Enrolling::of(person, cookies.site));
                Outcome::Success(OnlySession { user })
            }
            Err(error) => Outcome::Error((web::Error::from(error).report(request), ())),
        }
    }
}
