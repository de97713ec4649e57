//! A plan: all steps, and what has to be there before they are taken.

use std::collections::{BTreeMap, BTreeSet};

use super::app_steps::AppSteps;
use super::declared::{DeclaredAccount, DeclaredInvitation};
use super::node::Mistake;
use super::report::Line;
use crate::base::LockKey;
use crate::people::accounts::{AccountId, AtAddress, Email, Handle, Name};
use crate::people::groups::{self, GroupName, GroupTitle};
use crate::services::invitations::InvitationId;

/// The most accounts of which one file changes more than their groups. A server's table of locks is of
/// limited size, and others use it, too.
pub(super) const MOST_LOCKED: usize = 2_000;

/// Who joins a group.
pub(super) enum Joining {
    /// An account that was there.
    Found(AccountId),
    /// One that is made, by its place in [`Plan::make`].
    New(usize),
}

/// An account to be made.
pub(super) struct Make<'d> {
    /// Its place in the file.
    pub(super) index: usize,
    pub(super) declared: &'d DeclaredAccount,
    pub(super) name: &'d Name,
    pub(super) is_disabled: bool,
}

/// An account that is disabled or deleted.
pub(super) struct Taken {
    pub(super) at: usize,
    pub(super) account: AccountId,
    pub(super) email: Email,
}

/// An invitation that is taken back.
pub(super) struct Revoke<'d> {
    pub(super) id: InvitationId,
    pub(super) key: &'d str,
}

/// All steps.
#[derive(Default)]
pub(super) struct Plan<'d> {
    /// What is told of each thing.
    pub(super) lines: Vec<Line>,
    pub(super) make_groups: Vec<(&'d GroupName, GroupTitle)>,
    pub(super) retitle: Vec<(&'d GroupName, &'d GroupTitle)>,
    pub(super) delete_groups: Vec<&'d GroupName>,
    pub(super) delete: Vec<Taken>,
    pub(super) disable: Vec<Taken>,
    pub(super) enable: Vec<AccountId>,
    pub(super) rename: Vec<(AccountId, &'d Name)>,
    /// Accounts that were there and get a handle.
    pub(super) set_handle: Vec<(AccountId, &'d Handle)>,
    pub(super) make: Vec<Make<'d>>,
    /// Accounts that were there and get a password: with their places in the file.
    pub(super) set_password: Vec<(AccountId, usize)>,
    pub(super) leave: Vec<(AccountId, GroupName)>,
    pub(super) join: Vec<(Joining, &'d GroupName)>,
    pub(super) revoke: Vec<Revoke<'d>>,
    /// With their places in [`Plan::lines`].
    pub(super) invite: Vec<(usize, &'d DeclaredInvitation)>,
    pub(super) apps: AppSteps,
    /// The accounts whose passwords must be known: their places in the file, and the names of their owners.
    pub(super) passwords: BTreeMap<usize, Name>,
    /// The locks that are needed in addition to those that every file takes.
    pub(super) locks: BTreeSet<LockKey>,
    /// The accounts among them, with the place of the last one.
    locked_accounts: (BTreeSet<String>, usize),
    /// The first place at which an administrator is taken away.
    pub(super) takes_admin: Option<usize>,
    /// Whether an account that was there becomes an administrator without a confirmed address.
    pub(super) unproved_admin: bool,
}

impl<'d> Plan<'d> {
    /// An account that was there joins a group.
    pub(super) fn join(&mut self, at: usize, account: &AtAddress, group: &'d GroupName) {
        if group.is_admins() {
            self.lock(at, &account.id);
            self.unproved_admin |= !account.is_confirmed;
        }
        self.join.push((Joining::Found(account.id.clone()), group));
    }

    /// An account leaves a group.
    pub(super) fn leave(&mut self, at: usize, account: &AtAddress, group: &GroupName) {
        if group.is_admins() {
            self.lock(at, &account.id);
            self.take_admin(at);
        }
        self.leave.push((account.id.clone(), group.clone()));
    }

    /// An account is changed that others change only under its lock.
    pub(super) fn lock(&mut self, at: usize, account: &AccountId) {
        self.locks.insert(account.lock_key());
        self.locked_accounts.0.insert(account.as_str().to_owned());
        self.locked_accounts.1 = at;
    }

    /// An administrator is taken away.
    pub(super) fn take_admin(&mut self, at: usize) {
        self.locks.insert(groups::lock_of(&GroupName::admins()));
        self.takes_admin = self.takes_admin.or(Some(at));
    }

    /// The mistake of a file that changes too many accounts.
    pub(super) fn too_many(&self) -> Option<Mistake> {
        let (accounts, at) = &self.locked_accounts;
        (accounts.len() > MOST_LOCKED).then(|| {
            let told = format!(
                "{} accounts would be renamed, disabled, enabled or deleted, get a handle or a password, or \
                 join or leave admins, and {MOST_LOCKED} is the most at once. Write several files.",
                accounts.len()
            );
            Mistake::new(*at, told)
        })
    }
}
