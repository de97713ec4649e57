//! Second factors that the operator removes, for an owner who has lost them.

use super::switch::{off, off_if_none_left};
use crate::base::{Site, Time, Tx};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::{Account, AccountId, Actor, sessions};
use crate::services::outbox::{self, EmailKind};
use crate::services::passkeys::{self, PasskeyName};
use crate::services::{links, recovery_codes, totp_app};

/// What is to be removed.
#[derive(Clone, Debug)]
pub enum Lost {
    /// The authenticator app.
    App,
    /// The passkeys of this name.
    Passkeys(PasskeyName),
    /// The recovery codes that are left.
    Codes,
    /// All of them. Two-factor authentication is off then.
    All,
}

/// What was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// How many: an app, each passkey, and a set of codes count as one.
    pub removed: usize,
    /// Whether two-factor authentication was turned off, since there is nothing left that could be asked for.
    pub turned_off: bool,
}

/// Removes second factors of an account. All its sessions end, since one of them may be that of a person who has the
/// factor now, and its owner is told. Nothing happens if there is nothing to remove.
pub async fn clear(site: &Site, account: &Account, lost: &Lost, actor: Actor<'_>) -> sqlx::Result<Cleared> {
    let (id, now) = (&account.id, site.clock.now());
    let is_asked = |name: &PasskeyName| match lost {
        Lost::All => true,
        Lost::Passkeys(lost) => lost == name,
        Lost::App | Lost::Codes => false,
    };
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    let mut cleared = Cleared::default();
    for (passkey, _) in passkeys::names_in(&mut tx, id).await?.iter().filter(|(_, name)| is_asked(name)) {
        let removed = passkeys::remove(&mut tx, site, (id, passkey), None, actor).await?;
        cleared.removed += usize::from(removed.is_some());
    }
    if matches!(lost, Lost::App | Lost::All) {
        cleared.removed += usize::from(totp_app::remove(&mut tx, id, now).await?);
    }
    if matches!(lost, Lost::Codes | Lost::All) {
        cleared.removed += usize::from(recovery_codes::remove(&mut tx, id, now).await?);
    }
    if cleared.removed > 0 {
        removed(&mut tx, id, cleared.removed, actor, now).await?;
        outbox::notify(&mut tx, site, EmailKind::FactorRemoved, id, actor).await?;
        // While a change of the address can be undone, the reader of the new one may not be the owner.
        if let Some(before) = links::revertible(&mut tx, site, id).await?.oldest {
            outbox::write(&mut tx, site, EmailKind::FactorRemoved, Some(id), &before, actor).await?;
        }
    }
    cleared.turned_off = match lost {
        Lost::All => off(&mut tx, site, id, actor).await?,
        Lost::App | Lost::Passkeys(_) => off_if_none_left(&mut tx, site, id, actor).await?,
        Lost::Codes => false,
    };
    if cleared == Cleared::default() {
        return Ok(cleared);
    }
    if cleared.turned_off {
        outbox::notify(&mut tx, site, EmailKind::TwoFactorOff, id, actor).await?;
    }
    sessions::end_all(&mut tx, site, id, actor).await?;
    tx.commit().await?;
    Ok(cleared)
}

/// Writes that so many were removed. Logged after the commit.
async fn removed(tx: &mut Tx, id: &AccountId, count: usize, actor: Actor<'_>, now: Time) -> sqlx::Result<()> {
    let (event, detail) = (Event::FactorRemoved, Detail::number(count, 0));
    Entry { event, account: Some(id), actor }.write_with(tx, Some(&detail), now).await?;
    let (id, actor) = (id.clone(), actor.stored());
    tx.after_commit(move || {
        Entry { event, account: Some(&id), actor: actor.actor() }.log_with(Some(&detail));
    });
    Ok(())
}
