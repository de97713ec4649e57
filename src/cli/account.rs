//! Accounts from the command line, with or without a running site, using the same decisions as its pages.

use std::io::{IsTerminal, Write, stderr, stdin};

use super::account_arguments::AccountCommand;
use super::link::link;
use super::lookup::{failed, find, no_group_to_join, taken, typed_group, typed_new_email, unread};
use super::serve::{site_of_command, site_with_key, small_runtime};
use super::{
    account_factors, account_handle, account_list, account_show, last_admin, listing, output, password,
};
use crate::base::config::{self, Flags};
use crate::base::{Password, Refusal, Sentence, Site, db};
use crate::features::{account_changes, signup};
use crate::people::groups::{self, GroupName};
use crate::people::{self, Account, Actor, Email, Name};
use crate::services::passwords::{self, Judged, Owner};
use crate::services::second_factor;
use crate::web::Submission;

/// Who acts here.
const BY: Actor<'_> = Actor::CommandLine;

/// Runs the command.
pub(super) fn account(flags: &Flags, command: &AccountCommand) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let db = db::attach(&config.settings).await?;
        let site = match command {
            AccountCommand::Show { .. } => site_with_key(&config, db)?,
            _ => site_of_command(&config, db)?,
        };
        let done = dispatch(&site, config.is_reached_by_default(), command).await;
        site.db.close().await;
        done
    })
}

async fn dispatch(site: &Site, only_here: bool, command: &AccountCommand) -> Result<(), Refusal> {
    match command {
        AccountCommand::Add { email, name, groups, handle } => {
            add(site, (email, name), groups, handle.as_deref()).await
        }
        AccountCommand::List(typed) => account_list::list(site, typed).await,
        AccountCommand::Show { email, json } => {
            tell(account_show::shown(site, &find(site, email).await?, *json).await?)
        }
        AccountCommand::Activity { email, json } => {
            listing::activity(site, &find(site, email).await?, *json).await
        }
        AccountCommand::Export { email } => listing::copy(site, &find(site, email).await?).await,
        AccountCommand::Unlock { email } => {
            let account = find(site, email).await?;
            second_factor::unlock(site, &account.id).await.map_err(failed)?;
            passwords::unlock(site, &account, BY, &Submission::none()).await.map_err(failed)?;
            let factors = second_factor::summary(site, &account.id).await.map_err(unread)?;
            // A hundred more guesses must not be one command away.
            let stopped = factors.app.is_some_and(|app| app.stopped_at.is_some());
            let stays = if stopped {
                " The authenticator app stays stopped until its owner sets it up again."
            } else {
                ""
            };
            tell(format!("The wrong passwords and codes for {} no longer count.{stays}", account.email))
        }
        AccountCommand::Rename { email, name } => {
            let (account, name) = (find(site, email).await?, typed_name(site, name)?);
            account_changes::rename(site, &account.id, &name, BY, &Submission::none())
                .await
                .map_err(failed)?;
            tell(format!("Changed the name on {} to {}.", account.email, name.as_str()))
        }
        AccountCommand::Handle { email, name, .. } => {
            tell(account_handle::change(site, &find(site, email).await?, name.as_deref()).await?)
        }
        AccountCommand::SetPassword { email } => set_password(site, email).await,
        AccountCommand::Link(typed) => link(site, only_here, typed).await,
        AccountCommand::RecoveryCode { email, json } => {
            account_factors::recovery_code(site, &find(site, email).await?, *json).await
        }
        AccountCommand::RemoveFactor(typed) => {
            account_factors::remove(site, &find(site, &typed.email).await?, &typed.lost).await
        }
        AccountCommand::Disable { email } => {
            let account = find(site, email).await?;
            let is_admin = last_admin::is_admin(site, &account).await?;
            let disabled = account_changes::disable(site, &account, BY).await.map_err(failed)?;
            disabled.map_err(|last| last_admin::refused(site, last))?;
            if is_admin {
                last_admin::warn(site).await?;
            }
            tell(format!(
                "Disabled {}. No one can log in to it, and all its sessions have ended.",
                account.email
            ))
        }
        AccountCommand::Enable { email } => {
            let account = find(site, email).await?;
            account_changes::enable(site, &account.id, BY).await.map_err(failed)?;
            tell(format!("Enabled {}. Its owner can log in again.", account.email))
        }
        AccountCommand::Delete { email, yes } => {
            let account = find(site, email).await?;
            if !yes {
                confirmed(&account)?;
            }
            let is_admin = last_admin::is_admin(site, &account).await?;
            let deleted = account_changes::delete(site, &account, BY).await.map_err(failed)?;
            deleted.map_err(|last| last_admin::refused(site, last))?;
            if is_admin {
                last_admin::warn(site).await?;
            }
            tell(format!("Deleted the account {} with all its data.", account.email))
        }
    }
}

