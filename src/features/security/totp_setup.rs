//! An authenticator app that is being set up. Its secret waits in a cookie until a right code was typed: a set-up that is
//! broken off changes nothing, and a mistake or a reload shows the same secret again.

use serde::{Deserialize, Serialize};

use crate::base::clock::CLOCKS_DIFFER;
use crate::base::totp::TotpSecret;
use crate::people::User;
use crate::web::Cookies;
use crate::web::cookies::{Presented, PrivateCookie};

/// How long a set-up may take, in seconds: half an hour.
pub(super) const LIFETIME: i64 = 30 * 60;

const COOKIE: PrivateCookie = PrivateCookie::named("totp-setup", "__Host-totp-setup");

/// What the cookie holds. It counts in the session that began the set-up.
#[derive(Deserialize, Serialize)]
struct Content {
    session: String,
    begun: i64,
    secret: String,
    next: String,
}

/// A set-up.
pub(super) struct TotpSetup {
    /// The secret.
    pub(super) secret: TotpSecret,
    /// Where the visitor wanted to go before; empty if nowhere.
    pub(super) next: String,
}

impl TotpSetup {
    /// Begins one, with half an hour from now. The secret of one that was begun before stays.
    pub(super) fn begin(user: &User, next: String, cookies: Cookies<'_>) {
        let secret = TotpSetup::read(user, cookies).map_or_else(TotpSecret::generate, |setup| setup.secret);
        let (session, begun) = (user.session.as_str().to_owned(), cookies.site.clock.now().unix());
        let content = Content { session, begun, secret: secret.reveal(), next };
        // Texts and a number are always written.
        let value = serde_json::to_string(&content).unwrap_or_default();
        COOKIE.set(cookies, value, Some(LIFETIME));
    }

    /// The one that was begun in this session. `None` if there is none, or if it took too long.
    pub(super) fn read(user: &User, cookies: Cookies<'_>) -> Option<TotpSetup> {
        let Presented::Value(value) = COOKIE.read(cookies) else { return None };
        let content: Content = serde_json::from_str(&value).ok()?;
        if content.session != user.session.as_str() || is_over(content.begun, cookies) {
            return None;
        }
        Some(TotpSetup { secret: TotpSecret::parse(&content.secret)?, next: content.next })
    }

    /// It is finished.
    pub(super) fn forget(cookies: Cookies<'_>) {
        if COOKIE.read(cookies) != Presented::Absent {
            COOKIE.remove(cookies);
        }
    }
}

/// Whether what was begun at a moment took too long. The browser removes the cookie then; one that does not has no more
/// time. What a clock that was ahead began would last longer by as much.
pub(super) fn is_over(begun: i64, cookies: Cookies<'_>) -> bool {
    let now = cookies.site.clock.now();
    begun <= now.minus(LIFETIME).unix() || begun > now.plus(CLOCKS_DIFFER).unix()
}
