//! How a cookie of ours is made and taken back: by one constructor, since a browser ignores a removal whose attributes
//! differ from those the cookie was set with.
//!
//! Browsers keep the cookies of a host together, whatever port a site has there. Where the site is https, the prefix `__Host-`
//! keeps ours from everybody but this very host over TLS. On plain http there is no such prefix, so the name ends in six letters
//! of the site's key: a neighbour on another port has cookies of other names, and neither logs the other's visitors out.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::time::{Duration, OffsetDateTime};

use crate::base::Site;

/// A private cookie: `__Host-session` where the site is https, `session-` and six letters where it is http.
#[derive(Clone, Copy, Debug)]
pub struct PrivateCookie {
    plain: &'static str,
    host: &'static str,
}

/// What a visitor showed under a cookie's name.
#[derive(Debug, PartialEq)]
pub enum Presented {
    /// Nothing.
    Absent,
    /// Something we did not make, or made with another key.
    Garbled,
    /// The value we once gave.
    Value(String),
}

impl PrivateCookie {
    /// A cookie by both of its names.
    pub const fn named(plain: &'static str, host: &'static str) -> PrivateCookie {
        PrivateCookie { plain, host }
    }

    /// The name it has on this site.
    pub fn name(self, site: &Site) -> String {
        if site.is_https() { self.host.to_owned() } else { format!("{}-{}", self.plain, site.key.mark()) }
    }

    /// The name that it had on plain http before 0.2: read for one version more, so that an update logs nobody out. A neighbour
    /// may have a cookie of that name; what we did not make is not ours, and is left alone.
    fn earlier(self, cookies: &CookieJar<'_>, site: &Site) -> Option<Cookie<'static>> {
        if site.is_https() { None } else { cookies.get_private(self.plain) }
    }

    /// Gives it to the visitor; for so many seconds, or until the browser closes.
    pub fn set(self, cookies: &CookieJar<'_>, site: &Site, value: String, seconds: Option<i64>) {
        let life = seconds.map(Duration::seconds);
        let end = life.and_then(|life| OffsetDateTime::now_utc().checked_add(life));
        // The end is always set: left alone, Rocket makes it a week from now.
        let mut cookie = self.build(site, value).expires(end).build();
        cookie.set_max_age(life);
        cookies.add_private(cookie);
        self.remove_earlier(cookies, site);
    }

    /// Takes it back.
    pub fn remove(self, cookies: &CookieJar<'_>, site: &Site) {
        cookies.remove_private(self.build(site, String::new()));
        self.remove_earlier(cookies, site);
    }

    fn remove_earlier(self, cookies: &CookieJar<'_>, site: &Site) {
        if self.earlier(cookies, site).is_some() {
            cookies
                .remove_private(Cookie::build(self.plain).path("/").http_only(true).same_site(SameSite::Lax));
        }
    }

    /// Reads what the visitor shows.
    pub fn read(self, cookies: &CookieJar<'_>, site: &Site) -> Presented {
        let name = self.name(site);
        match (cookies.get(&name), cookies.get_private(&name)) {
            (None, _) => {
                let earlier = self.earlier(cookies, site);
                earlier.map_or(Presented::Absent, |cookie| Presented::Value(cookie.value().to_owned()))
            }
            (Some(_), None) => Presented::Garbled,
            (Some(_), Some(cookie)) => Presented::Value(cookie.value().to_owned()),
        }
    }

    fn build(self, site: &Site, value: String) -> rocket::http::private::cookie::CookieBuilder<'static> {
        let cookie = Cookie::build((self.name(site), value)).path("/").secure(site.is_https());
        cookie.http_only(true).same_site(SameSite::Lax)
    }
}
