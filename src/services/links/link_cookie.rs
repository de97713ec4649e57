//! Moves the secret of a link from the address bar, where it would be kept and passed on, into a cookie.

use rocket::http::CookieJar;
use rocket::response::Redirect;

use super::link::{self, Link};
use super::purpose::Purpose;
use crate::base::{Site, Token};
use crate::web;
use crate::web::cookies::Presented;

/// The longest time between opening a link and pressing the button, in seconds.
const MOST_SECONDS: i64 = 3_600;

/// A valid link that a visitor opened.
#[derive(Debug)]
pub struct LinkCookie {
    /// Its secret.
    pub token: Token,
    /// Whose it is.
    pub link: Link,
}

impl LinkCookie {
    /// Takes the secret of a link out of the address bar, valid or not, and redirects to the page without it.
    pub fn accept(purpose: Purpose, token: &str, cookies: &CookieJar<'_>, site: &Site) -> Redirect {
        let facts = purpose.facts();
        match Token::parse(token) {
            Some(token) => {
                facts.cookie.set(cookies, site, token.reveal(), Some(facts.seconds.min(MOST_SECONDS)));
            }
            None => facts.cookie.remove(cookies, site),
        }
        Redirect::to(facts.page)
    }

    /// The link in a visitor's cookie, if it is valid.
    pub async fn read(
        purpose: Purpose,
        cookies: &CookieJar<'_>,
        site: &Site,
    ) -> web::Result<Option<LinkCookie>> {
        let Some(token) = token(purpose, cookies, site) else { return Ok(None) };
        let link = link::look(site, &token, purpose).await?;
        Ok(link.map(|link| LinkCookie { token, link }))
    }

    /// The address that the link was sent to, if the account has another one now and the link fails only for
    /// that reason.
    pub async fn moved(
        purpose: Purpose,
        cookies: &CookieJar<'_>,
        site: &Site,
    ) -> web::Result<Option<link::Moved>> {
        match token(purpose, cookies, site) {
            Some(token) => Ok(link::moved(site, &token, purpose).await?),
            None => Ok(None),
        }
    }

    /// Removes the cookie: the link is used.
    pub fn forget(purpose: Purpose, cookies: &CookieJar<'_>, site: &Site) {
        purpose.facts().cookie.remove(cookies, site);
    }
}

fn token(purpose: Purpose, cookies: &CookieJar<'_>, site: &Site) -> Option<Token> {
    match purpose.facts().cookie.read(cookies, site) {
        Presented::Value(text) => Token::parse(&text),
        Presented::Absent | Presented::Garbled => None,
    }
}
