//! Sets and removes our cookies. One constructor does both, since a browser ignores a removal whose
//! attributes differ from those the cookie was set with.
//!
//! Browsers share the cookies of a host between its ports. If the site is https, the prefix `__Host-` limits
//! ours to this exact host over TLS. Plain http has no such prefix, so the name ends in six letters derived
//! from the site's key: a site on another port has cookies with other names, and neither logs out the other's
//! visitors.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::time::{Duration, OffsetDateTime};

use crate::base::Site;

/// A private cookie: `__Host-session` if the site is https; `session-` and six letters if it is http.
#[derive(Clone, Copy, Debug)]
pub struct PrivateCookie {
    plain: &'static str,
    host: &'static str,
}

/// What a request contains under a cookie's name.
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

    /// The name that it had on plain http before 0.2. It is read for one more version, so that an update logs
    /// no one out. A site on another port may have a cookie of that name; one that we did not create is left
    /// alone.
    fn earlier(self, cookies: &CookieJar<'_>, site: &Site) -> Option<Cookie<'static>> {
        if site.is_https() { None } else { cookies.get_private(self.plain) }
    }

    /// Sets it for this many seconds, or until the browser closes.
    pub fn set(self, cookies: &CookieJar<'_>, site: &Site, value: String, seconds: Option<i64>) {
        let life = seconds.map(Duration::seconds);
        let end = life.and_then(|life| OffsetDateTime::now_utc().checked_add(life));
        // Always set: by default, Rocket lets it expire in a week.
        let mut cookie = self.build(site, value).expires(end).build();
        cookie.set_max_age(life);
        cookies.add_private(cookie);
        self.remove_earlier(cookies, site);
    }

    /// Removes it.
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

    /// Reads it from the request.
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
