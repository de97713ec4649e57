//! What has to be done so that there is what a file declares. Nothing is done here, and nothing is asked:
//! what there is was read before.

use std::collections::BTreeSet;

use super::declared::{Declared, DeclaredInvitation, NamedGroup, Wanted};
use super::found::Found;
use super::node::Mistake;
use super::plan_account::plan_account;
use super::plan_app::plan_apps;
use super::plan_group::plan_group;
use super::planner::Planner;
use super::report::Line;
use super::steps::{Plan, Revoke};
use crate::base::{LockKey, Site};
use crate::people::groups::{self, GroupName};
use crate::services::{apps, invitations};

/// Plans what a file declares, in the order in which it is done.
pub(super) fn plan<'d>(site: &Site, declared: &'d Declared, found: &Found) -> Result<Plan<'d>, Vec<Mistake>> {
    let (mut planner, mut plan) = (Planner::new(site, found, declared), Plan::default());
    for group in &declared.groups {
        plan_group(&planner, &mut plan, group);
    }
    for (index, account) in declared.accounts.iter().enumerate() {
        plan_account(&mut planner, &mut plan, index, account);
    }
    memberships(&mut planner, &mut plan, declared);
    for declared in &declared.invitations {
        invitation(&mut planner, &mut plan, declared);
    }
    plan_apps(&mut planner, &mut plan, declared);
    planner.mistakes.extend(plan.too_many());
    if planner.mistakes.is_empty() { Ok(plan) } else { Err(planner.mistakes) }
}

/// The locks that every transaction with this file takes: one that lets two of them run one after the other,
/// and those of all groups that it names, so that they stay.
pub(super) fn locks(declared: &Declared) -> BTreeSet<LockKey> {
    let groups = declared.groups.iter().map(|group| &group.name);
    let groups = groups.chain(mentioned(declared).map(|named| &named.name));
    let apps = (!declared.apps.is_empty()).then(apps::lock_key);
    groups.map(groups::lock_of).chain([LockKey::new("apply", "")]).chain(apps).collect()
}

/// All mentions of groups.
fn mentioned(declared: &Declared) -> impl Iterator<Item = &NamedGroup> {
    let of_accounts = declared.accounts.iter().flat_map(|account| &account.groups);
    let of_memberships = declared.memberships.iter().map(|membership| &membership.group);
    let of_invitations = declared.invitations.iter().flat_map(|invitation| &invitation.groups);
    let of_apps = declared.apps.iter().flat_map(|app| &app.mentioned);
    of_accounts.chain(of_memberships).chain(of_invitations).chain(of_apps)
}

fn memberships<'d>(planner: &mut Planner<'_>, plan: &mut Plan<'d>, declared: &'d Declared) {
    for membership in &declared.memberships {
        let (email, group) = (&membership.email, &membership.group);
        let mut line = Line::of(format!("membership of {email} in {}", group.name));
        let found = planner.found.accounts.get(&email.key());
        let is_in = found.is_some_and(|found| found.groups.contains(&group.name));
        match (membership.wanted, found) {
            (Wanted::Absent, Some(found)) if is_in => {
                // It goes with its group, if that goes.
                if planner.known.contains(&group.name) {
                    plan.leave(membership.at, &found.account, &group.name);
                    line.did("left");
                }
            }
            (Wanted::Absent, _) => {}
            (Wanted::Present, found) => {
                planner.groups_exist(std::slice::from_ref(group));
                match found {
                    None => line.waits("there is no such account"),
                    Some(_) if is_in => {}
                    Some(found) if planner.is_unproved(found.account.is_confirmed) => {
                        line.waits(Planner::UNPROVED);
                    }
                    Some(found) => {
                        plan.join(membership.at, &found.account, &group.name);
                        line.did("joined");
                    }
                }
            }
        }
        plan.lines.push(line);
    }
}

fn invitation<'d>(planner: &mut Planner<'_>, plan: &mut Plan<'d>, declared: &'d DeclaredInvitation) {
    let mut line = Line::of(format!("invitation {}", declared.key));
    match (declared.wanted, planner.found.invitations.get(&declared.key)) {
        (Wanted::Present, None) => {
            planner.groups_exist(&declared.groups);
            can_be_invited(planner, declared);
            // Without it, apps would know the invited by another name.
            if let Some(why) = planner.promise_waits(declared) {
                line.waits(why);
                plan.lines.push(line);
                return;
            }
            let names: Vec<GroupName> = declared.groups.iter().map(|named| named.name.clone()).collect();
            plan.locks.extend(invitations::lock_keys(&names));
            plan.invite.push((plan.lines.len(), declared));
            line.did("created");
        }
        (Wanted::Absent, Some(id)) => {
            plan.locks.extend(invitations::renew_lock_keys(id));
            plan.revoke.push(Revoke { id: id.clone(), key: &declared.key });
            line.did("revoked");
        }
        (Wanted::Present, Some(_)) | (Wanted::Absent, None) => {}
    }
    plan.lines.push(line);
}

fn can_be_invited(planner: &mut Planner<'_>, declared: &DeclaredInvitation) {
    if declared.mail && !planner.site.mailer.is_on() {
        let told = "this invitation cannot be emailed: email is off, since smtp_url is not set.";
        planner.mistakes.push(Mistake::new(declared.at, told));
    }
    if let Some(email) = &declared.email {
        planner.can_get_email(declared.at, email);
    }
}
