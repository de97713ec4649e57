//! The look-up of a visitor, made once for each request, however many guards ask. And the user whom it finds, also one
//! whose session is restricted, since the site requires a second factor: they may add one, and hardly anything else.

use std::ops::Deref;

use rocket::Request;
use rocket::http::Status;
use rocket::outcome::{IntoOutcome, try_outcome};
use rocket::request::{FromRequest, Outcome};

use super::authenticated::Authenticated;
use super::cookie::{self, REMEMBER, SESSION};
use super::ended::LoggedOut;
use super::former::SessionEnd;
use super::remember_token::RememberToken;
use super::resume::{self, Resumed};
use super::session_cache::SessionCache;
use super::user::{Identity, User};
use crate::base::{Client, Site};
use crate::people::accounts::AccountId;
use crate::web::app_notice::Waiting;
use crate::web::{self, Cookies, Submitted, language};

/// A user who is logged in, in any session. Where the site requires a second factor, a session without one is
/// restricted: [`User`] refuses it. This is for the pages on which one is added, and for those that lead there.
#[derive(Clone, Debug)]
pub struct Enrolling {
    user: User,
    restricted: bool,
}

impl Enrolling {
    /// The user of a live session, which was looked up.
    pub(super) fn of(identity: Identity, site: &Site) -> Enrolling {
        let user = User::of(identity);
        let restricted = user.is_restricted(site);
        Enrolling { user, restricted }
    }

    /// Whether their session opens nothing but what adds a second factor.
    pub fn is_restricted(&self) -> bool {
        self.restricted
    }

    /// What they proved in this session, and when last, for what was begun while it was fresh. `None` if a remembered
    /// device opened it, and nothing was proved since.
    pub(crate) fn authenticated(&self) -> Option<Authenticated> {
        let at = self.user.authenticated_at?;
        Some(Authenticated::of_session(&self.user.id, &self.user.methods, at))
    }

    /// The user, without what their session may open.
    pub fn into_user(self) -> User {
        self.user
    }
}

impl Deref for Enrolling {
    type Target = User;

    fn deref(&self) -> &User {
        &self.user
    }
}

/// The user, if one is logged in, in any session: for the frame of a page, and for logging out.
#[derive(Clone, Debug)]
pub struct MaybeEnrolling(Option<Enrolling>);

impl MaybeEnrolling {
    /// The user. `None` if the visitor is not logged in.
    pub fn into_enrolling(self) -> Option<Enrolling> {
        self.0
    }

    /// The user, in any session.
    pub fn user(&self) -> Option<&User> {
        self.0.as_deref()
    }

    /// Whether a user is logged in whose session is restricted.
    pub fn is_restricted(&self) -> bool {
        self.0.as_ref().is_some_and(Enrolling::is_restricted)
    }
}

/// Stored with a form whose page was shown to another account than the current one, for the catcher of 409:
/// its request was not meant for this account.
#[derive(Clone, Copy, Debug)]
pub struct OtherAccount(pub bool);

/// What the look-up found out about a visitor, for [`Visit`](super::visit::Visit) and the frame of a page.
#[derive(Clone, Debug, Default)]
pub struct Held {
    pub(super) account: Option<AccountId>,
    pub(super) device: Option<RememberToken>,
    pub(super) logged_out: Option<LoggedOut>,
    pub(super) replaced: Option<LoggedOut>,
    pub(super) ended: Option<SessionEnd>,
}

impl Held {
    /// Of the visitor of a request, once they were looked up.
    pub(super) fn of<'r>(request: &'r Request<'_>) -> &'r Held {
        request.local_cache(Held::default)
    }
}

/// When and from where the device of the visitor's cookie was logged out. The cookie is kept until a page has
/// said so.
pub fn logged_out<'r>(request: &'r Request<'_>) -> Option<&'r LoggedOut> {
    Held::of(request).logged_out.as_ref()
}

