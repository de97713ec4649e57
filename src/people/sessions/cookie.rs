//! What the visitor holds: the two cookies, given, read into tokens, taken back. They are read by the guard alone: what it
//! does to them a handler would not see, which asks for a [`Visit`](super::guard::Visit).

use rocket::http::CookieJar;

use super::remember_token::RememberToken;
use super::renew::Renewed;
use super::start::Started;
use crate::base::{Site, Token};
use crate::web::cookies::{Presented, PrivateCookie};

/// Until the browser closes; the row in the database says when it really ends.
pub(super) const SESSION: PrivateCookie = PrivateCookie::named("session", "__Host-session");
/// For as long as a device is remembered.
pub(super) const REMEMBER: PrivateCookie = PrivateCookie::named("remember", "__Host-remember");

/// What a visitor shows under one name.
pub(super) struct Shown<T> {
    /// The token, where it is one of ours.
    pub(super) token: Option<T>,
    /// Whether there is a cookie at all.
    pub(super) present: bool,
}

/// Reads the session's cookie.
pub(super) fn session(cookies: &CookieJar<'_>, site: &Site) -> Shown<Token> {
    read(SESSION, Token::parse, cookies, site)
}

/// Reads the remembered device's cookie.
pub(super) fn remember(cookies: &CookieJar<'_>, site: &Site) -> Shown<RememberToken> {
    read(REMEMBER, RememberToken::parse, cookies, site)
}

/// One that is garbled is present and opens nothing.
fn read<T>(
    cookie: PrivateCookie,
    parse: fn(&str) -> Option<T>,
    cookies: &CookieJar<'_>,
    site: &Site,
) -> Shown<T> {
    match cookie.read(cookies, site) {
        Presented::Absent => Shown { token: None, present: false },
        Presented::Garbled => Shown { token: None, present: true },
        Presented::Value(text) => Shown { token: parse(&text), present: true },
    }
}

/// Gives the visitor the session that a log-in started. Whatever they held before is replaced.
pub fn hand_over(started: &Started, cookies: &CookieJar<'_>, site: &Site) {
    SESSION.set(cookies, site, started.session.reveal(), None);
    if let Some(remember) = &started.remember {
        REMEMBER.set(cookies, site, remember.reveal(), Some(site.settings.remember_lifetime.seconds()));
    }
}

/// Gives the visitor the new token of the session they are in.
pub fn replace(token: &Token, cookies: &CookieJar<'_>, site: &Site) {
    SESSION.set(cookies, site, token.reveal(), None);
}

/// Gives the visitor the new tokens of the session they are in and of its device.
pub fn hand_on(renewed: &Renewed, cookies: &CookieJar<'_>, site: &Site) {
    replace(&renewed.session, cookies, site);
    if let Some((remember, seconds)) = &renewed.remember {
        REMEMBER.set(cookies, site, remember.reveal(), Some(*seconds));
    }
}

/// Takes the cookies back of a visitor whose session has ended.
pub fn forget(cookies: &CookieJar<'_>, site: &Site) {
    SESSION.remove(cookies, site);
    REMEMBER.remove(cookies, site);
}

/// Takes the remembered device's cookie back, and nothing else.
pub fn forget_device(cookies: &CookieJar<'_>, site: &Site) {
    REMEMBER.remove(cookies, site);
}
