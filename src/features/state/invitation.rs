//! Reads an invitation. Its link is no part of the file, so something else must say which invitation it is: a
//! key that the file gives it. A note would not do, since several may have the same one.

use super::declared::DeclaredInvitation;
use super::fields::{Fields, Text, quoted};
use super::node::{Mistake, Node, Value};
use super::parts::{email, group_names, handle, wanted};
use crate::base::{Language, Words, typed_duration};
use crate::people::groups::GroupName;
use crate::services::invitations::{Lifetime, Note, Uses};

/// The keys of an invitation.
const KEYS: [&str; 9] = ["key", "note", "email", "groups", "handle", "uses", "for", "mail", "state"];

/// Reads one. The sentences say what is wrong about a handle.
pub(super) fn invitation(node: &Node, sentences: (&Words, Language)) -> Result<DeclaredInvitation, Mistake> {
    let fields = Fields::of(node, "an invitation", &KEYS)?;
    let key = key(fields.needed("key")?)?;
    let address = fields.text("email")?.map(email).transpose()?;
    let uses = uses(&fields)?;
    if let (Some(node), true, true) = (fields.node("uses"), address.is_some(), uses != Uses::ONCE) {
        return Err(Mistake::new(node.at, "an invitation for one address can be used once: leave out uses."));
    }
    let handle = fields.text("handle")?.map(|text| handle(text, sentences)).transpose()?;
    if let (Some(node), true, true) = (fields.node("uses"), handle.is_some(), uses != Uses::ONCE) {
        return Err(Mistake::new(node.at, "an invitation with a handle can be used once: leave out uses."));
    }
    let mail = fields.flag("mail")?;
    if let (Some(node), true, None) = (fields.node("mail"), mail, &address) {
        return Err(Mistake::new(
            node.at,
            "this invitation is for no address, so there is none to email it to.",
        ));
    }
    Ok(DeclaredInvitation {
        at: fields.at,
        key,
        note: fields.text("note")?.map(note).transpose()?.unwrap_or_default(),
        email: address,
        groups: group_names(&fields)?,
        handle,
        uses,
        lifetime: fields.text("for")?.map(lifetime).transpose()?.unwrap_or(Lifetime::WEEK),
        mail,
        wanted: wanted(&fields)?,
    })
}

/// It is written as the name of a group is.
fn key(Text { at, text }: Text<'_>) -> Result<String, Mistake> {
    let told = || {
        Mistake::new(at, format!("{} cannot be the key of an invitation. {}", quoted(text), GroupName::RULE))
    };
    GroupName::parse(text).map(|name| name.as_str().to_owned()).ok_or_else(told)
}

fn note(Text { at, text }: Text<'_>) -> Result<Note, Mistake> {
    Note::parse(text)
        .ok_or_else(|| Mistake::new(at, format!("{} cannot be a note. {}", quoted(text), Note::RULE)))
}

fn uses(fields: &Fields<'_>) -> Result<Uses, Mistake> {
    let Some(node) = fields.node("uses") else { return Ok(Uses::ONCE) };
    let uses = if let Value::Number(number) = node.value { Uses::of(number) } else { None };
    uses.ok_or_else(|| Mistake::new(node.at, format!("uses must be {}.", Uses::RULE)))
}

fn lifetime(Text { at, text }: Text<'_>) -> Result<Lifetime, Mistake> {
    let told = || {
        let months = typed_duration::of_capital_m(text, |meant| Lifetime::parse(meant).is_some());
        Mistake::new(
            at,
            format!("for must be {}, such as \"7d\", not {}.{months}", Lifetime::RULE, quoted(text)),
        )
    };
    Lifetime::parse(text).ok_or_else(told)
}
