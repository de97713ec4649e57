//! What several of the declared things have: an address, a handle, groups, whether they are to be there.

use std::collections::BTreeSet;

use super::declared::{NamedGroup, Wanted};
use super::fields::{Fields, Text, quoted};
use super::node::Mistake;
use crate::base::{Language, Words};
use crate::people::groups::GroupName;
use crate::people::{Email, Handle};

/// An address, by the rule of a login: an account that exists may have one that no new account could have.
pub(super) fn email(Text { at, text }: Text<'_>) -> Result<Email, Mistake> {
    let told = || Mistake::new(at, format!("{} is not an email address.", quoted(text)));
    Email::parse(text).ok_or_else(told)
}

/// A handle. The sentences say what is wrong about one.
pub(super) fn handle(
    Text { at, text }: Text<'_>,
    (words, language): (&Words, Language),
) -> Result<Handle, Mistake> {
    Handle::parse(text).map_err(|why| {
        let why = words.plain(language, &why.sentence());
        Mistake::new(at, format!("{} cannot be used as a handle. {why}", quoted(text)))
    })
}

/// Whether it is to be there. It is, unless the file says that it is not.
pub(super) fn wanted(fields: &Fields<'_>) -> Result<Wanted, Mistake> {
    let word = fields.word("state", &["present", "absent"])?;
    Ok(if word == Some("absent") { Wanted::Absent } else { Wanted::Present })
}

/// The names of groups, each once.
pub(super) fn group_names(fields: &Fields<'_>) -> Result<Vec<NamedGroup>, Mistake> {
    let (mut groups, mut names) = (Vec::new(), BTreeSet::new());
    for text in fields.texts("groups")? {
        let group = group_name(text)?;
        if names.insert(group.name.clone()) {
            groups.push(group);
        }
    }
    Ok(groups)
}

/// The name of a group.
pub(super) fn group_name(Text { at, text }: Text<'_>) -> Result<NamedGroup, Mistake> {
    let told =
        || Mistake::new(at, format!("{} cannot be the name of a group. {}", quoted(text), GroupName::RULE));
    GroupName::parse(text).map(|name| NamedGroup { at, name }).ok_or_else(told)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::from_json;
    use super::*;

    #[test]
    fn a_group_that_is_named_twice_is_one_and_very_many_are_read_in_time() {
        let begun = Instant::now();
        let names: Vec<String> = (0..60_000).map(|number| format!("\"g{}\"", number % 50_000)).collect();
        let node = from_json::read(&format!("{{\"groups\":[{}]}}", names.join(",")));
        let node = node.unwrap_or_else(|mistake| panic!("{mistake:?}"));
        let fields =
            Fields::of(&node, "an account", &["groups"]).unwrap_or_else(|mistake| panic!("{mistake:?}"));
        let groups = group_names(&fields).unwrap_or_else(|mistake| panic!("{mistake:?}"));
        assert_eq!((groups.len(), groups[49_999].name.as_str()), (50_000, "g49999"));
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
