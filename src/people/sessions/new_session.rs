//! A session is added. This is the only statement that does.

use uuid::Uuid;

use super::authenticated::Authenticated;
use super::store::{MOST, SessionId};
use crate::base::{Client, Time, TokenHash, Tx};

/// The most sessions of one device: as many as it may open in a minute.
const MAX_OF_DEVICE: i64 = 10;

/// A session to be added.
pub(super) struct NewSession<'n> {
    pub(super) token: &'n TokenHash,
    pub(super) by: &'n Authenticated,
    /// The device that it belongs to, if there is one.
    pub(super) remembered: Option<&'n str>,
    pub(super) client: &'n Client,
}

/// Adds a session, which keeps the last login of its account. If there are too many, it replaces the one that was unused
/// for longest, of the same device first: a device that opens many costs no other device its session.
pub(super) async fn insert(tx: &mut Tx, new: &NewSession<'_>, now: Time) -> sqlx::Result<SessionId> {
    let id = Uuid::now_v7().to_string();
    // Whether the new one is among those counted differs between the engines, and does not matter.
    let (of_device, of_account): (i64, i64) = sqlx::query_as(
        "insert into sessions (id, token_hash, account_id, remember_token_id, created_at, last_used_at, \
         authenticated_at, browser, address, methods, passkey_id, last_login_at, last_login_browser) \
         values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, \
         (select logged_in_at from accounts where id = $3), (select logged_in_browser from accounts where id = $3)) \
         returning (select count(*) from sessions where remember_token_id = $4), \
         (select count(*) from sessions where account_id = $3)",
    )
    .bind(&id)
    .bind(new.token.as_str())
    .bind(new.by.account().as_str())
    .bind(new.remembered)
    .bind(now.unix())
    .bind(new.by.fresh_since().map(Time::unix))
    .bind(new.client.browser)
    .bind(new.client.address.map(|address| address.to_string()))
    .bind(new.by.methods().as_str())
    .bind(new.by.passkey_id())
    .fetch_one(&mut *tx)
    .await?;
    if let Some(device) = new.remembered.filter(|_| of_device >= MAX_OF_DEVICE) {
        let delete = sqlx::query(
            "delete from sessions where remember_token_id = $1 and id not in (select id from sessions where remember_token_id = $1 \
             order by case when id = $2 then 0 else 1 end, last_used_at desc, id desc limit $3)",
        );
        delete.bind(device).bind(&id).bind(MAX_OF_DEVICE).execute(&mut *tx).await?;
    }
    if of_account >= MOST {
        let delete = sqlx::query(
            "delete from sessions where account_id = $1 and id not in (select id from sessions where account_id = $1 \
             order by case when id = $2 then 0 else 1 end, last_used_at desc, id desc limit $3)",
        );
        delete.bind(new.by.account().as_str()).bind(&id).bind(MOST).execute(&mut *tx).await?;
    }
    Ok(SessionId(id))
}
