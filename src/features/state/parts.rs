//! What several of the declared things have: an address, groups, whether they are to be there.

use super::declared::{NamedGroup, Presence};
use super::fields::{Fields, Text, quoted};
use super::node::Mistake;
use crate::people::Email;
use crate::people::groups::GroupName;

/// An address, by the rule of a login: an account that exists may have one that no new account could have.
pub(super) fn email(Text { at, text }: Text<'_>) -> Result<Email, Mistake> {
    let told = || Mistake::new(at, format!("{} is not an email address.", quoted(text)));
    Email::parse(text).ok_or_else(told)
}

/// Whether it is to be there. It is, unless the file says that it is not.
pub(super) fn presence(fields: &Fields<'_>) -> Result<Presence, Mistake> {
    let word = fields.word("state", &["present", "absent"])?;
    Ok(if word == Some("absent") { Presence::Absent } else { Presence::Present })
}

/// The names of groups, each once.
pub(super) fn group_names(fields: &Fields<'_>) -> Result<Vec<NamedGroup>, Mistake> {
    let mut names: Vec<NamedGroup> = Vec::new();
    for text in fields.texts("groups")? {
        let group = group_name(text)?;
        if !names.iter().any(|named| named.name == group.name) {
            names.push(group);
        }
    }
    Ok(names)
}

/// The name of a group.
pub(super) fn group_name(Text { at, text }: Text<'_>) -> Result<NamedGroup, Mistake> {
    let told =
        || Mistake::new(at, format!("{} cannot be the name of a group. {}", quoted(text), GroupName::RULE));
    GroupName::parse(text).map(|name| NamedGroup { at, name }).ok_or_else(told)
}
