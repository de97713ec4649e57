//! Mistakes in a page of an app that show nowhere: a debug build and tests look for them when it is shown.

use rocket::Request;
use serde_json::{Map, Value};
use url::Url;

use super::form_errors::WHOLE;
use super::next::Destinations;
use super::paths;
use super::template_compare::MissingParts;
use super::template_forms::{FIELD, forms, unescaped};
use super::template_sources::{OF_APP, TemplateFiles};
use crate::base::Site;

/// Looks at a page that is about to be shown, if its template is the app's. `errors` are the sentences about its form, by
/// the names of the fields.
pub(super) fn look_at(
    request: &Request<'_>,
    template: &str,
    page: &str,
    errors: Option<&Map<String, Value>>,
) {
    let rocket = request.rocket();
    let (Some(site), Some(found), Some(pages)) =
        (rocket.state::<Site>(), rocket.state::<MissingParts>(), rocket.state::<Destinations>())
    else {
        return;
    };
    let of_app = TemplateFiles::of(&site.settings.program).names_of_app();
    if !of_app.iter().any(|name| name == template) {
        return;
    }
    let here = request.uri().path();
    for path in without_value(page, here.as_str(), |path| pages.takes_form(path)) {
        found.add(format!(
            "{OF_APP}{template}: the form to {path} lacks {{{{ ui::form(value=form) }}}}, the first thing inside it."
        ));
    }
    for field in errors.map(|errors| not_shown(page, errors)).unwrap_or_default() {
        found.hint(match &*field {
            WHOLE => format!("{OF_APP}{template} shows the error of the whole form nowhere: `errors.form`."),
            field => format!(
                "The error of the field `{field}` is shown nowhere on {OF_APP}{template}. Correct the name, or show \
                 `errors.{field}`."
            ),
        });
    }
}

/// The paths of this site to which forms lead that do not begin with the hidden value.
fn without_value(page: &str, here: &str, takes_form: impl Fn(&str) -> bool) -> Vec<String> {
    let forms = forms(page).into_iter().filter(|form| form.method == "post");
    let without = forms.filter(|form| form.first.as_deref() != Some(FIELD));
    let paths = without.filter_map(|form| path_of(&form.action, here));
    // That form is the frame's, which is compared with ours.
    paths.filter(|path| path != paths::LOGOUT && takes_form(path)).collect()
}

/// The path to which a form leads, unless it is one of another site.
fn path_of(action: &str, here: &str) -> Option<String> {
    let here = Url::parse("http://vestibule.invalid").ok()?.join(here).ok()?;
    let there = here.join(action).ok()?;
    (there.origin() == here.origin()).then(|| there.path().to_owned())
}

/// The fields whose sentences are not on the page.
fn not_shown(page: &str, errors: &Map<String, Value>) -> Vec<String> {
    let text = unescaped(page);
    let is_lost = |sentence: &Value| sentence.as_str().is_some_and(|sentence| !text.contains(sentence));
    errors.iter().filter(|(_, sentence)| is_lost(sentence)).map(|(field, _)| field.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_the_site_begins_with_the_hidden_value() {
        let without = |page: &str| without_value(page, "/items/new", |path| path.starts_with("/items"));
        let value = r#"<input type="hidden" name="form" value="x">"#;
        for (form, found) in [
            (r#"<form method="post" action="&#x2F;items?all=1">"#.to_owned(), vec!["/items"]),
            (r#"<form method="POST"><input name="text">"#.to_owned(), vec!["/items/new"]),
            (format!(r#"<form method="post" action="done"><input name="text">{value}"#), vec!["/items/done"]),
            (format!(r#"<form method="post" action="/items">{value}<input name="text">"#), vec![]),
            (r#"<form action="/items"><input name="q">"#.to_owned(), vec![]),
            (r#"<form method="post" action="https://pay.example/items">"#.to_owned(), vec![]),
            (r#"<form method="post" action="//pay.example/items">"#.to_owned(), vec![]),
            (r#"<form method="post" action="/shop">"#.to_owned(), vec![]),
        ] {
            assert_eq!(without(&form), found, "{form}");
        }
        assert!(without_value(r#"<form method="post" action="/logout">"#, "/", |_| true).is_empty());
    }

    #[test]
    fn a_sentence_is_found_as_the_page_has_it() {
        let errors = |sentence: &str| {
            let Value::Object(errors) = serde_json::json!({ "text": sentence }) else { panic!("an object") };
            not_shown("<p>Say &lt;who&gt; &amp; when.</p>", &errors)
        };
        assert!(errors("Say <who> & when.").is_empty());
        assert_eq!(errors("Say how."), ["text"]);
    }
}
