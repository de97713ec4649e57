//! Reads what a file declares. All of it is checked before anything is done, and every mistake is told, not
//! only the first.

use super::app::app;
use super::declared::{
    AccountState, Declared, DeclaredAccount, DeclaredGroup, DeclaredMembership, DeclaredPassword, NamedGroup,
    PasswordSource, Wanted,
};
use super::duplicates::duplicates;
use super::fields::{Fields, Text, quoted};
use super::invitation::invitation;
use super::node::{Mistake, Node, Value};
use super::parts::{email, group_name, group_names, handle, wanted};
use super::source::Source;
use super::{from_json, from_toml};
use crate::base::hashing::kind_of;
use crate::base::{Language, Words};
use crate::people::Name;
use crate::people::groups::GroupTitle;

/// The keys of the whole.
const ALL: [&str; 5] = ["groups", "accounts", "memberships", "invitations", "apps"];
/// What a title consists of.
const TITLE: &str = "Use 1 to 100 characters on one line.";

/// Reads a file. The sentences say what is wrong about a name.
pub(super) fn read(source: &Source, (words, language): (&Words, Language)) -> Result<Declared, Vec<Mistake>> {
    // No TOML begins with a brace.
    let is_json = source.text().trim_start().starts_with('{');
    let tree = if is_json { from_json::read(source.text()) } else { from_toml::read(source.text()) };
    let tree = tree.map_err(|mistake| vec![mistake])?;
    let all = Fields::of(&tree, "the file", &ALL).map_err(|mistake| vec![mistake])?;
    let mut mistakes = Vec::new();
    let declared = Declared {
        groups: each(&all, "groups", &mut mistakes, group),
        accounts: each(&all, "accounts", &mut mistakes, |node| account(node, words, language)),
        memberships: each(&all, "memberships", &mut mistakes, membership),
        invitations: each(&all, "invitations", &mut mistakes, |node| invitation(node, (words, language))),
        apps: each(&all, "apps", &mut mistakes, app),
    };
    mistakes.extend(duplicates(source, &declared));
    if mistakes.is_empty() { Ok(declared) } else { Err(mistakes) }
}

/// Reads each item of a list.
fn each<T>(
    all: &Fields<'_>,
    name: &str,
    mistakes: &mut Vec<Mistake>,
    read: impl Fn(&Node) -> Result<T, Mistake>,
) -> Vec<T> {
    let items = all.list(name).unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        &[]
    });
    let items = items.iter().map(read);
    items.filter_map(|item| item.map_err(|mistake| mistakes.push(mistake)).ok()).collect()
}

/// A group: its name, or a table.
fn group(node: &Node) -> Result<DeclaredGroup, Mistake> {
    if let Value::Text(text) = &node.value {
        let NamedGroup { at, name } = group_name(Text { at: node.at, text })?;
        return Ok(DeclaredGroup { at, name, title: None, wanted: Wanted::Present });
    }
    let fields = Fields::of(node, "a group", &["name", "title", "state"])?;
    let NamedGroup { at, name } = group_name(fields.needed("name")?)?;
    let title = |Text { at, text }: Text<'_>| {
        let told = || Mistake::new(at, format!("{} cannot be a title. {TITLE}", quoted(text)));
        GroupTitle::parse(text).ok_or_else(told)
    };
    let title = fields.text("title")?.map(title).transpose()?;
    let wanted = wanted(&fields)?;
    if name.is_admins() && wanted == Wanted::Absent {
        return Err(Mistake::new(at, format!("the group {name} cannot be deleted.")));
    }
    Ok(DeclaredGroup { at, name, title, wanted })
}

fn account(node: &Node, words: &Words, language: Language) -> Result<DeclaredAccount, Mistake> {
    const KEYS: [&str; 8] =
        ["email", "name", "groups", "groups_are", "handle", "password_file", "password_hash", "state"];
    let fields = Fields::of(node, "an account", &KEYS)?;
    let name = |Text { at, text }: Text<'_>| {
        Name::parse(text).map_err(|why| {
            let why = words.plain(language, &why.sentence_about_another());
            Mistake::new(at, format!("{} cannot be used as a name. {why}", quoted(text)))
        })
    };
    let handle = |text: Text<'_>| handle(text, (words, language));
    Ok(DeclaredAccount {
        at: fields.at,
        email: email(fields.needed("email")?)?,
        name: fields.text("name")?.map(name).transpose()?,
        handle: fields.text("handle")?.map(handle).transpose()?,
        groups: group_names(&fields)?,
        exactly: fields.word("groups_are", &["at_least", "exactly"])? == Some("exactly"),
        password: password(&fields)?,
        state: fields.word("state", &["present", "disabled", "absent"])?.map(|word| match word {
            "disabled" => AccountState::Disabled,
            "absent" => AccountState::Absent,
            _ => AccountState::Present,
        }),
    })
}

/// A password is never repeated, nor its hash.
fn password(fields: &Fields<'_>) -> Result<Option<DeclaredPassword>, Mistake> {
    match (fields.text("password_file")?, fields.text("password_hash")?) {
        (None, None) => Ok(None),
        (Some(Text { at, text }), None) if text.trim().is_empty() => {
            Err(Mistake::new(at, "password_file must be the path of a file."))
        }
        (Some(Text { at, text }), None) => {
            Ok(Some(DeclaredPassword { at, source: PasswordSource::File(text.to_owned()) }))
        }
        (None, Some(Text { at, text })) if kind_of(text).is_none() => Err(Mistake::new(
            at,
            "the hash in password_hash is of a kind that cannot be imported, or exceeds the limits. docs/import.md lists \
             the kinds.",
        )),
        (None, Some(Text { at, text })) => {
            Ok(Some(DeclaredPassword { at, source: PasswordSource::Hash(text.to_owned()) }))
        }
        (Some(_), Some(Text { at, .. })) => {
            Err(Mistake::new(at, "password_file and password_hash are both set. Keep only one of them."))
        }
    }
}

fn membership(node: &Node) -> Result<DeclaredMembership, Mistake> {
    let fields = Fields::of(node, "a membership", &["group", "email", "state"])?;
    Ok(DeclaredMembership {
        at: fields.at,
        email: email(fields.needed("email")?)?,
        group: group_name(fields.needed("group")?)?,
        wanted: wanted(&fields)?,
    })
}
