//! What is done with the passkeys of an account, in transactions that are about this account.

use super::passkey_id::PasskeyId;
use super::passkey_name::PasskeyName;
use super::passkey_site::PasskeySite;
use super::store;
use crate::base::{Db, Site, Token, Tx};
use crate::people::sessions::{self, SessionId};
use crate::people::{AccountId, Actor};

/// Changes the name of a passkey; false if it is that already, or the account has no such passkey.
pub async fn rename(
    tx: &mut Tx,
    account: &AccountId,
    id: &PasskeyId,
    name: &PasskeyName,
) -> sqlx::Result<bool> {
    store::rename(tx, account, id, name).await
}

/// A passkey that was removed.
#[derive(Debug)]
pub struct Removed {
    /// The new token of the session in which it was removed, if the passkey had opened that one.
    pub token: Option<Token>,
}

/// Removes a passkey: it is refused from now on, and can be [brought back](restore) for some days. The sessions and
/// devices that it opened by itself end, except the one in which its owner removes it. `None` if the account has no
/// such passkey.
pub async fn remove(
    tx: &mut Tx,
    site: &Site,
    (account, id): (&AccountId, &PasskeyId),
    kept: Option<&SessionId>,
    actor: Actor<'_>,
) -> sqlx::Result<Option<Removed>> {
    if !store::remove(tx, account, id, site.clock.now()).await? {
        return Ok(None);
    }
    let token = sessions::end_of_passkey(tx, site, (account, id.as_str()), kept, actor).await?;
    Ok(Some(Removed { token }))
}

/// Brings a removed passkey back, as it was; false if the account has no such removed passkey.
pub async fn restore(tx: &mut Tx, account: &AccountId, id: &PasskeyId) -> sqlx::Result<bool> {
    store::restore(tx, account, id).await
}

/// The ID and the name of each passkey of an account, in a transaction.
pub async fn names_in(tx: &mut Tx, account: &AccountId) -> sqlx::Result<Vec<(PasskeyId, PasskeyName)>> {
    store::names_in(tx, account).await
}

/// The most domains that are reported.
const DOMAINS: i64 = 5;

/// The domains that passkeys were made for where no browser offers them any more, with how many there are: all domains but
/// that of the site. At most five, those of most passkeys first.
pub async fn of_other_domains(db: &Db, at: &PasskeySite) -> sqlx::Result<Vec<(String, i64)>> {
    store::other_domains(db, &at.rp_id, DOMAINS).await
}

/// Lets a passkey log in by itself again; false if the account has no such passkey that rests. All [began to
/// rest](sessions::rest_passkeys) together.
pub async fn wake(tx: &mut Tx, account: &AccountId, id: &PasskeyId) -> sqlx::Result<bool> {
    store::wake(tx, account, id).await
}
