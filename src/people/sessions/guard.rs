//! The proof of being signed in, as an argument of a handler: where there is a [`User`], somebody is. The look-up is made
//! once for each request, however many guards ask.

use rocket::Request;
use rocket::http::{CookieJar, Status};
use rocket::request::{FromRequest, Outcome};

use super::cookie::{self, REMEMBER, SESSION};
use super::resume::{self, Person, Resumed};
use crate::base::Site;
use crate::people::accounts::AccountId;
use crate::web;

/// Somebody signed in to an account. As an argument of a handler it closes the page to everybody else: they are sent to
/// log in, and come back afterwards.
#[derive(Clone, Debug)]
pub struct User {
    /// The account's id.
    pub id: AccountId,
    /// The name on the account.
    pub name: String,
    /// The address of the account.
    pub email: String,
}

/// Who is there, if anybody: for pages that are open to all but look different to a user. `Option<User>` would not do: it
/// takes a database that does not answer for a stranger.
#[derive(Clone, Debug)]
pub struct Presence(pub Option<User>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Presence {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        match request.local_cache_async(find(request, site)).await {
            Err(status) => Outcome::Error((*status, ())),
            Ok(found) => {
                found.settle(request.cookies(), site);
                Outcome::Success(Presence(found.resumed.person.clone().map(User::from)))
            }
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for User {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<Presence>().await {
            Outcome::Success(Presence(Some(user))) => Outcome::Success(user),
            // Not a forward: Rocket would go on to other routes that fit the address, such as those that answer 405.
            Outcome::Success(Presence(None)) => Outcome::Error((Status::Unauthorized, ())),
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

impl From<Person> for User {
    fn from(person: Person) -> User {
        User { id: person.account, name: person.name, email: person.email }
    }
}

/// The outcome of the one look-up, kept with the request. Errors were logged when they happened.
struct Found {
    resumed: Resumed,
    session_present: bool,
    remember_present: bool,
}

async fn find(request: &Request<'_>, site: &Site) -> Result<Found, Status> {
    let session = cookie::read(SESSION, request.cookies(), site);
    let remember = cookie::read(REMEMBER, request.cookies(), site);
    let garbled = remember.present && remember.token.is_none();
    let resumed = resume::resume(site, session.token, remember.token)
        .await
        .map_err(|error| web::Error::from(error).tell(request))?;
    let resumed = Resumed { forgotten: resumed.forgotten || garbled, ..resumed };
    Ok(Found { resumed, session_present: session.present, remember_present: remember.present })
}

impl Found {
    /// Gives and takes cookies by what was found. Called by every guard that asks, since Rocket forgets what guards did to
    /// cookies when a catcher answers instead.
    fn settle(&self, cookies: &CookieJar<'_>, site: &Site) {
        if let Some(token) = &self.resumed.opened {
            SESSION.set(cookies, site, token.reveal(), None);
        } else if self.session_present && self.resumed.person.is_none() {
            SESSION.remove(cookies, site);
        }
        if self.remember_present && self.resumed.forgotten {
            REMEMBER.remove(cookies, site);
        }
    }
}
