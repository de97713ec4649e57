//! Remembers the address of the last sign-up in this browser. The cookie is set whether the address was free
//! or taken, so it reveals nothing. Those who try to log in before opening the email are then told to open
//! it, and where it was sent.

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

    /// That address.
    pub fn address(cookies: Cookies<'_>) -> Option<String> {
        match COOKIE.read(cookies) {
            Presented::Value(address) => Some(address),
            Presented::Absent | Presented::Garbled => None,
        }
    }

    /// Whether this is that address.
    pub fn with(address: &str, cookies: Cookies<'_>) -> bool {
        SignedUp::address(cookies).as_deref() == Some(address)
    }

    /// Removes it: the user is logged in.
    pub fn forget(cookies: Cookies<'_>) {
        if COOKIE.read(cookies) != Presented::Absent {
            COOKIE.remove(cookies);
        }
    }
}
