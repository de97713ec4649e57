//! Whether a browser may make a passkey without a question: its password manager has just filled in the password, so
//! it may keep something better in the same place.

use super::summary::summary;
use crate::base::Site;
use crate::base::clock::CLOCKS_DIFFER;
use crate::people::User;
use crate::people::sessions::Method;

/// How long after the password was typed, in seconds. Browsers ask for the same.
const AFTER_PASSWORD: i64 = 5 * 60;

/// How long after it every page asks the browser, in seconds: the first page after a login, whichever it is. It costs that
/// page no query, and later ones nothing. The page Security asks for longer.
const FIRST_PAGE: i64 = 15;

/// Whether to ask the browser on the page of a user who has just logged in. What is decided when it answers is
/// [`may_upgrade`].
pub fn asks_upgrade(site: &Site, user: &User) -> bool {
    is_possible(site, user) && !user.two_factor && typed_within(site, user, FIRST_PAGE)
}

/// Whether a browser may make a passkey for a user now. Never with two-factor authentication: no one proves then that
/// they hold more than the password.
pub async fn may_upgrade(site: &Site, user: &User) -> sqlx::Result<bool> {
    if !is_possible(site, user) || !typed_within(site, user, AFTER_PASSWORD) || !user.is_fresh(site) {
        return Ok(false);
    }
    let factors = summary(site, &user.id).await?;
    Ok(!factors.is_on() && factors.passkeys.as_second() == 0)
}

/// Not where the site requires a second factor of the user: what is saved without a question is none.
fn is_possible(site: &Site, user: &User) -> bool {
    let settings = &site.settings;
    settings.passkey_upgrade.is_on() && !user.needs_second_factor(site) && settings.rp_id().is_some()
}

/// Whether the password of a session was typed at most this many seconds ago.
fn typed_within(site: &Site, user: &User, seconds: i64) -> bool {
    let (now, typed) = (site.clock.now(), user.methods.contain(Method::Password));
    let oldest = now.minus(seconds);
    typed && user.authenticated_at.is_some_and(|at| at > oldest && at <= now.plus(CLOCKS_DIFFER))
}
