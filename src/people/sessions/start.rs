//! A session started at log-in.

use sqlx::{Any, Transaction};

use super::{lifetimes, store};
use crate::base::{Site, Token};
use crate::people::accounts::AccountId;

/// What the visitor is to hold from now on.
#[derive(Debug)]
pub struct Started {
    /// Opens the session.
    pub session: Token,
    /// Opens another session later, where "Remember me" was ticked.
    pub remember: Option<Token>,
}

/// Starts a session under a token that nobody has seen before; and a remembered device, where asked for.
pub async fn start(
    tx: &mut Transaction<'static, Any>,
    site: &Site,
    account: &AccountId,
    remember: bool,
) -> sqlx::Result<Started> {
    let now = site.clock.now();
    store::sweep(tx, account, lifetimes::of_sessions(site), lifetimes::of_remembered(site)).await?;
    let remember = remember.then(Token::generate);
    let device = match &remember {
        Some(token) => Some(store::insert_remembered(tx, &token.hash(), account, now).await?),
        None => None,
    };
    let session = Token::generate();
    store::insert_session(tx, &session.hash(), account, device.as_deref(), now).await?;
    Ok(Started { session, remember })
}
