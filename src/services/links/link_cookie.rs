//! Moves the secret of a link from the address bar, where it would be kept and passed on, into a cookie.

use rocket::response::Redirect;

use super::link::{self, Link};
use super::purpose::Purpose;
use crate::base::Token;
use crate::web::cookies::Presented;
use crate::web::{self, Cookies};

/// The longest time between opening a link and pressing the button, in seconds.
const MAX_SECONDS: i64 = 3_600;

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
    pub fn accept(purpose: Purpose, token: &str, cookies: Cookies<'_>) -> Redirect {
        let properties = purpose.properties();
        match (properties.cookie, Token::parse(token)) {
            (Some(cookie), Some(token)) => {
                cookie.set(cookies, token.reveal(), Some(properties.seconds.min(MAX_SECONDS)));
            }
            (Some(cookie), None) => cookie.remove(cookies),
            (None, _) => {} // a code, which no address contains
        }
        Redirect::to(properties.page)
    }

    /// The link in a visitor's cookie, if it is valid.
    pub async fn read(purpose: Purpose, cookies: Cookies<'_>) -> web::Result<Option<LinkCookie>> {
        let Some(token) = token(purpose, cookies) else { return Ok(None) };
        let link = link::look(cookies.site, &token, purpose).await?;
        Ok(link.map(|link| LinkCookie { token, link }))
    }

    /// The address that the link was sent to, if the account has another one now and the link fails only for
    /// that reason.
    pub async fn moved(purpose: Purpose, cookies: Cookies<'_>) -> web::Result<Option<link::Moved>> {
        match token(purpose, cookies) {
            Some(token) => Ok(link::moved(cookies.site, &token, purpose).await?),
            None => Ok(None),
        }
    }

    /// Removes the cookie: the link is used.
    pub fn forget(purpose: Purpose, cookies: Cookies<'_>) {
        if let Some(cookie) = purpose.properties().cookie {
            cookie.remove(cookies);
        }
    }
}

fn token(purpose: Purpose, cookies: Cookies<'_>) -> Option<Token> {
    match purpose.properties().cookie?.read(cookies) {
        Presented::Value(text) => Token::parse(&text),
        Presented::Absent | Presented::Garbled => None,
    }
}