/// Creates an account by the same rules as the sign-up page, even if that is closed, in these groups and with this handle.
async fn add(
    site: &Site,
    (email, name): (&str, &str),
    groups: &[String],
    handle: Option<&str>,
) -> Result<(), Refusal> {
    let (email, name) = (typed_new_email(email)?, typed_name(site, name)?);
    let groups = typed_groups(site, groups).await?;
    if people::accounts::by_email(&site.db, &email).await.map_err(failed)?.is_some() {
        return Err(taken(&email));
    }
    let handle = account_handle::free(site, handle).await?;
    let password = good_password(site, &Owner::new(&email, &name), "The account was not created.").await?;
    let (by, given) = ((BY, None), (&*groups, handle.as_ref()));
    match signup::make_in_groups(site, (&email, &name), given, &password, by, &Submission::none())
        .await
        .map_err(failed)?
    {
        true => tell(format!("Created the account {}{}.", email.as_str(), in_words(&groups))),
        false => Err(taken(&email)),
    }
}

/// Parses the typed names of groups, each of which must be there. No password is asked for in vain.
async fn typed_groups(site: &Site, typed: &[String]) -> Result<Vec<GroupName>, Refusal> {
    let mut names: Vec<GroupName> = Vec::with_capacity(typed.len());
    for typed in typed {
        let name = typed_group(typed)?;
        if groups::find(site, &name).await.map_err(unread)?.is_none() {
            return Err(no_group_to_join(site, &name).await);
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Names of groups, as the end of a sentence about an account.
fn in_words(names: &[GroupName]) -> String {
    let all: Vec<_> = names.iter().map(GroupName::as_str).collect();
    match all.len() {
        0 => String::new(),
        1 => format!(" in the group {}", all.concat()),
        _ => format!(" in the groups {}", all.join(", ")),
    }
}

/// Sets a new password by the same rules as the sign-up page. All sessions of the account end.
async fn set_password(site: &Site, email: &str) -> Result<(), Refusal> {
    let account = find(site, email).await?;
    let password =
        good_password(site, &Owner::new(&account.email, &account.name), "The password was not changed.")
            .await?;
    let replaced = passwords::replace(site, &account, &password, BY).await;
    replaced.map_err(|error| Refusal::new(format!("The password was not changed: {error}.")))?;
    tell("Changed the password. All sessions of this account have ended.".to_owned())
}

/// Has the address typed before an account is deleted. Where there is no terminal, no one can be asked.
fn confirmed(account: &Account) -> Result<(), Refusal> {
    if !stdin().is_terminal() {
        return Err(Refusal::new(format!(
            "This deletes {} with all its data. On a terminal, it asks for the address first; in a script, add --yes. Nothing \
             was deleted.",
            account.email
        )));
    }
    let _ =
        write!(stderr(), "This deletes {} with all its data. Type the address to confirm: ", account.email);
    let mut typed = String::new();
    let read = stdin().read_line(&mut typed);
    read.map_err(|error| Refusal::new(format!("The address cannot be read: {error}. Nothing was deleted.")))?;
    let same = Email::parse(&typed).is_some_and(|email| email.key() == account.email.key());
    if same {
        Ok(())
    } else {
        Err(Refusal::new("This is not the address of the account. Nothing was deleted."))
    }
}

fn typed_name(site: &Site, name: &str) -> Result<Name, Refusal> {
    Name::parse(name).map_err(|why| {
        let why = site.words.text(site.settings.language, &why.sentence_about_another());
        Refusal::new(format!("{name:?} cannot be used as a name. {why}"))
    })
}

async fn good_password(site: &Site, owner: &Owner, undone: &str) -> Result<Password, Refusal> {
    let password = password::ask()?;
    let refused = |why: &Sentence| {
        let why = site.words.text(site.settings.language, why);
        Refusal::new(format!("{undone} {why}"))
    };
    match passwords::judge(site, &password, owner, None, BY).await.map_err(failed)? {
        Judged::Good => Ok(password),
        Judged::Refused(why) => Err(refused(&why)),
        Judged::Wait(wait) => Err(refused(&wait.sentence())),
    }
}

fn tell(done: String) -> Result<(), Refusal> {
    output::line(done);
    Ok(())
}
