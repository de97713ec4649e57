//! What the visitor holds: the two cookies, given, read into tokens, taken back. They are read by the guard alone: what it
//! does to them a handler would not see, which asks for a [`Visit`](super::guard::Visit).

use rocket::http::CookieJar;

use super::ended::LoggedOut;
use super::remember_token::RememberToken;
use super::renew::Renewed;
use super::start::Started;
use crate::base::{Site, Time, Token};
use crate::web::cookies::{Presented, PrivateCookie};
use crate::web::{Notice, Visitor};

/// Until the browser closes; the row in the database says when it really ends.
pub(super) const SESSION: PrivateCookie = PrivateCookie::named("session", "__Host-session");
/// For as long as a device is remembered.
pub(super) const REMEMBER: PrivateCookie = PrivateCookie::named("remember", "__Host-remember");
/// When and from where a device was logged out whose cookie a log-in replaced, until a page has said so.
const LOGGED_OUT: PrivateCookie = PrivateCookie::named("logged-out", "__Host-logged-out");
/// As long as any other notice waits.
const SECONDS: i64 = 300;

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

/// Gives the visitor the session that a log-in started. Whatever they held before is replaced; where that was the cookie of a
/// device that was logged out, the next page says so.
pub fn hand_over(
    started: &Started,
    before: Option<&LoggedOut>,
    visitor: &Visitor,
    cookies: &CookieJar<'_>,
    site: &Site,
) {
    if let Some(LoggedOut { at, from }) = before {
        forget_device(cookies, site);
        // Not to who has just done so here.
        if Notice::waiting(cookies) != Some(Notice::LoggedOut) {
            let (request_id, address, browser) =
                (&*visitor.request_id, visitor.address_text(), &*visitor.browser);
            log::info!(
                event = "session_expired", request_id, address:%, browser;
                "a log-in replaced the cookie of a device that had been logged out"
            );
            let from = from.as_ref().map(|from| format!(" {from}")).unwrap_or_default();
            LOGGED_OUT.set(cookies, site, format!("{}{from}", at.unix()), Some(SECONDS));
        }
    }
    SESSION.set(cookies, site, started.session.reveal(), None);
    if let Some(remember) = &started.remember {
        REMEMBER.set(cookies, site, remember.reveal(), Some(site.settings.remember_lifetime.seconds()));
    }
}

/// What waits to be said of a device whose cookie a log-in replaced.
pub fn logged_out_before(cookies: &CookieJar<'_>, site: &Site) -> Option<LoggedOut> {
    let Presented::Value(text) = LOGGED_OUT.read(cookies, site) else { return None };
    let (at, from) = text.split_once(' ').map_or((&*text, None), |(at, from)| (at, Some(from.to_owned())));
    Some(LoggedOut { at: Time::from_unix(at.parse().ok()?), from })
}

/// It was said.
pub fn forget_logged_out(cookies: &CookieJar<'_>, site: &Site) {
    LOGGED_OUT.remove(cookies, site);
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
