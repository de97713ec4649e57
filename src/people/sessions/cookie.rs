//! What the visitor holds: the two cookies, read into tokens.

use rocket::http::CookieJar;

use super::start::Started;
use crate::base::{Site, Token};
use crate::web::cookies::{Presented, PrivateCookie};

/// Until the browser closes; the row in the database says when it really ends.
pub(super) const SESSION: PrivateCookie = PrivateCookie::named("session", "__Host-session");
/// For as long as a device is remembered.
pub(super) const REMEMBER: PrivateCookie = PrivateCookie::named("remember", "__Host-remember");

/// What a visitor shows under one name.
pub(super) struct Shown {
    /// The token, where it is one of ours.
    pub(super) token: Option<Token>,
    /// Whether there is a cookie at all.
    pub(super) present: bool,
}

/// Reads a cookie. One that is garbled is present and opens nothing.
pub(super) fn read(cookie: PrivateCookie, cookies: &CookieJar<'_>, site: &Site) -> Shown {
    match cookie.read(cookies, site) {
        Presented::Absent => Shown { token: None, present: false },
        Presented::Garbled => Shown { token: None, present: true },
        Presented::Value(text) => Shown { token: Token::parse(&text), present: true },
    }
}

/// Gives the visitor what was started.
pub(super) fn give(started: &Started, cookies: &CookieJar<'_>, site: &Site) {
    SESSION.set(cookies, site, started.session.reveal(), None);
    if let Some(token) = &started.remember {
        REMEMBER.set(cookies, site, token.reveal(), Some(site.settings.remember_lifetime.seconds()));
    }
}
