//! What a plan is made with: the site, what there is, and the rules that several kinds of things share.

use std::collections::BTreeSet;

use super::declared::{Declared, DeclaredAccount, DeclaredInvitation, NamedGroup, Wanted};
use super::found::Found;
use super::node::Mistake;
use crate::base::Site;
use crate::people::Email;
use crate::people::accounts::{AccountId, HandleSet};
use crate::people::groups::GroupName;

/// The most names of groups that a mistake lists.
const LISTED: usize = 20;

/// What a plan is made with, and the mistakes that were found.
pub(super) struct Planner<'p> {
    pub(super) site: &'p Site,
    pub(super) found: &'p Found,
    /// The groups that there are when all is done.
    pub(super) known: BTreeSet<GroupName>,
    pub(super) mistakes: Vec<Mistake>,
}

impl<'p> Planner<'p> {
    /// One that has planned nothing yet.
    pub(super) fn new(site: &'p Site, found: &'p Found, declared: &Declared) -> Planner<'p> {
        let mut known: BTreeSet<GroupName> =
            found.groups.keys().cloned().chain([GroupName::admins()]).collect();
        for group in &declared.groups {
            match group.wanted {
                Wanted::Present => known.insert(group.name.clone()),
                Wanted::Absent => known.remove(&group.name),
            };
        }
        Planner { site, found, known, mistakes: Vec::new() }
    }

    /// Refuses names that no group has. A misspelt one must neither be left out nor created.
    pub(super) fn groups_exist(&mut self, named: &[NamedGroup]) {
        for NamedGroup { at, name } in named.iter().filter(|named| !self.known.contains(&named.name)) {
            // All but `admins`, which is always there.
            let (count, names) =
                (self.known.len().saturating_sub(1), self.known.iter().filter(|name| !name.is_admins()));
            let listed: Vec<&str> = names.map(GroupName::as_str).take(LISTED).collect();
            let there = match count {
                0 => "there are none but admins".to_owned(),
                _ if count > LISTED => {
                    format!("there are {} and {} more", listed.join(", "), count - LISTED)
                }
                _ => format!("there are {}", listed.join(", ")),
            };
            let told = format!("group \"{name}\" is not among groups; {there}.");
            self.mistakes.push(Mistake::new(*at, told));
        }
    }

    /// Why an account waits whose address is not confirmed.
    pub(super) const UNPROVED: &'static str =
        "its address is not confirmed: its owner used no link yet, or anyone may have signed up with it";

    /// Whether an address that is not confirmed keeps an account from being given anything: a stranger may
    /// have signed up with it, with a password of their own. Where no emails are sent, none is ever
    /// confirmed.
    pub(super) fn is_unproved(&self, is_confirmed: bool) -> bool {
        self.site.mailer.is_on() && !is_confirmed
    }

    /// Why an account cannot have the handle that the file gives it, if it cannot. What people do with their accounts
    /// must not stop the file, so this does not: an account that its owner closed takes its handle along.
    pub(super) fn handle_waits(
        &self,
        declared: &DeclaredAccount,
        account: Option<&AccountId>,
    ) -> Option<&'static str> {
        waits(self.found.handles.judge(declared.handle.as_ref()?, account))
    }

    /// The same for a new invitation, which another one may keep from it as well.
    pub(super) fn promise_waits(&self, declared: &DeclaredInvitation) -> Option<&'static str> {
        let handle = declared.handle.as_ref()?;
        if self.found.promised.contains(handle) {
            return Some("another invitation promises this handle");
        }
        waits(self.found.handles.judge(handle, None))
    }

    /// Whether the file gives an account a handle that it does not have.
    pub(super) fn gets_handle(&self, declared: &DeclaredAccount, account: &AccountId) -> bool {
        let judged = declared.handle.as_ref().map(|handle| self.found.handles.judge(handle, Some(account)));
        judged == Some(HandleSet::Done)
    }

    /// Refuses a new address to which no email can be sent.
    pub(super) fn can_get_email(&mut self, at: usize, email: &Email) -> bool {
        let can = Email::new_address(email.as_str()).is_some();
        if !can {
            self.mistakes.push(Mistake::new(at, format!("no email can be sent to the address {email}.")));
        }
        can
    }
}

/// Why a handle cannot be given, if it cannot.
fn waits(judged: HandleSet) -> Option<&'static str> {
    match judged {
        HandleSet::Taken => Some("another account has this handle"),
        HandleSet::UsedBefore => Some("another account once had this handle, and no other account gets it"),
        HandleSet::Done | HandleSet::Unchanged => None,
    }
}
