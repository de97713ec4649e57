//! Which address was signed up with in this browser a moment ago: set alike whether it was free or taken, so that it tells
//! nothing. Whoever goes on to log in before they have opened the mail is then told to do that.

use rocket::http::CookieJar;

use super::cookies::{Presented, PrivateCookie};
use crate::base::Site;

const COOKIE: PrivateCookie = PrivateCookie::named("signed-up", "__Host-signed-up");
/// A day, as long as the link in the mail is good.
const SECONDS: i64 = 24 * 3_600;

/// The cookie, in a private one: the last address, in the form accounts are compared by.
#[derive(Debug)]
pub struct SignedUp;

impl SignedUp {
    /// Keeps an address that was signed up with.
    pub fn keep(address: &str, cookies: &CookieJar<'_>, site: &Site) {
        COOKIE.set(cookies, site, address.to_owned(), Some(SECONDS));
    }

    /// Whether this address is the one.
    pub fn with(address: &str, cookies: &CookieJar<'_>, site: &Site) -> bool {
        COOKIE.read(cookies, site) == Presented::Value(address.to_owned())
    }

    /// Takes it back: somebody is in.
    pub fn forget(cookies: &CookieJar<'_>, site: &Site) {
        if COOKIE.read(cookies, site) != Presented::Absent {
            COOKIE.remove(cookies, site);
        }
    }
}
