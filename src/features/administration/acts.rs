//! What an administrator does to an account. The decisions are those that its owner and the command line make as well;
//! here stand the few that only an administrator makes.

use std::net::IpAddr;

use super::done::record;
use crate::base::rate_limit::RetryAfter;
use crate::base::{Site, Tx};
use crate::features::{account_acts, account_changes, email_links};
use crate::people::accounts::{Handle, HandleSet};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::groups::LastAdmin;
use crate::people::{Account, Actor, Administrator, Email, accounts, belongings, sessions};
use crate::services::administration;
use crate::services::links::{self, HandedOver, Purpose};
use crate::services::outbox::{self, EmailKind};
use crate::services::passwords;
use crate::services::second_factor::{self, Lost};
use crate::web::{self, Submission};

/// What is done.
#[derive(Clone, Copy, Debug)]
pub(super) enum AccountAct<'a> {
    /// All its sessions and devices end.
    LogOut,
    /// The session or the device with this ID ends.
    EndPlace(&'a str),
    /// No one can log in to it any more.
    Disable,
    /// Its owner can log in again.
    Enable,
    /// Its address counts as confirmed: the administrator vouches for it.
    Confirm,
    /// The wrong passwords and codes that were counted are forgotten.
    Unlock,
    /// The wrong passwords and codes of the network of this address are forgotten.
    UnlockNetwork(IpAddr),
    /// All second factors are removed.
    RemoveFactors,
    /// It is deleted, with everything that belongs to it.
    Delete,
}

/// Who does it, and by which form.
#[derive(Clone, Copy, Debug)]
pub(super) struct By<'b> {
    pub(super) administrator: &'b Administrator,
    pub(super) submission: &'b Submission,
}

impl<'b> By<'b> {
    fn actor(self) -> Actor<'b> {
        Actor::Administrator(self.administrator)
    }

    /// Commits what was done, together with the answer of the form, which is one of the administrator's.
    async fn commit(self, site: &Site, mut tx: Tx) -> sqlx::Result<()> {
        let account = self.administrator.account();
        self.submission.succeed(&mut tx, site, Some(account.as_str())).await?;
        tx.commit().await
    }
}

/// Does something to an account of another person. What is so already stays as it is, and is no event: a form that is
/// sent twice does it once. Nothing is done that would leave no administrator who can log in.
pub(super) async fn perform(
    site: &Site,
    account: &Account,
    act: AccountAct<'_>,
    by: By<'_>,
) -> web::Result<Result<(), LastAdmin>> {
    let actor = by.actor();
    match act {
        AccountAct::LogOut => log_out(site, account, by).await?,
        AccountAct::EndPlace(place) => end_place(site, account, place, by).await?,
        AccountAct::Confirm => confirm(site, account, by).await?,
        AccountAct::Unlock => {
            second_factor::unlock(site, &account.id).await?;
            passwords::unlock(site, account, actor, by.submission).await?;
        }
        AccountAct::UnlockNetwork(address) => {
            administration::unlock_network(site, address, actor, by.submission).await?;
        }
        AccountAct::RemoveFactors => {
            let cleared = second_factor::clear(site, account, &Lost::All, actor, by.submission).await?;
            return Ok(cleared.map(|_| ()));
        }
        AccountAct::Delete => {
            return account_changes::delete_by_form(site, account, actor, by.submission).await;
        }
        // Done twice, these two are nothing: the answer of the form follows in a transaction of its own.
        AccountAct::Disable => {
            if let Err(refused) = account_changes::disable(site, account, actor).await? {
                return Ok(Err(refused));
            }
            record(site, by.administrator.account(), by.submission).await?;
        }
        AccountAct::Enable => {
            account_changes::enable(site, &account.id, actor).await?;
            record(site, by.administrator.account(), by.submission).await?;
        }
    }
    Ok(Ok(()))
}

