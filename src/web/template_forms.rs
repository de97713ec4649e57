//! Reads the forms of a page as a browser does, for looking at what they lack.

use std::collections::BTreeSet;

/// The hidden field, the first of each form of a page.
pub const FIELD: &str = "form";

/// A form, as a browser would send it.
#[derive(Debug, Default)]
pub(super) struct Form {
    id: Option<String>,
    /// In lower case.
    pub(super) method: String,
    /// Where it leads, without the query.
    pub(super) action: String,
    /// The names of its fields and buttons.
    pub(super) fields: BTreeSet<String>,
    /// Those of its buttons.
    pub(super) buttons: BTreeSet<String>,
    /// The name of the first field or button inside it.
    pub(super) first: Option<String>,
    /// Whether it has a button that sends it.
    pub(super) submits: bool,
}

impl Form {
    /// Whether both lead to the same address with the same method.
    pub(super) fn leads_like(&self, other: &Form) -> bool {
        self.method == other.method && self.action == other.action
    }

    /// Adds a field or a button.
    fn take(&mut self, element: &Tag) {
        let kind = element.value("type").map(|kind| kind.to_ascii_lowercase());
        let is_button = match (element.name.as_str(), kind.as_deref()) {
            (_, Some("reset")) | ("button" | "input", Some("button")) => return,
            ("button", _) | ("input", Some("submit" | "image")) => true,
            _ => false,
        };
        self.submits |= is_button;
        let Some(name) = element.value("name").filter(|name| !name.is_empty()) else { return };
        self.first.get_or_insert_with(|| name.to_owned());
        self.fields.insert(name.to_owned());
        if is_button {
            self.buttons.insert(name.to_owned());
        }
    }
}

/// The forms of a page. A field that names a form by its ID belongs to that one.
pub(super) fn forms(page: &str) -> Vec<Form> {
    let (mut forms, mut open, mut elsewhere) = (Vec::<Form>::new(), None::<usize>, Vec::new());
    for tag in tags(page) {
        let is_part = matches!(tag.name.as_str(), "input" | "select" | "textarea" | "button");
        if tag.name == "form" {
            let action = tag.value("action").unwrap_or_default();
            let action = action.split(['?', '#']).next().unwrap_or_default().to_owned();
            let method = tag.value("method").unwrap_or("get").to_ascii_lowercase();
            open = Some(forms.len());
            forms.push(Form { id: tag.value("id").map(str::to_owned), method, action, ..Form::default() });
        } else if tag.name == "/form" {
            open = None;
        } else if is_part && tag.value("form").is_some() {
            elsewhere.push(tag);
        } else if is_part
            && let Some(open) = open
            && let Some(form) = forms.get_mut(open)
        {
            form.take(&tag);
        }
    }
    for tag in elsewhere {
        if let Some(form) = forms.iter_mut().find(|form| form.id.as_deref() == tag.value("form")) {
            form.take(&tag);
        }
    }
    forms
}

/// A tag of a page.
struct Tag {
    /// With a slash at the beginning if it ends an element.
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The tags of a page, in order. Comments count as none.
fn tags(page: &str) -> Vec<Tag> {
    let (mut found, mut rest) = (Vec::new(), page);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let slash = usize::from(rest.starts_with('/'));
        let end = rest[slash..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len() - slash);
        let (name, after) = rest.split_at(slash + end);
        if end > 0 {
            let (attributes, after) = attributes(after);
            found.push(Tag { name: name.to_ascii_lowercase(), attributes });
            rest = after;
        }
    }
    found
}

/// The attributes of a tag, and what comes after it.
fn attributes(mut rest: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (found, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (found, after);
        }
        // The first character is a part of the name, whatever it is.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let end = rest[first..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
        let (name, after) = rest.split_at(end.map_or(rest.len(), |end| first + end));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => ("", after),
        };
        found.push((name.to_ascii_lowercase(), unescaped(value)));
        rest = after;
    }
}

/// The value of an attribute, and what comes after it.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

/// Text as it was before it was escaped.
pub(super) fn unescaped(text: &str) -> String {
    let marks =
        [("&#x2F;", "/"), ("&#x27;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    marks.into_iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_no_page_is_read_to_its_end() {
        for odd in [
            "<",
            "</",
            "<form",
            "<form a",
            "<form a=",
            "<form a=\"",
            "<form =",
            "<é ü=ö",
            "<!--",
            "<form / / =é",
        ] {
            let _ = forms(odd);
        }
    }

    #[test]
    fn the_first_field_is_the_one_that_is_sent_first() {
        let first = |page: &str| forms(page).into_iter().next().and_then(|form| form.first);
        let outside = r#"<form id="f"><p><button type="button" name="a"></button><input><input name="b"><input name="c"></form>
            <input form="f" name="d">"#;
        assert_eq!(first(outside).as_deref(), Some("b"));
        assert_eq!(first("<form></form>"), None);
    }
}
