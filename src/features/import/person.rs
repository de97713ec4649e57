//! What a row says about a person: read once, or refused with a reason.

use std::collections::BTreeSet;

use super::columns::Column;
use super::password::FoundHash;
use super::rows::Texts;
use super::values::{time, yes_or_no};
use crate::base::clock::CLOCKS_DIFFER;
use crate::base::{Site, Time};
use crate::people::groups::GroupName;
use crate::people::{Email, Handle, Name};

/// The most characters of a text that a reason repeats.
const REPEATED: usize = 60;

/// A person of whom an account can be made.
pub(super) struct Person {
    pub(super) email: Email,
    pub(super) name: Name,
    pub(super) hash: FoundHash,
    pub(super) confirmed_at: Option<Time>,
    pub(super) created_at: Time,
    pub(super) is_disabled: bool,
    pub(super) groups: Vec<GroupName>,
    pub(super) handle: Option<Handle>,
}

/// What rows are read with.
pub(super) struct Reading<'s> {
    pub(super) site: &'s Site,
    /// All groups that there are.
    pub(super) groups: BTreeSet<GroupName>,
    pub(super) now: Time,
}

impl Reading<'_> {
    /// Reads a row. The error says why it is refused.
    pub(super) fn person(&self, texts: &Texts) -> Result<Person, String> {
        Ok(Person {
            email: email(texts.get(Column::Email).unwrap_or_default())?,
            name: self.name(texts.get(Column::Name).unwrap_or_default())?,
            hash: FoundHash::read(texts.get(Column::Password).unwrap_or_default()),
            confirmed_at: self.confirmed_at(texts)?,
            created_at: self.created_at(texts)?,
            is_disabled: is_disabled(texts)?,
            groups: self.groups(texts.get(Column::Groups).unwrap_or_default())?,
            handle: self.handle(texts.get(Column::Handle).unwrap_or_default())?,
        })
    }

    fn name(&self, typed: &str) -> Result<Name, String> {
        Name::parse(typed).map_err(|why| {
            let why = self.site.words.text(self.site.settings.language, &why.sentence_about_another());
            format!("{} cannot be used as a name. {why}", quoted(typed))
        })
    }

    /// An empty cell is no handle. One that cannot be given is a mistake: later, another account could get it.
    fn handle(&self, typed: &str) -> Result<Option<Handle>, String> {
        if typed.is_empty() {
            return Ok(None);
        }
        Handle::parse(typed).map(Some).map_err(|why| {
            let why = self.site.words.text(self.site.settings.language, &why.sentence());
            format!("{} cannot be used as a handle. {why}", quoted(typed))
        })
    }

    /// Without the column, all addresses count as confirmed, as after `account add`: those who import them
    /// vouch for them, and their owners could not log in otherwise. With it, an empty cell is an address that
    /// is not confirmed.
    fn confirmed_at(&self, texts: &Texts) -> Result<Option<Time>, String> {
        let Some(text) = texts.get(Column::ConfirmedAt) else { return Ok(Some(self.now)) };
        match yes_or_no(text) {
            Some(is_so) => Ok(is_so.then_some(self.now)),
            None => self.past(Column::ConfirmedAt, text).map(Some),
        }
    }

    fn created_at(&self, texts: &Texts) -> Result<Time, String> {
        match texts.get(Column::CreatedAt) {
            None | Some("") => Ok(self.now),
            Some(text) => self.past(Column::CreatedAt, text),
        }
    }

    fn past(&self, column: Column, text: &str) -> Result<Time, String> {
        let name = column.code();
        match time(text) {
            Some(time) if time > self.now.plus(CLOCKS_DIFFER) => {
                Err(format!("The {name} {} is in the future.", quoted(text)))
            }
            Some(time) => Ok(time.min(self.now)),
            None => Err(format!(
                "The {name} {} is not a time. Write it as 2024-05-01T12:00:00Z, or in seconds since 1970.",
                quoted(text)
            )),
        }
    }

    /// A misspelt group must neither be left out nor created: others name the right one.
    fn groups(&self, text: &str) -> Result<Vec<GroupName>, String> {
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        let mut found: Vec<GroupName> = Vec::new();
        for typed in text.split(between).filter(|typed| !typed.is_empty()) {
            let name = GroupName::parse(typed).ok_or_else(|| {
                format!("{} cannot be the name of a group. {}", quoted(typed), GroupName::RULE)
            })?;
            if !self.groups.contains(&name) {
                let program = self.site.settings.program.name;
                return Err(format!(
                    "There is no group {name}. Create it first: {program} group create {name}"
                ));
            }
            if !found.contains(&name) {
                found.push(name);
            }
        }
        Ok(found)
    }
}

/// Reads an address by the rule of a login, not by the stricter one of a sign-up. The account is not new, and
/// so is like a row that was stored before that rule: its owner has logged in with this address until today,
/// and must not be locked out because no email can be sent to it. [`Person::odd`] says so.
fn email(typed: &str) -> Result<Email, String> {
    match typed {
        "" => Err("There is no email address.".to_owned()),
        _ => Email::parse(typed).ok_or_else(|| format!("{} is not an email address.", quoted(typed))),
    }
}

fn is_disabled(texts: &Texts) -> Result<bool, String> {
    let text = texts.get(Column::Disabled).unwrap_or_default();
    yes_or_no(text).ok_or_else(|| {
        format!("The disabled {} is neither true nor false. Write one of these, or yes or no.", quoted(text))
    })
}

/// A text of the file in quotes, not too long.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(REPEATED) {
        Some((end, _)) => {
            let begin = &text[..end];
            format!("{begin:?}…")
        }
        None => format!("{text:?}"),
    }
}

impl Person {
    /// What is odd about the account of which this person is the owner. A sentence without its subject.
    pub(super) fn odd(&self) -> Vec<&'static str> {
        let mut odd = Vec::new();
        // Groups of another program come along, and one of them may have this name by chance.
        if self.groups.iter().any(GroupName::is_admins) {
            odd.push("joins admins, whose members are administrators of this site");
        }
        if self.hash.is_unknown() {
            odd.push("has no password, since the hash is of no kind that can be taken");
        }
        if Email::new_address(self.email.as_str()).is_none() {
            odd.push("can log in, but no email can be sent to this address");
        }
        odd
    }
}
