//! Guards that require a login, as arguments of a handler: a [`User`] is always logged in, in a session that
//! suffices.

use std::ops::Deref;

use rocket::Request;
use rocket::http::Status;
use rocket::outcome::try_outcome;
use rocket::request::{FromRequest, Outcome};

use super::authenticated::Authenticated;
use super::enrolling::{Enrolling, MaybeEnrolling};
use super::user::User;
use crate::base::{Site, Time};

/// A [`User`] who proved a moment ago who they are: by the password or a passkey; with two-factor
/// authentication by the second factor. As an argument of a handler it makes all others prove it again before
/// they come back: for what a borrowed device must not do. A session that a remembered device opened is not
/// fresh until then. It has all that a `User` has, and `&fresh` is taken where a `&User` is asked for.
///
/// ```no_run
/// use rocket::get;
/// use vestibule::Fresh;
///
/// #[get("/keys")]
/// fn keys(fresh: Fresh) -> String {
///     format!("The keys of {}", fresh.name)
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Fresh(FreshEnrolling);

impl Fresh {
    /// The user, without the proof that their login is fresh.
    pub fn into_user(self) -> User {
        self.0.user
    }

    /// What they proved in this session, and when last.
    pub(crate) fn authenticated(&self) -> Authenticated {
        self.0.authenticated()
    }
}

impl Deref for Fresh {
    type Target = User;

    fn deref(&self) -> &User {
        &self.0.user
    }
}

/// The same in any session, as [`Enrolling`]: for what adds or removes a factor.
#[derive(Clone, Debug)]
pub struct FreshEnrolling {
    user: User,
    at: Time,
}

impl FreshEnrolling {
    /// The user, without the proof that their login is fresh.
    pub fn into_user(self) -> User {
        self.user
    }

    /// What they proved in this session, and when last. A remembered device is no proof.
    pub(crate) fn authenticated(&self) -> Authenticated {
        Authenticated::of_session(&self.user.id, &self.user.methods, self.at)
    }
}

impl Deref for FreshEnrolling {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

/// Stored with the request of a user whose login is not fresh, for the catcher of 401.
#[derive(Clone, Copy, Debug)]
pub struct NeedsFresh(pub bool);

/// Stored with the request of a user whose session is restricted, for the catcher of 401.
#[derive(Clone, Copy, Debug)]
pub struct NeedsSecondFactor(pub bool);

/// The user, if one is logged in: for pages that are open to all but look different to a user. `Option<User>`
/// would not do: if the database does not answer, it would treat a user as a stranger. But it is read like
/// one. Where the site requires a second factor, a user without one is a stranger here.
///
/// ```no_run
/// use rocket::get;
/// use vestibule::MaybeUser;
///
/// #[get("/hello")]
/// fn hello(visitor: MaybeUser) -> String {
///     visitor.as_ref().map_or_else(|| "Hello!".to_owned(), |user| format!("Hello, {}!", user.name))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct MaybeUser(Option<User>);

impl MaybeUser {
    /// The user. `None` if the visitor is not logged in.
    pub fn into_user(self) -> Option<User> {
        self.0
    }
}

impl Deref for MaybeUser {
    type Target = Option<User>;

    fn deref(&self) -> &Option<User> {
        &self.0
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for MaybeUser {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let found = try_outcome!(request.guard::<MaybeEnrolling>().await).into_enrolling();
        Outcome::Success(MaybeUser(found.filter(|user| !user.is_restricted()).map(Enrolling::into_user)))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for User {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let user = try_outcome!(request.guard::<Enrolling>().await);
        if user.is_restricted() {
            request.local_cache(|| NeedsSecondFactor(true));
            return Outcome::Error((Status::Unauthorized, ()));
        }
        Outcome::Success(user.into_user())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for FreshEnrolling {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let user = try_outcome!(request.guard::<Enrolling>().await).into_user();
        let fresh = request.rocket().state::<Site>().is_some_and(|site| user.is_fresh(site));
        if let Some(at) = user.authenticated_at.filter(|_| fresh) {
            return Outcome::Success(FreshEnrolling { user, at });
        }
        request.local_cache(|| NeedsFresh(true));
        Outcome::Error((Status::Unauthorized, ()))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Fresh {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        // First: those who must add a second factor do not enter the password for nothing.
        let _ = try_outcome!(request.guard::<User>().await);
        let fresh = try_outcome!(request.guard::<FreshEnrolling>().await);
        Outcome::Success(Fresh(fresh))
    }
}
