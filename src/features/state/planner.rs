//! What a plan is made with: the site, what there is, and the rules that several kinds of things share.

use std::collections::BTreeSet;

use super::declared::{Declared, NamedGroup, Wanted};
use super::found::Found;
use super::node::Mistake;
use crate::base::Site;
use crate::people::Email;
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

    /// Whether an address that is not confirmed keeps an account from being given anything: a stranger may
    /// have signed up with it, with a password of their own. Where no emails are sent, none is ever
    /// confirmed.
    pub(super) fn is_unproved(&self, is_confirmed: bool) -> bool {
        self.site.mailer.is_on() && !is_confirmed
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
