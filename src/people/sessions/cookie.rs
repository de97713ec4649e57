//! What the visitor holds: the two cookies, given, read into tokens, taken back.

use rocket::http::CookieJar;

use super::end;
use super::start::Started;
use crate::base::{Site, Token};
use crate::web;
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

/// Gives the visitor the session that a log-in started. Whatever they held before is replaced.
pub fn hand_over(started: &Started, cookies: &CookieJar<'_>, site: &Site) {
    SESSION.set(cookies, site, started.session.reveal(), None);
    if let Some(token) = &started.remember {
        REMEMBER.set(cookies, site, token.reveal(), Some(site.settings.remember_lifetime.seconds()));
    }
}

/// Ends what the visitor's cookies open, and takes the cookies back.
pub async fn take_back(cookies: &CookieJar<'_>, site: &Site) -> web::Result<()> {
    let (session, remember) = (read(SESSION, cookies, site), read(REMEMBER, cookies, site));
    end::end(site, session.token.as_ref(), remember.token.as_ref()).await?;
    SESSION.remove(cookies, site);
    REMEMBER.remove(cookies, site);
    Ok(())
}
