//! What has to be done to apps. A host belongs to one app, so they are planned together: what counts is who has it when
//! all is done.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::app_steps::AppSteps;
use super::declared::{AppState, Declared, DeclaredApp};
use super::node::Mistake;
use super::planner::Planner;
use super::report::Line;
use super::steps::Plan;
use crate::services::apps::{App, AppName, NewApp, all_wrong};

/// Plans all apps that a file declares.
pub(super) fn plan_apps(planner: &mut Planner<'_>, plan: &mut Plan<'_>, declared: &Declared) {
    let found = &planner.found.apps;
    let mut then: BTreeMap<AppName, NewApp> =
        found.iter().map(|app| (app.name.clone(), app.made_of().in_order())).collect();
    for app in &declared.apps {
        let before = then.remove(&app.name);
        if app.state != Some(AppState::Absent) {
            let before = before.unwrap_or_else(|| NewApp::of(app.name.clone()));
            then.insert(app.name.clone(), before.with(&app.change));
        }
    }
    for app in &declared.apps {
        let line = match then.get(&app.name) {
            None => absent(&mut plan.apps, app, found.by_name(&app.name)),
            Some(after) => {
                planner.groups_exist(&app.mentioned);
                present(&mut plan.apps, app, found.by_name(&app.name), after)
            }
        };
        plan.lines.push(line);
    }
    // What was there before and is not touched may stay as it is, whatever the settings have become.
    let touched = declared.apps.iter().filter_map(|app| {
        let after = then.get(&app.name)?;
        let is_new = found.by_name(&app.name).is_none_or(|before| before.made_of().in_order() != *after);
        (is_new || app.change.origins.is_some()).then_some((app, after))
    });
    for (app, after) in touched {
        let owner_of = |host: &str| {
            let others = then.values().filter(|other| other.name != after.name);
            let mut owners = others.filter(|other| other.origins.iter().any(|origin| origin.host() == host));
            owners.next().map(|owner| owner.name.clone())
        };
        for wrong in all_wrong(planner.site, after, owner_of) {
            let told = format!("the app {} cannot be as it is written here. {wrong}", app.name);
            planner.mistakes.push(Mistake::new(app.at, told));
        }
    }
}

fn absent(steps: &mut AppSteps, declared: &DeclaredApp, found: Option<&Arc<App>>) -> Line {
    let mut line = Line::of(format!("app {}", declared.name));
    if let Some(app) = found {
        steps.delete.push(app.clone());
        line.did("deleted");
    }
    line
}

fn present(steps: &mut AppSteps, declared: &DeclaredApp, found: Option<&Arc<App>>, after: &NewApp) -> Line {
    let mut line = Line::of(format!("app {}", declared.name));
    let disabled = declared.state == Some(AppState::Disabled);
    let Some(app) = found else {
        line.did("created");
        if disabled {
            line.did("disabled");
        }
        steps.make.push((after.clone(), disabled));
        return line;
    };
    let differences = app.made_of().in_order().differences(after);
    if !differences.is_empty() {
        line.did_with("changed", differences.into_iter());
        steps.change.push((app.clone(), after.clone()));
    }
    // Without a word about it, one that is disabled stays so.
    if declared.state.is_some() && app.disabled_at.is_some() != disabled {
        line.did(if disabled { "disabled" } else { "enabled" });
        steps.set_disabled.push((app.clone(), disabled));
    }
    line
}
