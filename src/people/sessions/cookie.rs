//! The two cookies of a visitor: set, parsed into tokens, removed. Only the guard reads them, since a token does
//! not say what it is worth. A handler asks for a [`Visit`](super::visit::Visit).

use super::ended::LoggedOut;
use super::remember_token::RememberToken;
use super::rotate_with_device::Rotated;
use super::start::Started;
use crate::base::{Browser, Client, Time, Token};
use crate::people::actor::ActorKind;
use crate::web::cookies::{Presented, PrivateCookie};
use crate::web::{Cookies, Notice};

/// Lasts until the browser closes; the row in the database has the real lifetime.
pub(super) const SESSION: PrivateCookie = PrivateCookie::named("session", "__Host-session");
/// Lasts as long as a device is remembered.
pub(super) const REMEMBER: PrivateCookie = PrivateCookie::named("remember", "__Host-remember");
/// When and by whom a device was logged out whose cookie a login replaced, until a page has said so.
const LOGGED_OUT: PrivateCookie = PrivateCookie::named("logged-out", "__Host-logged-out");
/// As long as any other notice is kept.
const SECONDS: i64 = 300;

/// What a request contains under one name.
pub(super) struct Shown<T> {
    /// The token, if it is valid.
    pub(super) token: Option<T>,
    /// Whether there is a cookie at all.
    pub(super) present: bool,
}

/// Parses the session cookie.
pub(super) fn session(cookies: Cookies<'_>) -> Shown<Token> {
    read(SESSION, Token::parse, cookies)
}

/// Parses the cookie of a remembered device.
pub(super) fn remember(cookies: Cookies<'_>) -> Shown<RememberToken> {
    read(REMEMBER, RememberToken::parse, cookies)
}

/// A garbled one is present and has no token.
fn read<T>(cookie: PrivateCookie, parse: fn(&str) -> Option<T>, cookies: Cookies<'_>) -> Shown<T> {
    match cookie.read(cookies) {
        Presented::Absent => Shown { token: None, present: false },
        Presented::Garbled => Shown { token: None, present: true },
        Presented::Value(text) => Shown { token: parse(&text), present: true },
    }
}

/// Sets the cookies of the session that a login started, and replaces those from before. If one of those
/// belonged to a device that was logged out, the next page says so.
pub(super) fn set_cookies(
    started: &Started,
    before: Option<&LoggedOut>,
    client: &Client,
    cookies: Cookies<'_>,
) {
    if let Some(LoggedOut { at, actor, browser: from }) = before {
        forget_device(cookies);
        // Not for a user who has just done so here.
        if Notice::waiting(cookies) != Some(Notice::LoggedOut) {
            let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
            log::info!(
                event = "session_expired", request_id, address:%, browser:%;
                "a login replaced the cookie of a device that had been logged out"
            );
            let from = from.map(|from| format!(" {}", from.code())).unwrap_or_default();
            LOGGED_OUT.set(cookies, format!("{} {}{from}", at.unix(), actor.code()), Some(SECONDS));
        }
    }
    SESSION.set(cookies, started.session.reveal(), None);
    if let Some(remember) = &started.remember {
        REMEMBER.set(cookies, remember.reveal(), Some(cookies.site.settings.remember_lifetime.seconds()));
    }
}

/// What is still to be said about a device whose cookie a login replaced.
pub fn logged_out_before(cookies: Cookies<'_>) -> Option<LoggedOut> {
    let Presented::Value(text) = LOGGED_OUT.read(cookies) else { return None };
    let mut words = text.split(' ');
    let at = Time::from_unix(words.next()?.parse().ok()?);
    let actor = ActorKind::by_code(words.next()?)?;
    Some(LoggedOut { at, actor, browser: words.next().map(Browser::of) })
}

/// Removes it after it was said.
pub fn forget_logged_out(cookies: Cookies<'_>) {
    LOGGED_OUT.remove(cookies);
}

/// Sets the new token of the current session.
pub(super) fn rotate_cookie(token: &Token, cookies: Cookies<'_>) {
    SESSION.set(cookies, token.reveal(), None);
}

/// Sets the new tokens of the current session and of its device.
pub(super) fn rotate_cookies(rotated: &Rotated, cookies: Cookies<'_>) {
    rotate_cookie(&rotated.session, cookies);
    if let Some((remember, seconds)) = &rotated.remember {
        REMEMBER.set(cookies, remember.reveal(), Some(*seconds));
    }
}

/// Removes the cookies of a visitor whose session has ended.
pub(super) fn forget(cookies: Cookies<'_>) {
    SESSION.remove(cookies);
    REMEMBER.remove(cookies);
}

/// Removes only the cookie of the remembered device.
pub fn forget_device(cookies: Cookies<'_>) {
    REMEMBER.remove(cookies);
}
