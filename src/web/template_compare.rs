//! Compares the forms of a page that an app has replaced with those of ours: a field that is missing breaks the page, and
//! a later version of ours may need one more.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// What the templates of an app lack, as far as it was found: in a debug build and in tests, each page is compared when
/// it is shown.
#[derive(Clone, Debug, Default)]
pub struct MissingParts(Arc<Mutex<BTreeSet<String>>>);

impl MissingParts {
    /// All that was found, in sentences.
    pub fn all(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Keeps what was found, and warns of it at the first time.
    pub fn add(&self, told: String) {
        if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(told.clone()) {
            log::warn!(event = "sys_template"; "{told}");
        }
    }
}

/// The sentence about what one of these templates of an app lacks, such as "field `next`". They are by name.
pub fn told(program: &str, templates: &[&str], what: &str) -> String {
    let files: Vec<_> = templates.iter().map(|name| format!("templates/{name}")).collect();
    let (files, first) = (files.join(" or "), templates.first().unwrap_or(&""));
    format!("{files} has no {what}; ours has. Compare it with `{program} template show {first}`.")
}

/// What the forms of a page lack that those of ours have, each as `told` says it.
pub(super) fn lacking(theirs: &str, ours: &str) -> Vec<String> {
    let theirs = forms(theirs);
    let mut found = Vec::new();
    for form in forms(ours) {
        let place = if form.action.is_empty() { "this page" } else { form.action.as_str() };
        let alike: Vec<_> = theirs.iter().filter(|other| other.leads_like(&form)).collect();
        if alike.is_empty() {
            found.push(format!("form to {place} with method {}", form.method));
            continue;
        }
        for field in &form.fields {
            if !alike.iter().any(|other| other.fields.contains(field)) {
                let what = if form.buttons.contains(field) { "button" } else { "field" };
                found.push(format!("{what} `{field}` in its form to {place}"));
            }
        }
        if form.submits && !alike.iter().any(|other| other.submits) {
            found.push(format!("button in its form to {place}"));
        }
    }
    found
}

/// The names of fields that a template itself mentions, in elements and for macros. What ours mentions and another does
/// not is probably missing there, unless it is built on ours.
pub fn mentioned(template: &str) -> BTreeSet<String> {
    let quoted = |rest: &'_ str| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split_once(quote).map(|(name, _)| name.to_owned())
    };
    let names = template.split("name=").skip(1).filter_map(quoted);
    let mut names: BTreeSet<_> = names.filter(|name| !name.is_empty() && !name.contains('{')).collect();
    // These macros make a field of this name.
    for name in ["form", "username"] {
        if template.contains(&format!("ui::{name}(")) {
            names.insert(name.to_owned());
        }
    }
    names
}

/// A form, as a browser would send it.
#[derive(Debug, Default)]
struct Form {
    id: Option<String>,
    method: String,
    /// Where it leads, without the query.
    action: String,
    /// The names of its fields and buttons.
    fields: BTreeSet<String>,
    /// Those of its buttons.
    buttons: BTreeSet<String>,
    /// Whether it has a button that sends it.
    submits: bool,
}

impl Form {
    fn leads_like(&self, other: &Form) -> bool {
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
        self.fields.insert(name.to_owned());
        if is_button {
            self.buttons.insert(name.to_owned());
        }
    }
}

/// The forms of a page. A field that names a form by its ID belongs to that one.
fn forms(page: &str) -> Vec<Form> {
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
fn unescaped(text: &str) -> String {
    let marks =
        [("&#x2F;", "/"), ("&#x27;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    marks.into_iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = r#"<form method="post" action="&#x2F;login?lang=de" novalidate>
        <input type="hidden" name="form" value="a > b"><input name=email required/>
        <select name='unit'></select><textarea name="note"></textarea>
        <button type="submit" class="primary">Log in</button> <button name="way" value="link">Mail</button></form>"#;

    #[test]
    fn a_form_with_all_fields_lacks_nothing_however_it_is_written() {
        assert!(lacking(OURS, OURS).is_empty());
        let other = r#"<!-- <form> --><FORM id=f action='/login' METHOD=POST><p title="<form action='/x'>">
            <input form="f" name="note" value=""><input type=submit name=way><input name="unit"></form>
            <input form=f name=form><input name="email" form="f">"#;
        assert_eq!(lacking(other, OURS), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_is_named() {
        let without = |text: &str| lacking(&OURS.replace(text, ""), OURS);
        assert_eq!(without(r#"name='unit'"#), ["field `unit` in its form to /login"]);
        assert_eq!(without(r#"name="way""#), ["button `way` in its form to /login"]);
        assert_eq!(without(r#"method="post""#), ["form to /login with method post"]);
        let buttons = OURS.replace("button", "span");
        assert_eq!(
            lacking(&buttons, OURS),
            ["button `way` in its form to /login", "button in its form to /login"]
        );
        assert_eq!(lacking("<form>", "<form><input name=q>"), ["field `q` in its form to this page"]);
        assert_eq!(lacking("<p>&lt;form&gt;</p>", "<form>"), ["form to this page with method get"]);
    }

    #[test]
    fn the_sentence_says_what_to_type() {
        let missing = MissingParts::default();
        for _ in 0..2 {
            missing.add(told("notes", &["login.html"], "field `next` in its form to /login"));
        }
        let told = "templates/login.html has no field `next` in its form to /login; ours has. \
                    Compare it with `notes template show login.html`.";
        assert_eq!(missing.all(), [told]);
    }

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
    fn the_fields_that_a_template_mentions_are_found() {
        let template = r#"{{ ui::form(value=form) }}{{ ui::field(name="email", label=t("x")) }}<input name="{{ odd }}">
            <input name='next'><input name=>"#;
        assert_eq!(mentioned(template).into_iter().collect::<Vec<_>>(), ["email", "form", "next"]);
    }
}
