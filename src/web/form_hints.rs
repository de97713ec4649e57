//! Why `Post::fields` returns `None`. A name that is misspelt in a template does that for every visitor, and nothing else
//! says so. Only names are told, never what was typed.

use std::any::type_name;

use rocket::Request;
use rocket::form::Context;
use rocket::form::error::ErrorKind;

use super::submission::FIELD;
use super::template_compare::MissingParts;
use crate::base::Site;

/// The field that tells password managers which account the password is for. The handler already knows that.
/// A page of an earlier version has it without a name, which Lynx sends.
pub(super) const USER_NAME: &str = "username";

/// How many characters of a name are told, and how many names: visitors choose them.
const LONGEST: usize = 40;
const MOST: usize = 5;

/// Looks at a form that an app reads as a `T`. `is_of_a_page` says whether it begins with the value of a page.
pub(super) fn look_at<T>(request: &Request<'_>, context: &Context<'_>, is_of_a_page: bool) {
    let rocket = request.rocket();
    let (Some(site), Some(found)) = (rocket.state::<Site>(), rocket.state::<MissingParts>()) else { return };
    if site.settings.program.is_alone() {
        return;
    }
    if let Some(wrong) = Names::of(context, is_of_a_page).told(short(type_name::<T>())) {
        let path = request.route().map_or("", |route| route.uri.path());
        found.hint(format!("{} {path}: {wrong}", request.method()));
    }
}

/// The name of a type without its module: `Item` for `shop::items::Item<'_>`.
fn short(name: &str) -> &str {
    let name = name.split('<').next().unwrap_or_default();
    name.rsplit("::").next().unwrap_or_default()
}

/// The names that do not fit, as a sentence shows them.
#[derive(Debug, Default)]
struct Names {
    unknown: Vec<String>,
    missing: Vec<String>,
    repeated: Vec<String>,
    /// Of fields that have a value which their type or a rule of theirs does not take.
    unfit: Vec<String>,
    /// Whether the hidden value is there, but not where it counts.
    is_misplaced: bool,
}

impl Names {
    fn of(context: &Context<'_>, is_of_a_page: bool) -> Names {
        let mut names = Names::default();
        for error in context.errors() {
            let Some(name) = &error.name else { continue };
            match error.kind {
                ErrorKind::Unexpected => add(&mut names.unknown, &name.to_string()),
                ErrorKind::Missing => add(&mut names.missing, &name.to_string()),
                ErrorKind::Duplicate => {} // found below, with those that Rocket takes
                _ => add(&mut names.unfit, &name.to_string()),
            }
        }
        for name in context.fields() {
            // Rocket takes these for a field without the brackets, and `Post` does not.
            if name.as_str().contains(['[', '.']) {
                add(&mut names.unknown, name.as_str());
            }
            if context.field_values(name).count() > 1 {
                add(&mut names.repeated, name.as_str());
            }
        }
        names.is_misplaced = !is_of_a_page && context.field_value(FIELD).is_some();
        names
    }

    fn told(&self, form: &str) -> Option<String> {
        let (unknown, missing) = (self.unknown.join(", "), self.missing.join(", "));
        let plural = |names: &[String]| if names.len() == 1 { ["", "is"] } else { ["s", "are"] };
        let ([fields, _], [lacks, are]) = (plural(&self.unknown), plural(&self.missing));
        let mut parts = Vec::new();
        if !self.unknown.is_empty() {
            parts.push(format!("the form has the field{fields} {unknown}, which `{form}` does not have"));
        }
        match (self.missing.is_empty(), self.unknown.is_empty()) {
            (true, _) => {}
            (false, false) => parts.push(format!("{missing} {are} missing")),
            (false, true) => parts.push(format!("the form lacks the field{lacks} {missing} of `{form}`")),
        }
        if !self.repeated.is_empty() {
            parts.push(format!("sent more than once: {}", self.repeated.join(", ")));
        }
        if !self.unfit.is_empty() {
            parts.push(format!("what was entered does not fit the type of {}", self.unfit.join(", ")));
        }
        if self.is_misplaced {
            parts.push("{{ ui::form(value=form) }} is not the first thing inside the form".to_owned());
        }
        if parts.is_empty() {
            return None;
        }
        let ours = [FIELD, USER_NAME].map(|name| format!("`{name}`"));
        let advice = match ours.iter().find(|name| self.missing.contains(name)) {
            Some(ours) => format!("The name {ours} is Vestibule's own: choose another."),
            None if parts.len() == 1 && !self.unfit.is_empty() => {
                "So `fields` is `None`: ask `typed` first.".to_owned()
            }
            None if self.unknown.is_empty() && !self.missing.is_empty() => {
                "Compare the names in the template. A box that is not ticked is not sent: its field is an `Option`."
                    .to_owned()
            }
            None => "Compare the names in the template.".to_owned(),
        };
        Some(format!("{}. {advice}", parts.join("; ")))
    }
}

fn add(names: &mut Vec<String>, name: &str) {
    let name: String = name.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    let name = format!("`{name}`");
    if names.len() < MOST && !names.contains(&name) {
        names.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        let mut all = Vec::new();
        names.iter().for_each(|name| add(&mut all, name));
        all
    }

    #[test]
    fn the_sentence_names_what_does_not_fit() {
        let told = |unknown: &[&str], missing: &[&str]| {
            let names = Names { unknown: names(unknown), missing: names(missing), ..Names::default() };
            names.told("Item").unwrap_or_default()
        };
        assert_eq!(told(&[], &[]), "");
        assert_eq!(
            told(&["txt"], &["text"]),
            "the form has the field `txt`, which `Item` does not have; `text` is missing. Compare the names in the template."
        );
        assert_eq!(
            told(&["a", "b"], &["c", "d"]),
            "the form has the fields `a`, `b`, which `Item` does not have; `c`, `d` are missing. Compare the names in \
             the template."
        );
        assert!(
            told(&[], &["done"]).starts_with("the form lacks the field `done` of `Item`. Compare the names")
        );
        assert!(
            told(&[], &["username"]).ends_with(" The name `username` is Vestibule's own: choose another.")
        );
    }

    #[test]
    fn names_that_strangers_choose_are_few_and_short() {
        let long = "x".repeat(500);
        let all = names(&[&long, "a\nb", "a", "a", "b", "c", "d", "e"]);
        assert_eq!(all.len(), MOST);
        assert_eq!((all[0].len(), &*all[1]), (LONGEST + 2, "`a\\nb`"));
    }

    #[test]
    fn a_type_is_named_without_its_module() {
        for name in ["shop::items::Item<'_>", "Item", "shop::Item<alloc::string::String>"] {
            assert_eq!(short(name), "Item");
        }
    }
}
