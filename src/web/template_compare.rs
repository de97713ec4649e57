//! Compares the forms of a page that an app has replaced with those of ours: a field that is missing breaks the page, and
//! a later version of ours may need one more.

use std::collections::BTreeSet;
use std::sync::Arc;

use parking_lot::Mutex;

use super::template_forms::forms;

/// Whether mistakes of an app are looked for while it runs that show nowhere else: in a debug build and in tests.
pub const FINDS_MISTAKES: bool = cfg!(any(debug_assertions, feature = "testing"));

/// How many hints are kept at most: strangers choose the names of the fields that they send.
const MAX_HINTS: usize = 100;

/// Sentences, each once.
type Told = Arc<Mutex<BTreeSet<String>>>;

/// What the templates of an app lack, as far as it was found: in a debug build and in tests, each page is compared when
/// it is shown.
#[derive(Clone, Debug, Default)]
pub struct MissingParts {
    missing: Told,
    hints: Told,
}

impl MissingParts {
    /// All that was found, in sentences.
    pub fn all(&self) -> Vec<String> {
        listed(&self.missing)
    }

    /// Keeps what was found, and warns of it at the first time.
    pub fn add(&self, told: String) {
        if self.missing.lock().insert(told.clone()) {
            log::warn!(event = "sys_template"; "{told}");
        }
    }

    /// What is probably a mistake, in sentences: visitors can cause it, too.
    pub fn hints(&self) -> Vec<String> {
        listed(&self.hints)
    }

    /// Keeps what is probably a mistake, and warns of it at the first time.
    pub(super) fn hint(&self, told: String) {
        let mut hints = self.hints.lock();
        if hints.len() < MAX_HINTS && hints.insert(told.clone()) {
            log::warn!(event = "sys_template"; "{told}");
        }
    }
}

fn listed(told: &Told) -> Vec<String> {
    told.lock().iter().cloned().collect()
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
    fn hints_are_not_missing_parts_and_strangers_cannot_add_many() {
        let found = MissingParts::default();
        for number in 0..2 * MAX_HINTS {
            found.hint(format!("the field {number}"));
        }
        assert_eq!((found.hints().len(), found.all().len()), (MAX_HINTS, 0));
    }

    #[test]
    fn the_fields_that_a_template_mentions_are_found() {
        let template = r#"{{ ui::form(value=form) }}{{ ui::field(name="email", label=t("x")) }}<input name="{{ odd }}">
            <input name='next'><input name=>"#;
        assert_eq!(mentioned(template).into_iter().collect::<Vec<_>>(), ["email", "form", "next"]);
    }
}
