//! A session and its device under other tokens: whoever has copies of the ones before has nothing of them any more.

use super::remember_token::RememberToken;
use super::store::{self, SessionId};
use super::{lifetimes, refresh, remembered};
use crate::base::{Site, Token, Tx};
use crate::web::Visitor;

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
    visitor: &Visitor,
) -> sqlx::Result<Option<Renewed>> {
    let remember = renew_device(tx, site, session, shown, visitor).await?;
    let session = refresh::replace(tx, site, session).await?;
    Ok(session.map(|session| Renewed { session, remember }))
}

/// The device's new token goes only to who showed one that would have got them another anyway: a session, which ends soon, must
/// not buy one that lasts for weeks. Without it the session leaves the device, which then ends as all others do.
async fn renew_device(
    tx: &mut Tx,
    site: &Site,
    session: &SessionId,
    shown: Option<&RememberToken>,
    visitor: &Visitor,
) -> sqlx::Result<Option<(RememberToken, i64)>> {
    let now = site.clock.now();
    if let Some(shown) = shown
        && let Some(row) = remembered::find(&mut *tx, &shown.id, lifetimes::of_remembered(site)).await?
        && store::device_of(tx, &row.account_id, session.as_str()).await? == Some(row.id.clone())
        && row.generations.may_go_on(&shown.token.hash())
    {
        let next = RememberToken { id: row.id.clone(), token: Token::generate() };
        let after = row.generations.after_own_act(&next.token.hash(), now, &visitor.browser);
        if remembered::put(tx, &row, &after).await? {
            let end = row.created_at + site.settings.remember_lifetime.seconds();
            return Ok(Some((next, end - now.unix())));
        }
    }
    store::leave_device(tx, session).await?;
    Ok(None)
}
