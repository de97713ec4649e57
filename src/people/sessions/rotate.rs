//! A session gets a new token; and is made fresh, if its password was entered again.

use super::authenticated::Authenticated;
use super::store::{self, SessionId};
use crate::base::{Site, Token, Tx};

/// Makes a session of someone who has proved again who they are fresh, and gives it a new token, as every
/// gain of privileges does (OWASP ASVS 7.2.4). `None` if it has ended.
pub async fn rotate_fresh(
    tx: &mut Tx,
    site: &Site,
    session: &SessionId,
    by: &Authenticated,
) -> sqlx::Result<Option<Token>> {
    let token = rotate(tx, site, session).await?;
    if token.is_some() {
        store::make_fresh(tx, session, by).await?;
    }
    Ok(token)
}

/// Gives a session a new token. `None` if it has ended.
pub(super) async fn rotate(tx: &mut Tx, site: &Site, session: &SessionId) -> sqlx::Result<Option<Token>> {
    let token = Token::generate();
    let replaced = store::rotate_token(tx, session, &token.hash(), site.clock.now()).await?;
    Ok(replaced.then_some(token))
}
