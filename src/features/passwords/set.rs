//! A password set: at sign-up, and whenever it changes.

use sqlx::{Any, Transaction};

use super::store;
use crate::base::{Password, Site};
use crate::people::{AccountId, sessions};
use crate::web;

/// Gives a new account its password, hashed before the transaction began: hashing takes long, and holds no lock.
pub async fn insert(
    tx: &mut Transaction<'static, Any>,
    site: &Site,
    account: &AccountId,
    hash: &str,
) -> sqlx::Result<()> {
    store::put(tx, account, hash, site.clock.now()).await
}

/// Changes the password of an account. All its sessions and remembered devices end with it.
pub async fn replace(site: &Site, account: &AccountId, password: &Password) -> web::Result<()> {
    let hash = site.hashing.hash(password).await?;
    let mut tx = site.db.begin().await?;
    store::put(&mut tx, account, &hash, site.clock.now()).await?;
    sessions::end_all(&mut tx, account).await?;
    tx.commit().await?;
    log::info!(event = "authn_password_change", account:%; "the password was changed");
    Ok(())
}
