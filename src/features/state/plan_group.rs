//! What has to be done to a group.

use super::declared::{DeclaredGroup, Wanted};
use super::planner::Planner;
use super::report::Line;
use super::steps::Plan;
use crate::people::groups::GroupTitle;

/// Plans one.
pub(super) fn plan_group<'d>(planner: &Planner<'_>, plan: &mut Plan<'d>, declared: &'d DeclaredGroup) {
    let DeclaredGroup { name, title, wanted, .. } = declared;
    let mut line = Line::of(format!("group {name}"));
    match (wanted, planner.found.groups.get(name)) {
        (Wanted::Absent, Some(_)) => {
            plan.delete_groups.push(name);
            line.did("deleted");
        }
        // `admins` is there before it has a row, and needs one only for a title of its own.
        (Wanted::Present, None) if !name.is_admins() || title.is_some() => {
            plan.make_groups.push((name, title.clone().unwrap_or_else(|| GroupTitle::of(name))));
            line.did("created");
        }
        (Wanted::Present, Some(now)) => {
            if let Some(title) = title.as_ref().filter(|title| title.as_str() != now) {
                plan.retitle.push((name, title));
                line.did("title changed");
            }
        }
        (Wanted::Absent | Wanted::Present, None) => {}
    }
    plan.lines.push(line);
}
