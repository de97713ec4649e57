//! Guards that require a login, as arguments of a handler: a [`User`] is always logged in. The look-up is
//! made once for each request, however many guards ask.

use rocket::Request;
use rocket::http::{CookieJar, Status};
use rocket::request::{FromRequest, Outcome};

use super::authenticated::Methods;
use super::cookie::{self, REMEMBER, SESSION};
use super::ended::LoggedOut;
use super::remember_token::RememberToken;
use super::resume::{self, Person, Resumed};
use super::session_cache::SessionCache;
use super::store::SessionId;
use crate::base::clock::CLOCKS_DIFFER;
use crate::base::{Client, Site, Time};
use crate::people::accounts::AccountId;
use crate::web::{self, Notice, Submitted};

/// A user who is logged in. As an argument of a handler it closes the page to all others: they are redirected
/// to log in, and come back afterwards.
#[derive(Clone, Debug)]
pub struct User {
    /// The ID of the account.
    pub id: AccountId,
    /// The name of the account.
    pub name: String,
    /// The address of the account.
    pub email: String,
    /// The current session.
    pub session: SessionId,
    /// When the password was entered in it; `None` if a remembered device opened it.
    pub authenticated_at: Option<Time>,
    /// How they proved who they are.
    pub methods: Methods,
}

impl User {
    /// Whether the password was entered a moment ago (`fresh_for` in the settings).
    pub fn is_fresh(&self, site: &Site) -> bool {
        let now = site.clock.now();
        let oldest = now.minus(site.settings.fresh_for.seconds());
        // A time in the future was written when the clock was ahead: the session would stay fresh until that
        // time.
        self.authenticated_at.is_some_and(|at| at > oldest && at <= now.plus(CLOCKS_DIFFER))
    }
}

/// A [`User`] who entered the password a moment ago. As an argument of a handler it makes all others enter it
/// again before they come back: for what a borrowed device must not do. A session that a remembered device
/// opened is never fresh.
#[derive(Clone, Debug)]
pub struct Fresh(pub User);

/// Stored with the request of a user whose login is not fresh, for the catcher of 401.
#[derive(Clone, Copy, Debug)]
pub struct NeedsFresh(pub bool);

/// The user, if one is logged in: for pages that are open to all but look different to a user. `Option<User>`
/// would not do: if the database does not answer, it would treat a user as a stranger.
#[derive(Clone, Debug)]
pub struct MaybeUser(pub Option<User>);

/// Stored with a form whose page was shown to another account than the current one, for the catcher of 409:
/// its request was not meant for this account.
#[derive(Clone, Copy, Debug)]
pub struct OtherAccount(pub bool);

/// What a visitor holds at this moment of the request, and what happened to it. Handlers ask this instead of
/// the request's cookies: the look-up may have just replaced those.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    device: Option<RememberToken>,
    logged_out: Option<LoggedOut>,
    replaced: Option<LoggedOut>,
}

impl Visit {
    /// The token of the visitor's remembered device, if there is one.
    pub fn device(&self) -> Option<&RememberToken> {
        self.device.as_ref()
    }

    /// When and from where the device of the visitor's cookie was logged out. The cookie is kept until a page
    /// has said so.
    pub fn logged_out(&self) -> Option<&LoggedOut> {
        self.logged_out.as_ref()
    }

    /// The same at a login, which replaces that cookie: there is no later moment to say it, however recent
    /// it was.
    pub fn logged_out_before(&self) -> Option<&LoggedOut> {
        self.logged_out.as_ref().or(self.replaced.as_ref())
    }
}

