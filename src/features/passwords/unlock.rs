//! What keeps a password from opening an account, as the operator sees it. The pause after wrong passwords at an account, as the operator sees and ends it. It holds for every browser that has no
//! guesses of its own there; those are not listed, and end by themselves.

use super::store;
use crate::base::limit::{Guess, guesses};
use crate::base::{Site, Time};
use crate::people::audit::{Entry, Event};
use crate::people::{Account, Email};

/// Whether an account has a password: an owner who undid what somebody else had done has none until they choose one.
pub async fn is_set(site: &Site, account: &Account) -> sqlx::Result<bool> {
    store::hash_of(&site.db, &account.id).await.map(|hash| hash.is_some())
}

/// Until when a new browser has to wait before a password is looked at, where it has to.
pub async fn paused_until(site: &Site, account: &Account) -> sqlx::Result<Option<Time>> {
    let free = site.settings.limit_free_guesses.get();
    guesses::paused_until(&site.db, &of(account), free, site.clock.now()).await
}

/// Forgets the wrong passwords that were counted at an account's address. Nothing else does, but a day without any: a pause
/// that ended when its owner logs in, chooses another password or deletes the account would tell a stranger that there is one.
pub async fn unlock(site: &Site, account: &Account) -> sqlx::Result<()> {
    let entry = Entry { event: Event::Unlocked, account: Some(&account.id), visitor: None };
    let mut tx = site.db.begin(&[account.id.about()]).await?;
    guesses::clear(&mut tx, &of(account)).await?;
    entry.write(&mut tx, site.clock.now()).await?;
    tx.commit().await?;
    entry.tell();
    Ok(())
}

fn of(account: &Account) -> Guess {
    Guess::at(&Email::key_of(&account.email))
}
