//! A session and its device under other tokens: whoever has copies of the ones before has nothing of them any more.

use super::remember_token::RememberToken;
use super::store::{self, SessionId};
use super::{refresh, remembered};
use crate::base::{Site, Token, Tx};

/// What the visitor is to hold from now on.
#[derive(Debug)]
pub struct Renewed {
    /// Opens the session.
    pub(super) session: Token,
    /// Opens another session later, and for how many seconds, where the session's device was shown.
    pub(super) remember: Option<(RememberToken, i64)>,
}

/// Renews a session as part of what makes that necessary. `None` if it has ended.
pub(super) async fn renew(
    tx: &mut Tx,
    site: &Site,
    session: &SessionId,
    shown: Option<&RememberToken>,
) -> sqlx::Result<Option<Renewed>> {
    let remember = renew_device(tx, site, session, shown).await?;
    let session = refresh::replace(tx, site, session).await?;
    Ok(session.map(|session| Renewed { session, remember }))
}

/// The device's new token goes only to who showed the one before: a session, which ends soon, must not buy one that lasts for
/// weeks. Without it the session leaves the device, which then ends as all others do.
async fn renew_device(
    tx: &mut Tx,
    site: &Site,
    session: &SessionId,
    shown: Option<&RememberToken>,
) -> sqlx::Result<Option<(RememberToken, i64)>> {
    let now = site.clock.now();
    if let Some(shown) = shown {
        let next = RememberToken { id: shown.id.clone(), token: Token::generate() };
        let began = remembered::renew(tx, session, shown, &next.token.hash(), now).await?;
        if let Some(began) = began {
            let end = began.unix() + site.settings.remember_lifetime.seconds();
            return Ok(Some((next, end - now.unix())));
        }
    }
    store::leave_device(tx, session).await?;
    Ok(None)
}
