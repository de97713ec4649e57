//! Second factors that the operator removes, for an owner who has lost them.

use super::switch::{off, off_if_none_left};
use crate::base::Site;
use crate::people::audit::{Detail, Entry, Event};
use crate::people::groups::{self, LastAdmin};
use crate::people::{Account, AccountId, Actor, sessions};
use crate::services::outbox::{self, EmailKind};
use crate::services::passkeys::{self, PasskeyName};
use crate::services::{links, recovery_codes, totp_app};
use crate::web::Submission;

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
/// factor now, and its owner is told. Nothing happens if there is nothing to remove, or if the last administrator could not
/// log in without them, unless the command line does it.
pub async fn clear(
    site: &Site,
    account: &Account,
    lost: &Lost,
    actor: Actor<'_>,
    submission: &Submission,
) -> sqlx::Result<Result<Cleared, LastAdmin>> {
    let (id, now) = (&account.id, site.clock.now());
    let is_asked = |name: &PasskeyName| match lost {
        Lost::All => true,
        Lost::Passkeys(lost) => lost == name,
        Lost::App | Lost::Codes => false,
    };
    let (mut tx, admins) = groups::begin_keeping_an_admin(site, id, actor).await?;
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
        let entry = Entry { event: Event::FactorRemoved, account: Some(id), actor };
        entry.record_in(&mut tx, Some(Detail::number(cleared.removed, 0)), now).await?;
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
    if cleared != Cleared::default() {
        if !admins.keep_one(&mut tx, site).await? {
            return Ok(Err(LastAdmin));
        }
        if cleared.turned_off {
            outbox::notify(&mut tx, site, EmailKind::TwoFactorOff, id, actor).await?;
        }
        sessions::end_all(&mut tx, site, id, actor).await?;
    }
    submission.succeed(&mut tx, site, actor.account().map(AccountId::as_str)).await?;
    tx.commit().await?;
    Ok(Ok(cleared))
}
