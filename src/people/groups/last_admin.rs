//! The last administrator. An act that would leave none who can log in is refused, however many are tried at the same
//! moment. The command line may do it all the same, and says so.
//!
//! Three rules keep that true. An account joins and leaves a group in a transaction that holds the lock of the account, or
//! has made it. A transaction that may take an administrator away holds the lock of the group `admins` as well, from its
//! beginning, so that two of them run one after the other, on any instance. And it counts after its change, before it
//! commits.
//!
//! What an owner does against an attacker is not refused: a link of an email that takes the password away sends the one
//! with which a new password is chosen.
//!
//! One act is an exception to all three rules: a reset by email gives an address that was never confirmed to its owner,
//! without the groups that were joined with it, even if that takes the last administrator away. Otherwise a stranger who
//! mistyped the address would stay one. The log then says which command makes another.

use sqlx::{Any, Executor};

use super::group_name::GroupName;
use super::store;
use crate::base::{Db, Settings, Site, Tx};
use crate::people::accounts::{AccountId, Email};
use crate::people::actor::Actor;

/// Why an act was refused, and nothing happened: no administrator who can log in would have been left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastAdmin;

impl LastAdmin {
    /// The key of its sentence.
    pub const SENTENCE: &'static str = "last-admin";
}

/// Whether there was an administrator who could log in, before a change that may take one away.
#[must_use = "after the change, `keep_one` says whether it may be committed"]
#[derive(Clone, Copy, Debug)]
pub struct AdminsBefore(bool);

impl AdminsBefore {
    /// For a change that takes no administrator away, or that is done whatever it leaves.
    pub(super) const NOTHING_TO_KEEP: AdminsBefore = AdminsBefore(false);

    /// Looks, before the change, in a transaction that holds the lock of the group `admins`, and those of all accounts that it
    /// changes.
    pub async fn read(tx: &mut Tx, site: &Site) -> sqlx::Result<AdminsBefore> {
        Ok(AdminsBefore(keeps_an_admin(tx, site).await?))
    }

    /// The same, unless the actor may take the last one away: the operator has the machine, and makes another one by the
    /// next command.
    pub(super) async fn read_for(tx: &mut Tx, site: &Site, actor: Actor<'_>) -> sqlx::Result<AdminsBefore> {
        if matches!(actor, Actor::CommandLine) {
            return Ok(AdminsBefore::NOTHING_TO_KEEP);
        }
        AdminsBefore::read(tx, site).await
    }

    /// After the change: whether it may be committed. False if it took the last administrator away; dropping the
    /// transaction gives them back.
    pub async fn keep_one(self, tx: &mut Tx, site: &Site) -> sqlx::Result<bool> {
        Ok(!self.0 || keeps_an_admin(tx, site).await?)
    }
}

/// Begins a transaction that may take an account away as an administrator: it is disabled, or deleted. It is locked for the
/// account, and if that is in `admins`, for the group too. Other accounts do not wait for each other.
pub async fn begin_keeping_an_admin(
    site: &Site,
    account: &AccountId,
    actor: Actor<'_>,
) -> sqlx::Result<(Tx, AdminsBefore)> {
    let admins = GroupName::admins();
    let mut tx = site.db.begin_locked(&[account.lock_key()]).await?;
    if !store::is_member(&mut tx, &admins, account).await? {
        // It stays so until this transaction ends.
        return Ok((tx, AdminsBefore::NOTHING_TO_KEEP));
    }
    // All locks are taken at once, in their order: to take one more now could wait for a transaction that waits for this.
    drop(tx);
    let mut tx = site.db.begin_locked(&[account.lock_key(), admins.lock_key()]).await?;
    let before = AdminsBefore::read_for(&mut tx, site, actor).await?;
    Ok((tx, before))
}

/// Whether an administrator who can log in is there. It stays so if the transaction holds the lock of the group `admins`.
pub(super) async fn keeps_an_admin(tx: &mut Tx, site: &Site) -> sqlx::Result<bool> {
    any(&mut *tx, site, None).await
}

/// Whether an account is the only administrator who can log in. This is for saying it early: without the lock of the group
/// it may be different when it counts.
pub async fn is_last_admin(tx: &mut Tx, site: &Site, account: &AccountId) -> sqlx::Result<bool> {
    Ok(store::is_member(tx, &GroupName::admins(), account).await?
        && !any(&mut *tx, site, Some(account)).await?
        && any(&mut *tx, site, None).await?)
}

/// Whether the site has an administrator who can log in.
pub async fn has_an_admin(site: &Site) -> sqlx::Result<bool> {
    any(site.db.reader(), site, None).await
}

/// Administrators whom the start and `check` name.
const NAMED: i64 = 10;

/// The addresses of administrators who cannot log in, since their address is not confirmed and the site asks for that: some
/// of them, if there are many. Email may have been turned on after they came.
pub async fn unconfirmed_admins(db: &Db, settings: &Settings) -> sqlx::Result<Vec<Email>> {
    if settings.unconfirmed_may_log_in() {
        return Ok(Vec::new());
    }
    store::unconfirmed_members(db, &GroupName::admins(), NAMED).await
}

/// Whether there is an administrator who can log in, not counting one account. The settings decide with: whether those may
/// whose address is not confirmed, and whether passkeys work, and of which domain.
async fn any<'e>(
    executor: impl Executor<'e, Database = Any>,
    site: &Site,
    but_for: Option<&AccountId>,
) -> sqlx::Result<bool> {
    let (settings, admins) = (&site.settings, GroupName::admins());
    let rp_id = settings.rp_id().unwrap_or_default(); // no passkey is of an empty one
    store::can_log_in(executor, (&admins, but_for), settings.unconfirmed_may_log_in(), rp_id).await
}
