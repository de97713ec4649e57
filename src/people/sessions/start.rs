//! A session started at login.

use super::authenticated::Authenticated;
use super::new_session::{self, NewSession};
use super::remember_token::RememberToken;
use super::store::SessionId;
use super::{ended, remember_me};
use crate::base::{Client, Site, Token, Tx};
use crate::people::accounts;

/// The most remembered devices of an account; a new one replaces the oldest.
const MAX_DEVICES: i64 = 10;

/// The new tokens of the visitor.
#[derive(Debug)]
pub struct Started {
    /// The session.
    pub id: SessionId,
    /// The token of the session.
    pub session: Token,
    /// The token of the remembered device, if "Remember me" was ticked.
    pub remember: Option<RememberToken>,
}

/// Starts a session with a new token for someone who has proved who they are; and a remembered device, if
/// asked for. From now on it is the last login of the account.
pub async fn start(
    tx: &mut Tx,
    site: &Site,
    by: &Authenticated,
    remember: bool,
    client: &Client,
) -> sqlx::Result<Started> {
    let (now, account) = (site.clock.now(), by.account());
    let remember = match remember {
        true => {
            let token = Token::generate();
            let id = remember_me::insert(tx, &token.hash(), by, client, now).await?;
            ended::note_surplus(tx, account, MAX_DEVICES, client, now).await?;
            remember_me::delete_surplus(tx, account, MAX_DEVICES).await?;
            Some(RememberToken { id, token })
        }
        false => None,
    };
    let session = Token::generate();
    let device = remember.as_ref().map(|remember| &*remember.id);
    let new = NewSession { token: &session.hash(), by, remembered: device, client };
    let id = new_session::insert(tx, &new, now).await?;
    accounts::set_logged_in(tx, account, client.browser, now).await?;
    Ok(Started { id, session, remember })
}
