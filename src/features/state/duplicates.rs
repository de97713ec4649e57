//! What a file says twice. Of two that contradict each other, the order must not decide without a word.

use std::collections::btree_map::{BTreeMap, Entry};

use super::declared::{AccountState, AppState, Declared, NamedGroup, Wanted};
use super::node::Mistake;
use super::source::Source;

/// What was declared before, by what it is known by, with its place.
struct Before<'s>(&'s Source, BTreeMap<String, usize>);

impl Before<'_> {
    /// Remembers one. The mistake, if it was there.
    fn again(&mut self, known_by: String, at: usize) -> Option<Mistake> {
        match self.1.entry(known_by) {
            Entry::Vacant(place) => {
                place.insert(at);
                None
            }
            Entry::Occupied(before) => {
                let line = self.0.line(*before.get());
                Some(Mistake::new(at, format!("{} was declared before, in line {line}.", before.key())))
            }
        }
    }
}

/// The mistakes.
pub(super) fn duplicates(source: &Source, declared: &Declared) -> Vec<Mistake> {
    let before = || Before(source, BTreeMap::new());
    let (mut groups, mut accounts, mut memberships, mut invitations) =
        (before(), before(), before(), before());
    let mut handles = before();
    let mut mistakes = Vec::new();
    for group in &declared.groups {
        mistakes.extend(groups.again(format!("the group {}", group.name), group.at));
    }
    for account in &declared.accounts {
        mistakes.extend(accounts.again(account.email.key(), account.at));
        // One that an account loses is never another's: it waits, and says so.
        let handle = account.handle.as_ref().filter(|_| account.state != Some(AccountState::Absent));
        mistakes.extend(handle.and_then(|handle| handles.again(format!("the handle {handle}"), account.at)));
    }
    for membership in &declared.memberships {
        let (email, group) = (membership.email.key(), &membership.group);
        if let Some(at) = accounts.1.get(&email) {
            let line = source.line(*at);
            let told = format!("{email} is among the accounts, in line {line}: write its groups there.");
            mistakes.push(Mistake::new(membership.at, told));
        }
        let known_by = format!("the membership of {email} in {}", group.name);
        mistakes.extend(memberships.again(known_by, membership.at));
    }
    for invitation in &declared.invitations {
        mistakes.extend(invitations.again(format!("the invitation {}", invitation.key), invitation.at));
        let handle = invitation.handle.as_ref().filter(|_| invitation.wanted == Wanted::Present);
        mistakes
            .extend(handle.and_then(|handle| handles.again(format!("the handle {handle}"), invitation.at)));
    }
    let mut apps = before();
    for app in &declared.apps {
        mistakes.extend(apps.again(format!("the app {}", app.name), app.at));
    }
    mistakes.extend(members_of_the_absent(source, declared));
    mistakes
}

/// Mentions of groups that the file itself removes.
fn members_of_the_absent(source: &Source, declared: &Declared) -> Vec<Mistake> {
    let absent = declared.groups.iter().filter(|group| group.wanted == Wanted::Absent);
    let absent: BTreeMap<&str, usize> = absent.map(|group| (group.name.as_str(), group.at)).collect();
    let of_accounts = declared.accounts.iter().flat_map(|account| &account.groups);
    let present = declared.memberships.iter().filter(|one| one.wanted == Wanted::Present);
    let of_memberships = present.map(|membership| &membership.group);
    let of_invitations = declared.invitations.iter().flat_map(|invitation| &invitation.groups);
    let present = declared.apps.iter().filter(|app| app.state != Some(AppState::Absent));
    let of_apps = present.flat_map(|app| &app.mentioned);
    let named = of_accounts.chain(of_memberships).chain(of_invitations).chain(of_apps);
    let mistake = |named: &NamedGroup| {
        let at = absent.get(named.name.as_str())?;
        let line = source.line(*at);
        Some(Mistake::new(named.at, format!("the group {} is absent, says line {line}.", named.name)))
    };
    named.filter_map(mistake).collect()
}
