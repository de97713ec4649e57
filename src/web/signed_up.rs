//! Remembers the address of the last sign-up in this browser. The cookie is set whether the address was free
//! or taken, so it reveals nothing. Those who try to log in before opening the email are then told to open
//! it.

use super::cookies::{Cookies, Presented, PrivateCookie};

const COOKIE: PrivateCookie = PrivateCookie::named("signed-up", "__Host-signed-up");
/// A day, as long as the link in the email is valid.
const SECONDS: i64 = 24 * 3_600;

/// The private cookie with the last address, in the form that accounts are compared by.
#[derive(Debug)]
pub struct SignedUp;

impl SignedUp {
    /// Remembers the address of a sign-up.
    pub fn keep(address: &str, cookies: Cookies<'_>) {
        COOKIE.set(cookies, address.to_owned(), Some(SECONDS));
    }

    /// Whether this is that address.
    pub fn with(address: &str, cookies: Cookies<'_>) -> bool {
        COOKIE.read(cookies) == Presented::Value(address.to_owned())
    }

    /// Removes it: the user is logged in.
    pub fn forget(cookies: Cookies<'_>) {
        if COOKIE.read(cookies) != Presented::Absent {
            COOKIE.remove(cookies);
        }
    }
}
