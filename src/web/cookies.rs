//! How a cookie of ours is made and taken back: by one constructor, since a browser ignores a removal whose attributes
//! differ from those the cookie was set with.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::time::{Duration, OffsetDateTime};

use crate::base::Site;

/// A private cookie of a fixed name. Where the site is https its name begins with `__Host-`, which makes a browser refuse
/// it from anywhere but this very host over TLS.
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
    pub fn name(self, site: &Site) -> &'static str {
        if site.is_https() { self.host } else { self.plain }
    }

    /// Gives it to the visitor; for so many seconds, or until the browser closes.
    pub fn set(self, cookies: &CookieJar<'_>, site: &Site, value: String, seconds: Option<i64>) {
        let life = seconds.map(Duration::seconds);
        let end = life.and_then(|life| OffsetDateTime::now_utc().checked_add(life));
        // The end is always set: left alone, Rocket makes it a week from now.
        let mut cookie = self.build(site, value).expires(end).build();
        cookie.set_max_age(life);
        cookies.add_private(cookie);
    }

    /// Takes it back.
    pub fn remove(self, cookies: &CookieJar<'_>, site: &Site) {
        cookies.remove_private(self.build(site, String::new()));
    }

    /// Reads what the visitor shows.
    pub fn read(self, cookies: &CookieJar<'_>, site: &Site) -> Presented {
        let name = self.name(site);
        match (cookies.get(name), cookies.get_private(name)) {
            (None, _) => Presented::Absent,
            (Some(_), None) => Presented::Garbled,
            (Some(_), Some(cookie)) => Presented::Value(cookie.value().to_owned()),
        }
    }

    fn build(self, site: &Site, value: String) -> rocket::http::private::cookie::CookieBuilder<'static> {
        let cookie = Cookie::build((self.name(site), value)).path("/").secure(site.is_https());
        cookie.http_only(true).same_site(SameSite::Lax)
    }
}
