//! Apps behind the operator's proxy from the command line: added, changed, listed, removed, with or without a running site.

use super::app_arguments::{AppParts, ConnectedAppCommand};
use super::app_check::check;
use super::app_found::{find, none, typed_name};
use super::app_shown::{as_json, row, show, who};
use super::app_snippet::snippet;
use super::lookup::{failed, unread};
use super::output;
use super::serve::{site_of_command, site_with_key, small_runtime};
use super::untrusted;
use crate::base::config::{self, Config, Flags};
use crate::base::{Db, Refusal, Site, WebOrigin, db, instance};
use crate::people::Actor;
use crate::people::groups::{self, GroupName};
use crate::services::apps::{
    self, App, AppChange, AppTitle, Changed, Created, NewApp, PathAccess, PathPrefix, PathRule, SetDisabled,
    WrongApp,
};

/// Who acts here.
const BY: Actor<'_> = Actor::CommandLine;

/// Runs the command.
pub(super) fn app(flags: &Flags, command: &ConnectedAppCommand) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let site = site_for(command, &config, db::attach(&config.settings).await?)?;
        let done = dispatch(&site, &config, command).await;
        site.db.close().await;
        done
    })
}

/// `check` proves to the running site that the operator asks, which takes the secret key.
fn site_for(command: &ConnectedAppCommand, config: &Config, db: Db) -> Result<Site, Refusal> {
    if !matches!(command, ConnectedAppCommand::Check(_)) {
        return site_of_command(config, db);
    }
    instance::key(&config.settings, config.secret_key.as_ref())?;
    site_with_key(config, db)
}

async fn dispatch(site: &Site, config: &Config, command: &ConnectedAppCommand) -> Result<(), Refusal> {
    match command {
        ConnectedAppCommand::Add { name, parts } => add(site, name, parts).await,
        ConnectedAppCommand::Set { name, parts, everyone, no_paths } => {
            set(site, name, parts, (*everyone, *no_paths)).await
        }
        ConnectedAppCommand::List { json } => list(site, *json).await,
        ConnectedAppCommand::Show { name, json } => {
            let app = find(site, name).await?;
            if *json {
                output::line(as_json(&app));
            } else {
                show(&app);
            }
            Ok(())
        }
        ConnectedAppCommand::Disable { name } => set_disabled(site, name, true).await,
        ConnectedAppCommand::Enable { name } => set_disabled(site, name, false).await,
        ConnectedAppCommand::Remove { name } => remove(site, name).await,
        ConnectedAppCommand::Snippet(typed) => snippet(site, config, typed).await,
        ConnectedAppCommand::Check(typed) => check(site, typed).await,
    }
}

async fn add(site: &Site, name: &str, parts: &AppParts) -> Result<(), Refusal> {
    let name = typed_name(name)?;
    let change = typed_change(parts)?;
    if change.origins.is_none() {
        return Err(Refusal::new(format!(
            "Say where the app is: {} app add {name} --at https://{name}.example.org",
            site.settings.program.name
        )));
    }
    let new = NewApp::of(name.clone()).with(&change);
    match apps::create(site, &new, BY).await.map_err(failed)? {
        Created::Done(_) => output::line(format!("Added the app {name}.")),
        Created::NameTaken => {
            let program = site.settings.program.name;
            return Err(Refusal::new(format!(
                "There is already an app {name}. To change it: {program} app set {name}"
            )));
        }
        Created::Wrong(wrong) => return Err(refused(site, &wrong)),
    }
    let app = find(site, name.as_str()).await?;
    tell_who(site, &app).await?;
    if let Some(line) = untrusted::line(&site.settings) {
        output::line(line);
    }
    Ok(())
}

async fn set(
    site: &Site,
    name: &str,
    parts: &AppParts,
    (everyone, no_paths): (bool, bool),
) -> Result<(), Refusal> {
    let name = typed_name(name)?;
    let mut change = typed_change(parts)?;
    if everyone {
        change.groups = Some(Vec::new());
    }
    if no_paths {
        change.paths = Some(Vec::new());
    }
    if change == AppChange::default() {
        return Err(Refusal::new(format!(
            "Say what to change, such as --group family. To list the flags: {} help app set",
            site.settings.program.name
        )));
    }
    match apps::change(site, &name, &change, BY).await.map_err(failed)? {
        Changed::Done => output::line(format!("Changed the app {name}.")),
        Changed::Unchanged => output::line(format!("The app {name} is so already.")),
        Changed::NoApp => return Err(none(site, &name).await),
        Changed::Wrong(wrong) => return Err(refused(site, &wrong)),
    }
    let app = find(site, name.as_str()).await?;
    tell_who(site, &app).await
}

async fn list(site: &Site, json: bool) -> Result<(), Refusal> {
    let apps = apps::read(&site.db).await.map_err(unread)?;
    if json {
        output::line(apps.iter().map(|app| as_json(app)).collect::<serde_json::Value>());
        return Ok(());
    }
    for app in apps.iter() {
        output::line(row(app));
    }
    if apps.is_empty() {
        let program = site.settings.program.name;
        output::line(format!(
            "There are no apps. To add one: {program} app add wiki --at https://wiki.example.org"
        ));
    }
    Ok(())
}

