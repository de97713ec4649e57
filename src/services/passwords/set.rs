//! Sets a password: at sign-up, and whenever it changes.

use super::store;
use crate::base::{Password, Site, Tx};
use crate::people::audit::{Entry, Event};
use crate::people::{Account, AccountId, Actor, sessions};
use crate::services::outbox::{self, EmailKind};
use crate::web::{self, Submission};

/// Stores the password of a new account, hashed before the transaction began: hashing takes long, and holds
/// no lock.
pub async fn insert(tx: &mut Tx, site: &Site, account: &AccountId, hash: &str) -> sqlx::Result<()> {
    store::put(tx, account, hash, site.clock.now()).await
}

/// Changes the password of an account without asking for the old one. All its sessions and remembered devices
/// end, and its passkeys rest. Wrong passwords stay counted; [`unlock`](super::unlock()) clears them.
pub async fn replace(
    site: &Site,
    account: &Account,
    password: &Password,
    actor: Actor<'_>,
) -> web::Result<()> {
    let hash = site.hashing.hash(password).await?;
    let entry = Entry { event: Event::PasswordChanged, account: Some(&account.id), actor };
    let mut tx = site.db.begin_locked(&[account.id.lock_key()]).await?;
    store::put(&mut tx, &account.id, &hash, site.clock.now()).await?;
    sessions::end_all(&mut tx, site, &account.id, actor).await?;
    sessions::rest_passkeys(&mut tx, &account.id, actor, site.clock.now()).await?;
    Submission::none().supersede(&mut tx, account.id.as_str()).await?;
    outbox::discard(&mut tx, &account.id).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    outbox::notify(&mut tx, site, EmailKind::Password, &account.id, actor).await?;
    tx.commit().await?;
    entry.log();
    Ok(())
}

/// Removes the password of an account: no one can log in until a reset link sets another.
pub async fn remove(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    store::delete(tx, account).await
}
