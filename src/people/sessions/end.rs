//! Sessions ended. An ended one is a row that is gone: the cookie may be replayed for ever.

use sqlx::{Any, Transaction};

use super::store;
use crate::base::{Site, Token};
use crate::people::accounts::AccountId;

/// Ends what a visitor's cookies open: the session, and the remembered device with all of its sessions.
pub async fn end(site: &Site, session: Option<&Token>, remember: Option<&Token>) -> sqlx::Result<()> {
    let mut tx = site.db.begin().await?;
    if let Some(token) = session {
        store::delete_session(&mut tx, &token.hash()).await?;
    }
    if let Some(token) = remember {
        store::delete_remembered(&mut tx, &token.hash()).await?;
    }
    tx.commit().await
}

/// Ends every session and remembered device of an account, as when its password changes.
pub async fn end_all(tx: &mut Transaction<'static, Any>, account: &AccountId) -> sqlx::Result<()> {
    store::delete_of(tx, account).await
}

/// Ends everybody's, as when the key is replaced.
pub async fn end_everything(tx: &mut Transaction<'static, Any>) -> sqlx::Result<()> {
    store::delete_all(tx).await
}