async fn set_disabled(site: &Site, name: &str, disabled: bool) -> Result<(), Refusal> {
    let name = typed_name(name)?;
    let done = if disabled { "Disabled" } else { "Enabled" };
    match apps::set_disabled(site, &name, disabled, BY).await.map_err(failed)? {
        SetDisabled::Done => {
            let so = if disabled { ": no one can open it" } else { "" };
            output::line(format!("{done} the app {name}{so}."));
            Ok(())
        }
        SetDisabled::Unchanged => {
            Err(Refusal::new(format!("The app {name} is already {}.", done.to_lowercase())))
        }
        SetDisabled::NoApp => Err(none(site, &name).await),
    }
}

async fn remove(site: &Site, name: &str) -> Result<(), Refusal> {
    let name = typed_name(name)?;
    if !apps::delete(site, &name, BY).await.map_err(failed)? {
        return Err(none(site, &name).await);
    }
    output::line(format!("Removed the app {name}: no one can open it here. Accounts and groups stay."));
    Ok(())
}

/// Says who may open an app and its parts, and which of its groups do not exist.
async fn tell_who(site: &Site, app: &App) -> Result<(), Refusal> {
    for line in who(app) {
        output::line(line);
    }
    for group in app.named_groups() {
        if !group.is_admins() && !groups::is_there(&site.db, group).await.map_err(unread)? {
            let program = site.settings.program.name;
            output::line(format!(
                "There is no group {group}, so no one is in it. To create it: {program} group create {group}"
            ));
        }
    }
    Ok(())
}

/// Reads what was typed.
fn typed_change(parts: &AppParts) -> Result<AppChange, Refusal> {
    let AppParts { title, origins, groups, open, paths, preflight, remote_user, fresh_for } = parts;
    let typed_groups = groups.iter().map(|name| typed_group(name)).collect::<Result<Vec<_>, _>>()?;
    let typed_origins = origins.iter().map(|typed| typed_origin(typed)).collect::<Result<Vec<_>, _>>()?;
    let no_path = open.is_empty() && paths.is_empty() && preflight.is_empty();
    Ok(AppChange {
        title: title.as_deref().map(typed_title).transpose()?,
        groups: (!groups.is_empty()).then_some(typed_groups),
        origins: (!origins.is_empty()).then_some(typed_origins),
        paths: if no_path { None } else { Some(typed_paths(open, paths, preflight)?) },
        remote_user: *remote_user,
        fresh_for: fresh_for.map(|fresh_for| fresh_for.seconds()),
    })
}

fn typed_title(typed: &str) -> Result<AppTitle, Refusal> {
    AppTitle::parse(typed)
        .ok_or_else(|| Refusal::new(format!("{typed:?} cannot be the title of an app. {}", AppTitle::RULE)))
}

fn typed_origin(typed: &str) -> Result<WebOrigin, Refusal> {
    WebOrigin::parse(typed).map_err(|why| {
        Refusal::new(format!(
            "{typed:?} is not where an app can be: {why}. Type the address of its host, such as \
             https://wiki.example.org."
        ))
    })
}

fn typed_paths(open: &[String], paths: &[String], preflight: &[String]) -> Result<Vec<PathRule>, Refusal> {
    let rules = open.iter().map(|typed| typed_open(typed)).chain(paths.iter().map(|typed| typed_path(typed)));
    let mut rules = rules.collect::<Result<Vec<_>, _>>()?;
    for typed in preflight {
        let prefix = typed_prefix(typed)?;
        let missing = || {
            Refusal::new(format!(
                "--preflight {prefix} is none of the paths. Name it with --open {prefix} or --path {prefix}=GROUP as \
                 well."
            ))
        };
        rules.iter_mut().find(|rule| rule.prefix == prefix).ok_or_else(missing)?.preflight = true;
    }
    Ok(rules)
}

fn typed_open(typed: &str) -> Result<PathRule, Refusal> {
    Ok(PathRule { prefix: typed_prefix(typed)?, access: PathAccess::Open, preflight: false })
}

/// Reads `/admin=admins,editors`.
fn typed_path(typed: &str) -> Result<PathRule, Refusal> {
    let told = || {
        Refusal::new(format!(
            "{typed:?} does not say for whom a path is. Type --path /admin=admins, or --open for a path that is open to \
             everyone."
        ))
    };
    let (prefix, groups) = typed.split_once('=').ok_or_else(told)?;
    let groups: Vec<&str> = groups.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if groups.is_empty() {
        return Err(told());
    }
    let groups = groups.into_iter().map(typed_group).collect::<Result<_, _>>()?;
    Ok(PathRule { prefix: typed_prefix(prefix)?, access: PathAccess::Groups(groups), preflight: false })
}

fn typed_prefix(typed: &str) -> Result<PathPrefix, Refusal> {
    PathPrefix::parse(typed)
        .ok_or_else(|| Refusal::new(format!("{typed:?} cannot be a path. {}", PathPrefix::RULE)))
}

fn typed_group(typed: &str) -> Result<GroupName, Refusal> {
    GroupName::parse(typed)
        .ok_or_else(|| Refusal::new(format!("{typed:?} cannot be the name of a group. {}", GroupName::RULE)))
}

/// The error for what cannot be as it was typed.
fn refused(site: &Site, wrong: &WrongApp) -> Refusal {
    let program = site.settings.program.name;
    Refusal::new(match wrong {
        WrongApp::HostTaken(_, owner) => format!("{wrong} To look at that one: {program} app show {owner}"),
        WrongApp::PlainHttp(_) => format!("{wrong} Type its https address."),
        WrongApp::OwnHost(_) if site.settings.base_url.is_loopback() => {
            let scheme = if site.settings.base_url.is_https() { "https" } else { "http" };
            format!("{wrong} On one machine, {scheme}://wiki.localhost is another one.")
        }
        _ => wrong.to_string(),
    })
}
