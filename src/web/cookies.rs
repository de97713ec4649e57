//! Sets and removes our cookies. One constructor does both, since a browser ignores a removal whose
//! attributes differ from those the cookie was set with.
//!
//! Browsers share the cookies of a host between its ports. If the site is https, the prefix `__Host-` limits
//! ours to this exact host over TLS. Plain http has no such prefix, so the name ends in six letters derived
//! from the site's key: a site on another port has cookies with other names, and neither logs out the other's
//! visitors.

use rocket::Request;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::time::{Duration, OffsetDateTime};

use super::route_class::RouteClass;
use crate::base::Site;

/// The cookies of a visitor's browser, as they will be after this answer: what a guard or a handler has set or
/// removed counts, not only what the request brought.
#[derive(Clone, Copy)]
pub struct Cookies<'r> {
    /// `None` for a class of routes without cookies.
    jar: Option<&'r CookieJar<'r>>,
    /// The site that they belong to.
    pub site: &'r Site,
}

impl<'r> Cookies<'r> {
    /// Those of a request; `None` before the site is available.
    pub fn of(request: &'r Request<'_>) -> Option<Cookies<'r>> {
        let jar = RouteClass::of(request).rules().cookies.then(|| request.cookies());
        Some(Cookies { jar, site: request.rocket().state::<Site>()? })
    }

    /// Rocket's own, for the flash.
    pub(super) fn jar(self) -> Option<&'r CookieJar<'r>> {
        self.jar
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Cookies<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Cookies::of(request) {
            Some(cookies) => Outcome::Success(cookies),
            None => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}

/// A private cookie: `__Host-session` if the site is https; `session-` and six letters if it is http.
#[derive(Clone, Copy, Debug)]
pub struct PrivateCookie {
    plain: &'static str,
    host: &'static str,
}

/// What a browser holds under a cookie's name.
#[derive(Debug, PartialEq)]
pub enum Presented {
    /// No cookie.
    Absent,
    /// A value that we did not create, or created with another key.
    Garbled,
    /// A value that we set.
    Value(String),
}

impl PrivateCookie {
    /// A cookie with both of its names.
    pub const fn named(plain: &'static str, host: &'static str) -> PrivateCookie {
        PrivateCookie { plain, host }
    }

    /// Its name on this site.
    pub fn name(self, site: &Site) -> String {
        if site.is_https() { self.host.to_owned() } else { format!("{}-{}", self.plain, site.key.mark()) }
    }

    /// The name that it had on plain http in builds before 0.1.0. It is read for one more version, so that an update logs
    /// no one out. A site on another port may have a cookie of that name; one that we did not create is left
    /// alone.
    fn earlier(self, Cookies { jar, site }: Cookies<'_>) -> Option<Cookie<'static>> {
        let jar = jar.filter(|jar| !site.is_https() && jar.get_pending(self.plain).is_some())?;
        jar.get_private(self.plain)
    }

    /// Sets it for this many seconds, or until the browser closes.
    pub fn set(self, cookies: Cookies<'_>, value: String, seconds: Option<i64>) {
        let Some(jar) = cookies.jar else { return };
        let life = seconds.map(Duration::seconds);
        let end = life.and_then(|life| OffsetDateTime::now_utc().checked_add(life));
        // Always set: by default, Rocket lets it expire in a week.
        let mut cookie = self.build(cookies.site, value).expires(end).build();
        cookie.set_max_age(life);
        jar.add_private(cookie);
        self.remove_earlier(cookies);
    }

    /// Removes it.
    pub fn remove(self, cookies: Cookies<'_>) {
        let Some(jar) = cookies.jar else { return };
        jar.remove_private(self.build(cookies.site, String::new()));
        self.remove_earlier(cookies);
    }

    fn remove_earlier(self, cookies: Cookies<'_>) {
        if let (Some(_), Some(jar)) = (self.earlier(cookies), cookies.jar) {
            let cookie = Cookie::build(self.plain).path("/").http_only(true).same_site(SameSite::Lax);
            jar.remove_private(cookie);
        }
    }

    /// Reads it. Rocket's own reading misses what was set or removed since the request arrived.
    pub fn read(self, cookies: Cookies<'_>) -> Presented {
        let Some(jar) = cookies.jar else { return Presented::Absent };
        let name = self.name(cookies.site);
        let value = |cookie: Cookie<'static>| Presented::Value(cookie.value().to_owned());
        match (jar.get(&name), jar.get_pending(&name)) {
            (None, None) => self.earlier(cookies).map_or(Presented::Absent, value),
            (Some(_), None) => Presented::Absent,
            // What cannot be decrypted is returned as it was sent.
            (Some(sent), Some(held)) if sent.value() == held.value() => Presented::Garbled,
            (_, Some(held)) => value(held),
        }
    }

    fn build(self, site: &Site, value: String) -> rocket::http::private::cookie::CookieBuilder<'static> {
        let cookie = Cookie::build((self.name(site), value)).path("/").secure(site.is_https());
        cookie.http_only(true).same_site(SameSite::Lax)
    }
}
