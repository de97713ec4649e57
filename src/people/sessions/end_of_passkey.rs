//! What a passkey has opened ends with it. The row of a removed passkey is kept for a while, so that the removal can be
//! undone: the database would end them too late.
//!
//! Where everything of an account ends, its passkeys stay, but rest: they do not log in without the password.

use super::end::end_device;
use super::rotate::rotate;
use super::store::SessionId;
use crate::base::{Site, Time, Token, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;
use crate::people::audit::{Entry, Event};

/// Ends the sessions and remembered devices of an account that a passkey opened by itself, as part of its removal. The
/// session in which its owner removes it is kept, if one is given. If the passkey opened that one too, it continues
/// without it and without its device, and gets a new token, which is returned.
pub async fn end_of_passkey(
    tx: &mut Tx,
    site: &Site,
    (account, passkey_id): (&AccountId, &str),
    kept: Option<&SessionId>,
    actor: Actor<'_>,
) -> sqlx::Result<Option<Token>> {
    let mut token = None;
    if let Some(kept) = kept
        && leave(tx, account, passkey_id, kept).await?
    {
        token = rotate(tx, site, kept).await?;
    }
    let devices: Vec<String> = sqlx::query_scalar(
        "select id from remember_tokens where account_id = $1 and passkey_id = $2 order by id",
    )
    .bind(account.as_str())
    .bind(passkey_id)
    .fetch_all(&mut *tx)
    .await?;
    for device in &devices {
        end_device(tx, device, actor, site.clock.now()).await?;
    }
    let delete = sqlx::query("delete from sessions where account_id = $1 and passkey_id = $2");
    delete.bind(account.as_str()).bind(passkey_id).execute(&mut *tx).await?;
    Ok(token)
}

/// Removes a session from its passkey and from its device. False if the passkey did not open it.
async fn leave(
    tx: &mut Tx,
    account: &AccountId,
    passkey_id: &str,
    session: &SessionId,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update sessions set passkey_id = null, remember_token_id = null \
         where id = $1 and account_id = $2 and passkey_id = $3",
    );
    let update = update.bind(session.as_str()).bind(account.as_str()).bind(passkey_id);
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Lets all passkeys of an account rest, since its password is replaced or taken away: one of them may be a stranger's.
/// Each is a second factor only, until its owner wakes it; so are removed ones that are brought back. Returns how many
/// rest now that did not before. If there are any, it is recorded.
pub async fn rest_passkeys(
    tx: &mut Tx,
    account: &AccountId,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<u64> {
    let update =
        sqlx::query("update passkeys set rests_since = $2 where account_id = $1 and rests_since is null");
    let update = update.bind(account.as_str()).bind(now.unix());
    let rest = update.execute(&mut *tx).await?.rows_affected();
    if rest > 0 {
        let event = Event::PasskeysRest;
        Entry { event, account: Some(account), actor }.record_in(tx, None, now).await?;
    }
    Ok(rest)
}
