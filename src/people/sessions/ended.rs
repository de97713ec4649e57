//! The table `ended_devices`: remembered devices that were logged out. A page shown with such a device's
//! cookie says when and from where. The row opens no session and says nothing about a copy: those who logged
//! the device out may have had the right to.

use sqlx::FromRow;

use super::store::SessionId;
use crate::base::{Browser, Client, Db, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::{Actor, ActorKind};

/// How long they are kept, in seconds: 30 days, the default lifetime of a remembered device.
const KEPT: i64 = 30 * 24 * 3_600;
/// The most that are kept for an account: twice as many as its devices at any time.
const MOST: i64 = 20;

/// When and by whom a device was logged out, for the visitor with its cookie.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedOut {
    /// When.
    pub at: Time,
    /// By whom.
    pub actor: ActorKind,
    /// In which browser, if it was done in one.
    pub browser: Option<Browser>,
}

#[derive(FromRow)]
struct Row {
    created_at: i64,
    actor: String,
    browser: Option<Browser>,
}

/// Whether the device with an ID was logged out.
pub(super) async fn find(db: &Db, id: &str, now: Time) -> sqlx::Result<Option<LoggedOut>> {
    let select = sqlx::query_as(
        "select created_at, actor, browser from ended_devices where id = $1 and created_at > $2",
    );
    let row: Option<Row> = select.bind(id).bind(now.minus(KEPT).unix()).fetch_optional(db.reader()).await?;
    // Of an actor that only a newer version knows, there is nothing to say.
    Ok(row.and_then(|row| {
        let actor = ActorKind::by_code(&row.actor)?;
        Some(LoggedOut { at: Time::from_unix(row.created_at), actor, browser: row.browser })
    }))
}

/// Records that a device is about to be logged out.
pub(super) async fn note(tx: &mut Tx, id: &str, actor: Actor<'_>, now: Time) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into ended_devices (id, account_id, created_at, actor, browser) \
         select id, account_id, cast($2 as bigint), cast($3 as text), cast($4 as text) from remember_tokens where id = $1 \
         on conflict (id) do nothing",
    );
    let insert = insert.bind(id.to_owned()).bind(now.unix());
    let insert = insert.bind(actor.kind()).bind(actor.client().map(|client| client.browser));
    insert.execute(&mut *tx).await?;
    let delete = sqlx::query(
        "delete from ended_devices where account_id = (select account_id from remember_tokens where id = $1) \
         and id not in (select id from ended_devices where account_id = (select account_id from remember_tokens where id = $1) \
         order by created_at desc, id desc limit $2)",
    );
    delete.bind(id.to_owned()).bind(MOST).execute(&mut *tx).await.map(drop)
}

/// Records the same for all devices of an account, except the one of a session, if one is kept.
pub(super) async fn note_all(
    tx: &mut Tx,
    account: &AccountId,
    kept: Option<&SessionId>,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into ended_devices (id, account_id, created_at, actor, browser) \
         select id, account_id, cast($3 as bigint), cast($4 as text), cast($5 as text) from remember_tokens where account_id = $1 and not exists \
         (select 1 from sessions where sessions.id = $2 and sessions.remember_token_id = remember_tokens.id) \
         on conflict (id) do nothing",
    );
    let insert = insert.bind(account.as_str()).bind(kept.map_or("", SessionId::as_str)).bind(now.unix());
    let insert = insert.bind(actor.kind()).bind(actor.client().map(|client| client.browser));
    insert.execute(&mut *tx).await?;
    delete_surplus(tx, account).await
}

/// Records the same for the oldest devices of an account, which make room for one that was just added.
pub(super) async fn note_surplus(
    tx: &mut Tx,
    account: &AccountId,
    most: i64,
    client: &Client,
    now: Time,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into ended_devices (id, account_id, created_at, actor, browser) \
         select id, account_id, cast($3 as bigint), cast($4 as text), cast($5 as text) from remember_tokens where account_id = $1 and id not in \
         (select id from remember_tokens where account_id = $1 order by created_at desc, id desc limit $2) \
         on conflict (id) do nothing",
    );
    let insert = insert.bind(account.as_str()).bind(most).bind(now.unix());
    let insert = insert.bind(ActorKind::Owner).bind(client.browser);
    insert.execute(&mut *tx).await?;
    delete_surplus(tx, account).await
}

/// Removes the oldest rows of an account beyond the limit.
async fn delete_surplus(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from ended_devices where account_id = $1 and id not in \
         (select id from ended_devices where account_id = $1 order by created_at desc, id desc limit $2)",
    );
    delete.bind(account.as_str()).bind(MOST).execute(&mut *tx).await.map(drop)
}

/// Removes expired rows.
pub(super) async fn sweep(tx: &mut Tx, now: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from ended_devices where created_at <= $1");
    delete.bind(now.minus(KEPT).unix()).execute(&mut *tx).await.map(drop)
}
