//! Whether a session is still alive: for long work that must not outlive it.

use sqlx::{Any, Executor};

use super::lifetimes;
use super::store::SessionId;
use crate::base::{Site, Tx};
use crate::people::accounts::is_admin;

/// Whether a session is alive and its account may log in.
pub async fn is_live(site: &Site, session: &SessionId) -> sqlx::Result<bool> {
    find(site.db.reader(), site, session).await
}

/// The same, inside the transaction that relies on it.
pub async fn is_live_in(tx: &mut Tx, site: &Site, session: &SessionId) -> sqlx::Result<bool> {
    find(tx, site, session).await
}

async fn find<'e>(
    executor: impl Executor<'e, Database = Any>,
    site: &Site,
    session: &SessionId,
) -> sqlx::Result<bool> {
    let limits = lifetimes::of_sessions(site);
    let select = sqlx::query(concat!(
        "select 1 from sessions join accounts on accounts.id = account_id \
         where sessions.id = $1 and sessions.created_at > $2 and sessions.created_at <= $4 and last_used_at > $3 \
         and disabled_at is null and (sessions.created_at > $5 and last_used_at > $6 or not ",
        is_admin!("accounts.id"),
        ")"
    ));
    let select = select.bind(session.as_str().to_owned()).bind(limits.all.created_after.unix());
    let select = select.bind(limits.all.used_after.unix()).bind(limits.all.created_by.unix());
    let select = select.bind(limits.admins.created_after.unix()).bind(limits.admins.used_after.unix());
    Ok(select.fetch_optional(executor).await?.is_some())
}
