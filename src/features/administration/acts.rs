//! What an administrator does to an account. The decisions are those that its owner and the command line make as well;
//! here stand the few that only an administrator makes.

use std::net::IpAddr;

use crate::base::Site;
use crate::features::{account_changes, email_links};
use crate::people::audit::{Detail, Entry, Event};
use crate::people::groups::LastAdmin;
use crate::people::{Account, Actor, Administrator, Email, accounts, belongings, sessions};
use crate::services::administration;
use crate::services::links::{HandedOver, Purpose};
use crate::services::passwords;
use crate::services::second_factor::{self, Lost};
use crate::web::{self, Submission};

/// What is done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act<'a> {
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

/// Does something to an account of another person. What is so already stays as it is, and is no event: a form that is
/// sent twice does it once. Nothing is done that would leave no administrator who can log in.
pub(super) async fn perform(
    site: &Site,
    account: &Account,
    act: Act<'_>,
    by: By<'_>,
) -> web::Result<Result<(), LastAdmin>> {
    let actor = Actor::Administrator(by.administrator);
    let disabled = account.disabled_at.is_some();
    match act {
        Act::LogOut => log_out(site, account, actor).await?,
        Act::EndPlace(place) => end_place(site, account, place, actor).await?,
        Act::Disable if !disabled => {
            if let Err(refused) = account_changes::disable(site, account, actor).await? {
                return Ok(Err(refused));
            }
        }
        Act::Enable if disabled => account_changes::enable(site, &account.id, actor).await?,
        Act::Disable | Act::Enable => {}
        Act::Confirm => confirm(site, account, actor).await?,
        Act::Unlock => {
            second_factor::unlock(site, &account.id).await?;
            passwords::unlock(site, account, actor).await?;
        }
        Act::UnlockNetwork(address) => administration::unlock_network(site, address, actor).await?,
        Act::RemoveFactors => _ = second_factor::clear(site, account, &Lost::All, actor).await?,
        Act::Delete => {
            if let Err(refused) = account_changes::delete(site, account, actor).await? {
                return Ok(Err(refused));
            }
        }
    }
    done(site, by).await?;
    Ok(Ok(()))
}

/// Records the answer of the form, which is one of the administrator's.
async fn done(site: &Site, by: By<'_>) -> web::Result<()> {
    let account = by.administrator.account();
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    by.submission.succeed(&mut tx, site, Some(account.as_str())).await?;
    Ok(tx.commit().await?)
}

/// Ends all sessions and remembered devices of an account.
async fn log_out(site: &Site, account: &Account, actor: Actor<'_>) -> sqlx::Result<()> {
    let (id, now) = (&account.id, site.clock.now());
    let places = sessions::list_for_operator(site, id).await?.len();
    if places == 0 {
        return Ok(());
    }
    let entry = Entry { event: Event::AllEnded, account: Some(id), actor };
    let detail = Detail::number(places, 0);
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    sessions::end_all(&mut tx, site, id, actor).await?;
    Submission::none().supersede(&mut tx, id.as_str()).await?;
    entry.write_with(&mut tx, Some(&detail), now).await?;
    tx.commit().await?;
    entry.log_with(Some(&detail));
    Ok(())
}

/// Ends one of them. Nothing happens if it has ended.
async fn end_place(site: &Site, account: &Account, place: &str, actor: Actor<'_>) -> sqlx::Result<()> {
    let (id, now) = (&account.id, site.clock.now());
    let entry = Entry { event: Event::DeviceEnded, account: Some(id), actor };
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    if sessions::end_place(&mut tx, id, place, actor, now).await? == 0 {
        return Ok(());
    }
    Submission::none().supersede(&mut tx, id.as_str()).await?;
    entry.write(&mut tx, now).await?;
    tx.commit().await?;
    entry.log();
    Ok(())
}

/// Lets the address of an account count as confirmed. An account that waited for it begins.
async fn confirm(site: &Site, account: &Account, actor: Actor<'_>) -> web::Result<()> {
    let (id, now) = (&account.id, site.clock.now());
    let entry = Entry { event: Event::Confirmed, account: Some(id), actor };
    let detail = Detail::state("not confirmed", "confirmed");
    let mut tx = site.db.begin_locked(&[id.lock_key()]).await?;
    if accounts::is_confirmed(&mut tx, id).await? {
        return Ok(());
    }
    belongings::confirm(&mut tx, site, id, actor, now).await?;
    Submission::none().supersede(&mut tx, id.as_str()).await?;
    entry.write_with(&mut tx, Some(&detail), now).await?;
    tx.commit().await?;
    entry.log_with(Some(&detail));
    Ok(())
}

/// Makes a link with which the owner of an account chooses a new password. The owner is told.
pub(super) async fn reset_link(
    site: &Site,
    account: &Account,
    administrator: &Administrator,
) -> sqlx::Result<HandedOver> {
    let actor = Actor::Administrator(administrator);
    email_links::link_to_hand_over(site, account, &account.email, Purpose::Reset, actor).await
}

/// Makes a link with which the owner of an account gives it another address. `None` if another account has that. The
/// owner is told at the present one.
pub(super) async fn address_link(
    site: &Site,
    account: &Account,
    email: &Email,
    administrator: &Administrator,
) -> sqlx::Result<Option<HandedOver>> {
    email_links::link(site, account, email, Actor::Administrator(administrator)).await
}
