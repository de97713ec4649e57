//! Groups from the command line: created, listed, deleted, and the accounts in them, with or without a running site.

use serde_json::{Value, json};

use super::account_show::identity;
use super::last_admin;
use super::lookup::{failed, find, no_group, no_group_to_join, typed_group, unread, when};
use super::serve::{site_of_command, small_runtime};
use super::subcommands::GroupCommand;
use super::{listing, output};
use crate::base::config::{self, Flags};
use crate::base::{Refusal, Site, db};
use crate::people::groups::{self, Added, GroupSummary, GroupTitle, LastAdmin, Removed};
use crate::people::{Actor, accounts};
use crate::services::apps;

/// Who acts here.
const BY: Actor<'_> = Actor::CommandLine;

/// Runs the command.
pub(super) fn group(flags: &Flags, command: &GroupCommand) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let site = site_of_command(&config, db::attach(&config.settings).await?)?;
        let done = dispatch(&site, command).await;
        site.db.close().await;
        done
    })
}

async fn dispatch(site: &Site, command: &GroupCommand) -> Result<(), Refusal> {
    match command {
        GroupCommand::List { json } => list(site, *json).await,
        GroupCommand::Show { group, json } => {
            let name = typed_group(group)?;
            match groups::find(site, &name).await.map_err(unread)? {
                Some(found) => listing::members(site, &found, *json).await,
                None => Err(no_group(site, &name).await),
            }
        }
        GroupCommand::Create { group, title } => create(site, group, title.as_deref()).await,
        GroupCommand::Delete { group } => delete(site, group).await,
        GroupCommand::Add { group, email, unconfirmed } => add(site, group, email, *unconfirmed).await,
        GroupCommand::Remove { group, email } => remove(site, group, email).await,
    }
}

async fn list(site: &Site, json: bool) -> Result<(), Refusal> {
    let groups = groups::all(site).await.map_err(unread)?;
    if json {
        output::line(groups.iter().map(as_json).collect::<Value>());
        return Ok(());
    }
    for group in groups {
        let members = counted(group.members);
        output::line(format!("{}  {}  ({members})", group.name, group.title));
    }
    Ok(())
}

async fn create(site: &Site, group: &str, title: Option<&str>) -> Result<(), Refusal> {
    let name = typed_group(group)?;
    let title = match title {
        None => GroupTitle::of(&name),
        Some(typed) => GroupTitle::parse(typed).ok_or_else(|| {
            Refusal::new(format!(
                "{typed:?} cannot be the title of a group. Use 1 to 100 characters on one line."
            ))
        })?,
    };
    match groups::create(site, &name, &title, BY).await.map_err(failed)? {
        true => tell(format!("Created the group {name}.")),
        false => Err(Refusal::new(format!("There is already a group {name}."))),
    }
}

async fn delete(site: &Site, group: &str) -> Result<(), Refusal> {
    let name = typed_group(group)?;
    if name.is_admins() {
        return Err(Refusal::new(format!(
            "The group {name} cannot be deleted: it is part of the program. To remove an account from it: \
             {} group remove {name} EMAIL",
            site.settings.program.name
        )));
    }
    match groups::delete(site, &name, BY).await.map_err(failed)? {
        Some(0) => output::line(format!("Deleted the group {name}, which had no members.")),
        Some(1) => output::line(format!("Deleted the group {name}, and removed 1 account from it.")),
        Some(removed) => {
            output::line(format!("Deleted the group {name}, and removed {removed} accounts from it."))
        }
        None => return Err(no_group(site, &name).await),
    }
    for app in apps::read(&site.db).await.map_err(unread)?.naming(&name) {
        let (app, program) = (&app.name, site.settings.program.name);
        output::line(format!(
            "The app {app} asks for this group, in which no one is any more. To look at it: {program} app show {app}"
        ));
    }
    Ok(())
}

/// Adds an account. A stranger may have signed up with the address of the person who is meant: an address that is not
/// confirmed needs a word more, unless an administrator made the account, and what is printed tells whose account it is.
async fn add(site: &Site, group: &str, email: &str, unconfirmed: bool) -> Result<(), Refusal> {
    let (name, account) = (typed_group(group)?, find(site, email).await?);
    let is_unproved = site.mailer.is_on() && account.confirmed_at.is_none() && !unconfirmed;
    // No one signed up with it if an administrator made the account.
    if is_unproved && !accounts::awaits_first_password(site.db.reader(), &account.id).await.map_err(unread)? {
        let (program, email) = (site.settings.program.name, &account.email);
        return Err(Refusal::new(format!(
            "The address {email} is not confirmed: anyone may have signed up with it. Look at the account with \
             `{program} account show {email}`. To add it all the same: {program} group add {name} {email} --unconfirmed"
        )));
    }
    match groups::add(site, &name, &account.id, BY).await.map_err(failed)? {
        Added::Done => {
            output::line(format!("Added {} to the group {name}.", account.email));
            output::line(identity(&account));
            if name.is_admins() && !site.mailer.is_on() {
                output::line(
                    "This site sends no emails, so no address is proved: make sure that this is the account of the \
                     person you mean.",
                );
            }
            Ok(())
        }
        Added::Unchanged => Err(Refusal::new(format!("{} is already in the group {name}.", account.email))),
        Added::NoGroup => Err(no_group_to_join(site, &name).await),
    }
}

async fn remove(site: &Site, group: &str, email: &str) -> Result<(), Refusal> {
    let (name, account) = (typed_group(group)?, find(site, email).await?);
    match groups::remove(site, &name, &account.id, BY).await.map_err(failed)? {
        Removed::Done => {}
        Removed::LastAdmin => return Err(last_admin::refused(site, LastAdmin)),
        Removed::Unchanged => {
            return Err(match groups::find(site, &name).await.map_err(unread)? {
                Some(_) => Refusal::new(format!("{} is not in the group {name}.", account.email)),
                None => no_group(site, &name).await,
            });
        }
    }
    if name.is_admins() {
        last_admin::warn(site).await?;
    }
    tell(format!("Removed {} from the group {name}.", account.email))
}

/// A number of members, for people.
fn counted(members: i64) -> String {
    match members {
        1 => "1 member".to_owned(),
        count => format!("{count} members"),
    }
}

fn as_json(group: &GroupSummary) -> Value {
    json!({
        "name": group.name.as_str(),
        "title": group.title,
        "created_at": group.created_at.map(when),
        "members": group.members,
    })
}

fn tell(done: String) -> Result<(), Refusal> {
    output::line(done);
    Ok(())
}
