//! What has to be done to an account.

use std::collections::BTreeSet;

use super::declared::{AccountState, DeclaredAccount};
use super::found::FoundAccount;
use super::planner::Planner;
use super::report::Line;
use super::steps::{Joining, Make, Plan, Taken};
use crate::people::groups::GroupName;

/// Plans the account at a place of the file.
pub(super) fn plan_account<'d>(
    planner: &mut Planner<'_>,
    plan: &mut Plan<'d>,
    index: usize,
    declared: &'d DeclaredAccount,
) {
    let mut line = Line::of(format!("account {}", declared.email));
    let found = planner.found.accounts.get(&declared.email.key());
    match (declared.state, found) {
        (Some(AccountState::Absent), None) => {}
        (Some(AccountState::Absent), Some(found)) => {
            plan.lock(declared.at, &found.account.id);
            if is_admin(found) {
                plan.take_admin(declared.at);
            }
            plan.delete.push(taken(declared, found));
            line.did("deleted");
        }
        (_, None) => missing(planner, plan, index, declared, &mut line),
        (_, Some(found)) => there(planner, plan, (index, declared), found, &mut line),
    }
    plan.lines.push(line);
}

/// An account that does not exist. What people do with their accounts must not stop the file: those who closed
/// one, or are about to take an address back, keep the others from nothing.
fn missing<'d>(
    planner: &mut Planner<'_>,
    plan: &mut Plan<'d>,
    index: usize,
    declared: &'d DeclaredAccount,
    line: &mut Line,
) {
    planner.groups_exist(&declared.groups);
    if planner.found.reserved.contains(&declared.email.key()) {
        return line
            .waits("another account can have this address back, until the link in its email has ended");
    }
    let Some(name) = &declared.name else {
        return line.waits("there is no such account, and no name to create it with");
    };
    if !planner.can_get_email(declared.at, &declared.email) {
        return;
    }
    // Without it, apps would know the person by another name.
    if let Some(why) = planner.handle_waits(declared, None) {
        return line.waits(why);
    }
    line.did(if declared.password.is_some() { "created" } else { "created without a password" });
    if declared.handle.is_some() {
        line.did("handle set");
    }
    if declared.password.is_some() {
        plan.passwords.insert(index, name.clone());
    }
    let is_disabled = declared.state == Some(AccountState::Disabled);
    if is_disabled {
        line.did("disabled");
    }
    let place = plan.make.len();
    plan.make.push(Make { index, declared, name, is_disabled });
    plan.join.extend(declared.groups.iter().map(|named| (Joining::New(place), &named.name)));
    line.did_with("joined", declared.groups.iter().map(|named| named.name.as_str()));
}

fn there<'d>(
    planner: &mut Planner<'_>,
    plan: &mut Plan<'d>,
    (index, declared): (usize, &'d DeclaredAccount),
    found: &FoundAccount,
    line: &mut Line,
) {
    planner.groups_exist(&declared.groups);
    take(planner, plan, declared, found, line);
    let account = &found.account.id;
    let handle_waits = planner.handle_waits(declared, Some(account));
    let gets_handle = handle_waits.is_none() && planner.gets_handle(declared, account);
    let given = Given { handle: gets_handle, ..Given::of(declared, found) };
    if let Some(why) = handle_waits {
        line.waits(why);
    }
    if given.is_nothing() {
        return;
    }
    if planner.is_unproved(found.account.is_confirmed) {
        return line.waits(Planner::UNPROVED);
    }
    give(plan, (index, declared), &given, found, line);
}

/// What the account loses.
fn take(
    planner: &Planner<'_>,
    plan: &mut Plan<'_>,
    declared: &DeclaredAccount,
    found: &FoundAccount,
    line: &mut Line,
) {
    if declared.state == Some(AccountState::Disabled) && !found.account.is_disabled {
        plan.lock(declared.at, &found.account.id);
        if is_admin(found) {
            plan.take_admin(declared.at);
        }
        plan.disable.push(taken(declared, found));
        line.did("disabled");
    }
    if declared.exactly {
        let declared_groups: BTreeSet<&GroupName> = declared.groups.iter().map(|named| &named.name).collect();
        // Those that are deleted take their members with them.
        let stays = |group: &&GroupName| planner.known.contains(*group) && !declared_groups.contains(*group);
        let left: Vec<&GroupName> = found.groups.iter().filter(stays).collect();
        left.iter().for_each(|group| plan.leave(declared.at, &found.account, group));
        line.did_with("left", left.iter().map(|group| group.as_str()));
    }
}

/// What an account that is there is given.
struct Given<'d> {
    name: bool,
    handle: bool,
    password: bool,
    enabled: bool,
    groups: Vec<&'d GroupName>,
}

impl<'d> Given<'d> {
    fn of(declared: &'d DeclaredAccount, found: &FoundAccount) -> Given<'d> {
        let names = declared.groups.iter().map(|named| &named.name);
        Given {
            handle: false,
            name: declared.name.as_ref().is_some_and(|name| *name != found.account.name),
            // An account that was used has lost its password for a reason: its owner took it away from an
            // attacker, who may have known the one in the file.
            password: declared.password.is_some() && !found.has_password && !found.account.was_used,
            enabled: declared.state == Some(AccountState::Present) && found.account.is_disabled,
            groups: names.filter(|name| !found.groups.contains(*name)).collect(),
        }
    }

    fn is_nothing(&self) -> bool {
        !self.name && !self.handle && !self.password && !self.enabled && self.groups.is_empty()
    }
}

fn give<'d>(
    plan: &mut Plan<'d>,
    (index, declared): (usize, &'d DeclaredAccount),
    given: &Given<'d>,
    found: &FoundAccount,
    line: &mut Line,
) {
    let account = &found.account;
    if given.name || given.handle || given.password || given.enabled {
        plan.lock(declared.at, &account.id);
    }
    if given.enabled {
        plan.enable.push(account.id.clone());
        line.did("enabled");
    }
    if let (true, Some(name)) = (given.name, &declared.name) {
        plan.rename.push((account.id.clone(), name));
        line.did("name changed");
    }
    if let (true, Some(handle)) = (given.handle, &declared.handle) {
        plan.set_handle.push((account.id.clone(), handle));
        line.did("handle set");
    }
    if given.password {
        plan.passwords.insert(index, declared.name.clone().unwrap_or_else(|| account.name.clone()));
        plan.set_password.push((account.id.clone(), index));
        line.did("password set");
    }
    given.groups.iter().for_each(|group| plan.join(declared.at, account, group));
    line.did_with("joined", given.groups.iter().map(|group| group.as_str()));
}

fn is_admin(found: &FoundAccount) -> bool {
    found.groups.iter().any(GroupName::is_admins)
}

fn taken(declared: &DeclaredAccount, found: &FoundAccount) -> Taken {
    Taken { at: declared.at, account: found.account.id.clone(), email: found.account.email.clone() }
}