/// Why the session of the visitor's cookie has just ended. Only a cookie with the real token of a session says so,
/// and only once: then its row is removed.
pub fn why_ended(request: &Request<'_>) -> Option<SessionEnd> {
    Held::of(request).ended
}

/// Stored with a request whose visitor was looked up: asking again costs nothing.
#[derive(Clone, Copy, Debug)]
pub struct LookedUp(pub bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for MaybeEnrolling {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let (Some(cookies), Some(cache)) = (Cookies::of(request), request.rocket().state::<SessionCache>())
        else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        request.local_cache(|| LookedUp(true));
        match request.local_cache_async(find(request, cookies, cache)).await {
            Err(status) => Outcome::Error((*status, ())),
            Ok(found) => {
                found.settle(cookies);
                request.local_cache(|| found.held.clone());
                let user = found.resumed.person.clone().map(|person| Enrolling::of(person, cookies.site));
                if let Some(chosen) = user.as_ref().and_then(|user| user.language) {
                    language::prefer(request, chosen);
                }
                let submitted = Submitted::of(request);
                if let (Some(user), Some(submitted)) = (&user, submitted)
                    && submitted.is_of_another_account(user.id.as_str())
                {
                    request.local_cache(|| OtherAccount(true));
                    return Outcome::Error((Status::Conflict, ()));
                }
                Outcome::Success(MaybeEnrolling(user))
            }
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Enrolling {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let MaybeEnrolling(user) = try_outcome!(request.guard::<MaybeEnrolling>().await);
        // Not a forward: Rocket would go on to other routes that match the path, such as those that answer 405.
        user.or_error((Status::Unauthorized, ()))
    }
}

/// The outcome of the look-up, stored with the request. Errors were logged when they happened.
struct Found {
    resumed: Resumed,
    held: Held,
    session_present: bool,
    remember_present: bool,
}

async fn find(request: &Request<'_>, cookies: Cookies<'_>, cache: &SessionCache) -> Result<Found, Status> {
    let (site, session, remember) = (cookies.site, cookie::session(cookies), cookie::remember(cookies));
    // A notice is waiting: something was just changed, maybe by another instance, and this one would not know
    // yet.
    if let Some(token) = session.token.as_ref().filter(|_| Waiting::of(cookies).is_some()) {
        cache.forget(&token.hash());
    }
    let garbled = remember.present && remember.token.is_none();
    let client = || Client::of(request, site);
    let resumed = resume::resume(site, cache, session.token, remember.token.as_ref(), client)
        .await
        .map_err(|error| web::Error::from(error).report(request))?;
    let resumed = Resumed { forgotten: resumed.forgotten || garbled, ..resumed };
    let given = resumed.opened.as_ref().and_then(|opened| opened.remember.as_ref());
    let device = given.map(|(given, _)| given.clone()).or(remember.token).filter(|_| !resumed.forgotten);
    let (logged_out, replaced) = (resumed.logged_out.clone(), resumed.replaced.clone());
    let account = resumed.person.as_ref().map(|person| person.id.clone());
    let held = Held { account, device, logged_out, replaced, ended: resumed.ended };
    Ok(Found { resumed, held, session_present: session.present, remember_present: remember.present })
}

impl Found {
    /// Sets and removes cookies according to the outcome. Called by every guard that asks, since Rocket drops
    /// the cookies that guards set when a catcher answers instead.
    fn settle(&self, cookies: Cookies<'_>) {
        if let Some(opened) = &self.resumed.opened {
            cookie::rotate_cookie(&opened.session, cookies);
            if let Some((remember, seconds)) = &opened.remember {
                REMEMBER.set(cookies, remember.reveal(), Some(*seconds));
            }
        } else if self.session_present && self.resumed.person.is_none() && !self.resumed.spared {
            SESSION.remove(cookies);
        }
        // If a page has something to say about the cookie, that page removes it.
        if self.remember_present && self.resumed.forgotten && self.resumed.logged_out.is_none() {
            REMEMBER.remove(cookies);
        }
    }
}
