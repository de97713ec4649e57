//! The login of a browser that waits for its second step. A cookie holds its token, which opens nothing else.

use crate::base::Token;
use crate::people::sessions::{self, PendingLogin, RETYPED_FOR};
use crate::web::cookies::{Presented, PrivateCookie};
use crate::web::{self, Cookies};

/// The cookie. It lives longer than the login can be finished: if the password is typed again in the same browser, its
/// owner was slow, and is told of no stranger.
pub(super) const PENDING: PrivateCookie = PrivateCookie::named("pending-login", "__Host-pending-login");

/// Gives a browser the token of its pending login, in place of that of an earlier one.
pub(super) fn keep(token: &Token, cookies: Cookies<'_>) {
    PENDING.set(cookies, token.reveal(), Some(RETYPED_FOR));
}

/// The token that a browser holds. Its login may be over.
pub(super) fn held(cookies: Cookies<'_>) -> Option<Token> {
    match PENDING.read(cookies) {
        Presented::Value(text) => Token::parse(&text),
        Presented::Absent | Presented::Garbled => None,
    }
}

/// The login of a browser that can still be finished, and its token.
pub(super) async fn read(cookies: Cookies<'_>) -> web::Result<Option<(Token, PendingLogin)>> {
    let Some(token) = held(cookies) else { return Ok(None) };
    let site = cookies.site;
    let pending = sessions::find_pending(&site.db, &token.hash(), site.clock.now()).await?;
    Ok(pending.map(|pending| (token, pending)))
}

/// Removes the cookie: the visitor is logged in.
pub(super) fn forget(cookies: Cookies<'_>) {
    if PENDING.read(cookies) != Presented::Absent {
        PENDING.remove(cookies);
    }
}
