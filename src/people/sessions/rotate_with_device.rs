//! New tokens for a session and its device, so that copies of the old ones are worthless.

use super::remember_token::RememberToken;
use super::store::{self, SessionId};
use super::{lifetimes, remember_me, rotate};
use crate::base::{Client, Site, Token, Tx};

/// The new tokens of the visitor.
#[derive(Debug)]
pub struct Rotated {
    /// The token of the session.
    pub(super) session: Token,
    /// The token of the session's device, if the request showed one, and its lifetime in seconds.
    pub(super) remember: Option<(RememberToken, i64)>,
}

/// Rotates the tokens of a session in the transaction that makes this necessary. `None` if it has ended.
pub(super) async fn rotate_with_device(
    tx: &mut Tx,
    site: &Site,
    session: &SessionId,
    shown: Option<&RememberToken>,
    client: &Client,
) -> sqlx::Result<Option<Rotated>> {
    let remember = rotate_device(tx, site, session, shown, client).await?;
    let session = rotate::rotate(tx, site, session).await?;
    Ok(session.map(|session| Rotated { session, remember }))
}

/// Rotates the device's token only for a visitor who showed one that would have been rotated anyway: a
/// session, which ends soon, must not get a token that lasts for weeks. Without it the session leaves the
/// device, which then ends like all others.
async fn rotate_device(
    tx: &mut Tx,
    site: &Site,
    session: &SessionId,
    shown: Option<&RememberToken>,
    client: &Client,
) -> sqlx::Result<Option<(RememberToken, i64)>> {
    let now = site.clock.now();
    if let Some(shown) = shown
        && let Some(row) = remember_me::find(&mut *tx, &shown.id, lifetimes::of_remember_me(site)).await?
        && store::device_of(tx, &row.account_id, session.as_str()).await? == Some(row.id.clone())
        && row.generations.may_go_on(&shown.token.hash())
    {
        let next = RememberToken { id: row.id.clone(), token: Token::generate() };
        let after = row.generations.after_own_act(&next.token.hash(), now, client.browser);
        if remember_me::put(tx, &row, &after).await? {
            let end = row.created_at + site.settings.remember_lifetime.seconds();
            return Ok(Some((next, end - now.unix())));
        }
    }
    store::leave_device(tx, session).await?;
    Ok(None)
}