/// Stored with a request whose visitor was looked up: asking again costs nothing.
#[derive(Clone, Copy, Debug)]
pub struct LookedUp(pub bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for MaybeUser {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let (Some(site), Some(cache)) =
            (request.rocket().state::<Site>(), request.rocket().state::<SessionCache>())
        else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        request.local_cache(|| LookedUp(true));
        match request.local_cache_async(find(request, site, cache)).await {
            Err(status) => Outcome::Error((*status, ())),
            Ok(found) => {
                found.settle(request.cookies(), site);
                request.local_cache(|| found.visit.clone());
                let user = found.resumed.person.clone().map(User::from);
                let submitted = Submitted::of(request);
                if let (Some(user), Some(submitted)) = (&user, submitted)
                    && submitted.is_of_another_account(user.id.as_str())
                {
                    request.local_cache(|| OtherAccount(true));
                    return Outcome::Error((Status::Conflict, ()));
                }
                Outcome::Success(MaybeUser(user))
            }
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visit {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<MaybeUser>().await {
            Outcome::Success(_) => Outcome::Success(request.local_cache(Visit::default).clone()),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for User {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<MaybeUser>().await {
            Outcome::Success(MaybeUser(Some(user))) => Outcome::Success(user),
            // Not a forward: Rocket would go on to other routes that match the path, such as those that
            // answer 405.
            Outcome::Success(MaybeUser(None)) => Outcome::Error((Status::Unauthorized, ())),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Fresh {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let site = request.rocket().state::<Site>();
        match request.guard::<User>().await {
            Outcome::Success(user) if site.is_some_and(|site| user.is_fresh(site)) => {
                Outcome::Success(Fresh(user))
            }
            Outcome::Success(_) => {
                request.local_cache(|| NeedsFresh(true));
                Outcome::Error((Status::Unauthorized, ()))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

impl From<Person> for User {
    fn from(person: Person) -> User {
        let Person { account, email, name, session, authenticated_at, methods } = person;
        User { id: account, name, email, session, authenticated_at, methods }
    }
}

/// The outcome of the look-up, stored with the request. Errors were logged when they happened.
struct Found {
    resumed: Resumed,
    visit: Visit,
    session_present: bool,
    remember_present: bool,
}

async fn find(request: &Request<'_>, site: &Site, cache: &SessionCache) -> Result<Found, Status> {
    let (session, remember) =
        (cookie::session(request.cookies(), site), cookie::remember(request.cookies(), site));
    // A notice is waiting: something was just changed, maybe by another instance, and this one would not know
    // yet.
    if let Some(token) = session.token.as_ref().filter(|_| Notice::waiting(request.cookies()).is_some()) {
        cache.forget(&token.hash());
    }
    let garbled = remember.present && remember.token.is_none();
    let client = || Client::of(request, site);
    let resumed = resume::resume(site, cache, session.token, remember.token.as_ref(), client)
        .await
        .map_err(|error| web::Error::from(error).tell(request))?;
    let resumed = Resumed { forgotten: resumed.forgotten || garbled, ..resumed };
    let given = resumed.opened.as_ref().and_then(|opened| opened.remember.as_ref());
    let device = given.map(|(given, _)| given.clone()).or(remember.token).filter(|_| !resumed.forgotten);
    let (logged_out, replaced) = (resumed.logged_out.clone(), resumed.replaced.clone());
    let visit = Visit { device, logged_out, replaced };
    Ok(Found { resumed, visit, session_present: session.present, remember_present: remember.present })
}

impl Found {
    /// Sets and removes cookies according to the outcome. Called by every guard that asks, since Rocket drops
    /// the cookies that guards set when a catcher answers instead.
    fn settle(&self, cookies: &CookieJar<'_>, site: &Site) {
        if let Some(opened) = &self.resumed.opened {
            cookie::rotate_cookie(&opened.session, cookies, site);
            if let Some((remember, seconds)) = &opened.remember {
                REMEMBER.set(cookies, site, remember.reveal(), Some(*seconds));
            }
        } else if self.session_present && self.resumed.person.is_none() && !self.resumed.spared {
            SESSION.remove(cookies, site);
        }
        // If a page has something to say about the cookie, that page removes it.
        if self.remember_present && self.resumed.forgotten && self.resumed.logged_out.is_none() {
            REMEMBER.remove(cookies, site);
        }
    }
}
