//! A session made fresh: its password was given again.

use sqlx::{Any, Transaction};

use super::store::{self, SessionId};
use crate::base::{Site, Token};

/// Puts a session under a new token, as every gain of rights does (OWASP ASVS 7.2.4). `None` if it has ended.
pub async fn refresh(
    tx: &mut Transaction<'static, Any>,
    site: &Site,
    session: &SessionId,
) -> sqlx::Result<Option<Token>> {
    let token = Token::generate();
    let refreshed = store::refresh(tx, session, &token.hash(), site.clock.now()).await?;
    Ok(refreshed.then_some(token))
}
