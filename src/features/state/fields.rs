//! The fields of one table: each taken by its name and its kind, and no other than those that are known.

use super::node::{Field, Mistake, Node, Value};
use crate::base::config::known::did_you_mean;

/// The most characters of a text that a mistake repeats.
const REPEATED: usize = 60;

/// A text with its place.
#[derive(Clone, Copy)]
pub(super) struct Text<'n> {
    pub(super) at: usize,
    pub(super) text: &'n str,
}

/// The fields of one table.
pub(super) struct Fields<'n> {
    /// What the table describes: `an account`.
    what: &'static str,
    /// Where it begins.
    pub(super) at: usize,
    fields: &'n [Field],
}

impl<'n> Fields<'n> {
    /// The fields of a value that must be a table, of which these names are known.
    pub(super) fn of(node: &'n Node, what: &'static str, known: &[&str]) -> Result<Fields<'n>, Mistake> {
        let Value::Table(fields) = &node.value else {
            return Err(Mistake::new(node.at, format!("{what} must be a table, with {}.", known.join(", "))));
        };
        if let Some(field) = fields.iter().find(|field| !known.contains(&field.name.as_str())) {
            let name = quoted(&field.name);
            let hint = did_you_mean(&field.name, known.iter().map(|name| (*name).to_owned()));
            let hint = hint.unwrap_or_else(|| format!(" There are {}.", known.join(", ")));
            return Err(Mistake::new(field.at, format!("unknown key {name} in {what}.{hint}")));
        }
        Ok(Fields { what, at: node.at, fields })
    }

    /// A value, if it is there.
    pub(super) fn node(&self, name: &str) -> Option<&'n Node> {
        self.fields.iter().find(|field| field.name == name).map(|field| &field.node)
    }

    /// A text, if it is there. What is not one is not repeated: it may be a secret.
    pub(super) fn text(&self, name: &str) -> Result<Option<Text<'n>>, Mistake> {
        let text = |node: &'n Node| match &node.value {
            Value::Text(text) => Ok(Text { at: node.at, text }),
            _ => Err(Mistake::new(node.at, format!("{name} must be a text in quotation marks."))),
        };
        self.node(name).map(text).transpose()
    }

    /// A text that must be there.
    pub(super) fn needed(&self, name: &str) -> Result<Text<'n>, Mistake> {
        let missing = || Mistake::new(self.at, format!("{} needs the key {name}.", self.what));
        self.text(name)?.ok_or_else(missing)
    }

    /// Yes or no; no, if it is not there.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Mistake> {
        match self.node(name) {
            None => Ok(false),
            Some(Node { value: Value::Flag(flag), .. }) => Ok(*flag),
            Some(node) => Err(Mistake::new(node.at, format!("{name} must be true or false."))),
        }
    }

    /// A list, if it is there.
    pub(super) fn list(&self, name: &str) -> Result<&'n [Node], Mistake> {
        match self.node(name) {
            None => Ok(&[]),
            Some(Node { value: Value::List(all), .. }) => Ok(all),
            Some(node) => Err(Mistake::new(node.at, format!("{name} must be a list, in square brackets."))),
        }
    }

    /// A list of texts, if it is there.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<Text<'n>>, Mistake> {
        let text = |node: &'n Node| match &node.value {
            Value::Text(text) => Ok(Text { at: node.at, text }),
            _ => Err(Mistake::new(node.at, format!("{name} must be a list of texts in quotation marks."))),
        };
        self.list(name)?.iter().map(text).collect()
    }

    /// One of some words, if it is there.
    pub(super) fn word(&self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Mistake> {
        let Some(Text { at, text }) = self.text(name)? else { return Ok(None) };
        match words.iter().find(|word| **word == text) {
            Some(word) => Ok(Some(*word)),
            None => {
                let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
                let told = format!("{name} must be {}, not {}.", words.join(" or "), quoted(text));
                Err(Mistake::new(at, told))
            }
        }
    }
}

/// A text of the file in quotes, not too long.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(REPEATED) {
        Some((end, _)) => {
            let begin = &text[..end];
            format!("{begin:?}…")
        }
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::from_toml;
    use super::*;

    const KNOWN: [&str; 4] = ["email", "groups", "mail", "state"];

    fn told(text: &str, take: impl FnOnce(&Fields<'_>) -> Result<(), Mistake>) -> String {
        let node = from_toml::read(text).unwrap_or_else(|mistake| panic!("{mistake:?}"));
        let told = Fields::of(&node, "an account", &KNOWN).and_then(|fields| take(&fields));
        told.err().map(|mistake| mistake.text).unwrap_or_default()
    }

    #[test]
    fn a_field_of_another_kind_is_told_and_not_repeated() {
        for (text, expected) in [
            ("email = 7_654_321", "email must be a text in quotation marks."),
            ("groups = \"choir\"", "groups must be a list, in square brackets."),
            ("groups = [7_654_321]", "groups must be a list of texts in quotation marks."),
            ("mail = \"yes\"", "mail must be true or false."),
            ("state = \"gone\"", "state must be \"present\" or \"absent\", not \"gone\"."),
            ("emial = \"a\"", "unknown key \"emial\" in an account. Did you mean `email`?"),
            ("colour = 1", "unknown key \"colour\" in an account. There are email, groups, mail, state."),
            ("email = \"a\"\ngroups = [\"b\"]\nmail = true\nstate = \"absent\"", ""),
            ("mail = false", "an account needs the key email."),
        ] {
            let found = told(text, |fields| {
                fields.text("email")?;
                fields.texts("groups")?;
                fields.flag("mail")?;
                fields.word("state", &["present", "absent"])?;
                fields.needed("email").map(drop)
            });
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(quoted(&"é".repeat(61)), format!("\"{}\"…", "é".repeat(60)));
    }
}