/// Gives an account another handle, or none.
pub(super) async fn set_handle(
    site: &Site,
    account: &Account,
    handle: Option<&Handle>,
    by: By<'_>,
) -> web::Result<HandleSet> {
    let actor = Actor::Administrator(by.administrator);
    let mut tx =
        site.db.begin_locked(&[account.id.lock_key(), by.administrator.account().lock_key()]).await?;
    let set = account_acts::set_handle_in(&mut tx, site, &account.id, handle, actor).await?;
    if matches!(set, HandleSet::Done | HandleSet::Unchanged) {
        by.commit(site, tx).await?;
    }
    Ok(set)
}

/// Ends all sessions and remembered devices of an account. It is no event if there is none.
async fn log_out(site: &Site, account: &Account, by: By<'_>) -> sqlx::Result<()> {
    let (id, now) = (&account.id, site.clock.now());
    let places = sessions::list_for_operator(site, id).await?.len();
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    if places > 0 {
        sessions::end_all(&mut tx, site, id, by.actor()).await?;
        Submission::none().supersede(&mut tx, id.as_str()).await?;
        let entry = Entry { event: Event::AllEnded, account: Some(id), actor: by.actor() };
        entry.record_in(&mut tx, Some(Detail::number(places, 0)), now).await?;
    }
    by.commit(site, tx).await
}

/// Ends one of them. It is no event if it has ended.
async fn end_place(site: &Site, account: &Account, place: &str, by: By<'_>) -> sqlx::Result<()> {
    let (id, now, actor) = (&account.id, site.clock.now(), by.actor());
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    if sessions::end_place(&mut tx, id, place, actor, now).await? > 0 {
        Submission::none().supersede(&mut tx, id.as_str()).await?;
        Entry { event: Event::DeviceEnded, account: Some(id), actor }.record_in(&mut tx, None, now).await?;
    }
    by.commit(site, tx).await
}

/// Lets the address of an account count as confirmed. An account that waited for it begins.
async fn confirm(site: &Site, account: &Account, by: By<'_>) -> web::Result<()> {
    let (id, now, actor) = (&account.id, site.clock.now(), by.actor());
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    if !accounts::is_confirmed(&mut tx, id).await? {
        belongings::confirm(&mut tx, site, id, actor, now).await?;
        Submission::none().supersede(&mut tx, id.as_str()).await?;
        let entry = Entry { event: Event::Confirmed, account: Some(id), actor };
        entry.record_in(&mut tx, Some(Detail::state("not confirmed", "confirmed")), now).await?;
    }
    Ok(by.commit(site, tx).await?)
}

/// Makes a link with which the owner of an account chooses a new password. The owner is told. An error with the time to
/// wait if administrators have had many emails sent to the address.
pub(super) async fn reset_link(
    site: &Site,
    account: &Account,
    by: By<'_>,
) -> sqlx::Result<Result<HandedOver, RetryAfter>> {
    let (id, email, actor) = (&account.id, &account.email, by.actor());
    let mut tx = site.db.begin_locked(&[id.lock_key(), email.lock_key()]).await?;
    // No one is told at an address that is not confirmed.
    if account.confirmed_at.is_some()
        && let Err(wait) = outbox::count_by_administrator(&mut tx, site, email, actor).await?
    {
        return Ok(Err(wait));
    }
    let (made, entry) = links::make_in(&mut tx, site, id, email, Purpose::Reset, actor).await?;
    outbox::notify(&mut tx, site, EmailKind::LinkMade, id, actor).await?;
    by.commit(site, tx).await?;
    if let Some(entry) = entry {
        entry.log();
    }
    Ok(Ok(made))
}

/// Makes a link with which the owner of an account gives it another address. `None` if another account has that. The
/// owner is told at the present one.
pub(super) async fn address_link(
    site: &Site,
    account: &Account,
    email: &Email,
    by: By<'_>,
) -> sqlx::Result<Option<HandedOver>> {
    let mut tx = site.db.begin_locked(&[account.id.lock_key(), email.lock_key()]).await?;
    let link = email_links::link_in(&mut tx, site, account, email, by.actor()).await?;
    match link {
        Some(_) => by.commit(site, tx).await?,
        None => tx.commit().await?,
    }
    Ok(link)
}
