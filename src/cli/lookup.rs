//! Shared by commands: finds an account by its address, reads the name of a group, and the errors if that fails.

use std::fmt::Display;

use crate::base::config::known::did_you_mean;
use crate::base::{Refusal, Site, Time};
use crate::people::Email;
use crate::people::accounts::{self, Account, AccountId};
use crate::people::groups::{self, GroupName};

/// The most names of groups that an error lists.
const LISTED: usize = 20;

/// Finds the account with a typed address or ID.
pub(super) async fn find(site: &Site, email: &str) -> Result<Account, Refusal> {
    if let Some(id) = AccountId::parse(email) {
        let account = accounts::by_id(&site.db, &id).await.map_err(unread)?;
        return account.ok_or_else(|| {
            Refusal::new(format!(
                "There is no account with the ID {id}. `{} account list` lists all accounts.",
                site.settings.program.name
            ))
        });
    }
    let email = Email::parse(email).ok_or_else(|| {
        Refusal::new(format!(
            "{email:?} is neither an email address nor the ID of an account. `{} account list` lists all accounts.",
            site.settings.program.name
        ))
    })?;
    let account = accounts::by_email(&site.db, &email).await.map_err(unread)?;
    account.ok_or_else(|| {
        Refusal::new(format!(
            "There is no account for {}. `{} account list` lists all accounts.",
            email.as_str(),
            site.settings.program.name
        ))
    })
}

/// Parses a typed address.
pub(super) fn typed_email(email: &str) -> Result<Email, Refusal> {
    Email::parse(email).ok_or_else(|| no_address(email))
}

/// Parses the typed address of a new account, which must be able to receive email.
pub(super) fn typed_new_email(email: &str) -> Result<Email, Refusal> {
    Email::new_address(email).ok_or_else(|| no_address(email))
}

fn no_address(typed: &str) -> Refusal {
    Refusal::new(format!(
        "{typed:?} is not an email address. Type the account's address, such as ada@example.org."
    ))
}

/// The error for an address that has an account.
pub(super) fn taken(email: &Email) -> Refusal {
    Refusal::new(format!("There is already an account for {}.", email.as_str()))
}

/// Parses the typed name of a group.
pub(super) fn typed_group(typed: &str) -> Result<GroupName, Refusal> {
    GroupName::parse(typed)
        .ok_or_else(|| Refusal::new(format!("{typed:?} cannot be the name of a group. {}", GroupName::RULE)))
}

/// The error for the name of a group that does not exist, with the one that was probably meant.
pub(super) async fn no_group(site: &Site, name: &GroupName) -> Refusal {
    let all = match groups::all(site).await {
        Ok(all) => all,
        Err(error) => return unread(error),
    };
    let program = site.settings.program.name;
    let hint = did_you_mean(name.as_str(), all.iter().map(|group| group.name.as_str().to_owned()));
    let hint = hint.unwrap_or_default();
    Refusal::new(format!("There is no group {name}.{hint} `{program} group list` lists all groups."))
}

/// The same, where accounts are to join it: with the one that was probably meant, or with those that exist. A
/// mistyped name must not lead to a new group of that name.
pub(super) async fn no_group_to_join(site: &Site, name: &GroupName) -> Refusal {
    let all = match groups::all(site).await {
        Ok(all) => all,
        Err(error) => return unread(error),
    };
    let names: Vec<&str> = all.iter().map(|group| group.name.as_str()).collect();
    let program = site.settings.program.name;
    if let Some(hint) = did_you_mean(name.as_str(), names.iter().map(|name| (*name).to_owned())) {
        return Refusal::new(format!(
            "There is no group {name}.{hint} `{program} group list` lists all groups."
        ));
    }
    let there = match names.len() {
        0 | 1 => "There is none but admins".to_owned(), // which is always there
        count if count > LISTED => {
            format!("There are {} and {} more", names[..LISTED].join(", "), count - LISTED)
        }
        _ => format!("There are {}", names.join(", ")),
    };
    Refusal::new(format!("There is no group {name}. {there}. To create it: {program} group create {name}"))
}

/// The error for a question that the database did not answer.
pub(super) fn unread(error: impl Display) -> Refusal {
    Refusal::new(format!("The database could not be read: {error}."))
}

/// The error for a change that the database did not make.
pub(super) fn failed(error: impl Display) -> Refusal {
    Refusal::new(format!("Nothing was changed: {error}."))
}

/// A time, for people and programs.
pub(super) fn when(time: Time) -> String {
    time.rfc3339()
}
