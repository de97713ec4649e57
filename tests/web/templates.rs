//! The templates themselves: what they must not contain.

use std::fs;
use std::path::{Path, PathBuf};

/// Every template: its name and text.
fn templates() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    // Those of emails are in a separate folder.
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap()).filter(|file| file.path().is_file());
    let read = |file: fs::DirEntry| {
        (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap())
    };
    files.map(read).collect()
}

#[test]
fn every_template_is_escaped() {
    let templates = templates();
    assert!(templates.len() >= 8, "{}", templates.len());
    for (name, text) in templates {
        assert!(name.ends_with(".html"), "{name}: only names with this ending are escaped");
        let mut text: String = text.split_whitespace().collect();
        if ["admin_account.html", "admin_invitation.html", "app.html"].contains(&&*name) {
            text = text.replacen("{{qr|safe}}", "", 1); // drawn by base/qr.rs, from numbers only
        }
        for word in ["|safe", "autoescape", "{%raw", "set_escape"] {
            assert!(!text.contains(word), "{name} turns escaping off: {word}");
        }
    }
}

#[test]
fn every_form_that_changes_something_begins_with_its_hidden_value() {
    let mut forms = 0;
    for (name, text) in templates() {
        // What is only asked for changes nothing, and stands in the address.
        let asking = text.matches("<form method=\"get\"").count();
        assert_eq!(
            text.matches("<form").count() - asking,
            text.matches("<form method=\"post\"").count(),
            "{name}"
        );
        for form in text.split("<form method=\"post\"").skip(1) {
            let (_, form) = form.split_once('>').unwrap();
            let about_a_link = [
                "confirm",
                "reset",
                "change_email",
                "restore_email",
                "secure",
                "delete",
                "second",
                "recovery",
                "invited",
            ];
            let value =
                if about_a_link.contains(&name.trim_end_matches(".html")) { "link_form" } else { "form" };
            let first = match &*name {
                // The form is a macro itself.
                "passkeys.html" => "<input type=\"hidden\" name=\"form\" value=\"{{ form }}\"".to_owned(),
                _ => format!("{{{{ ui::form(value={value}) }}}}"),
            };
            assert!(form.trim_start().starts_with(&first), "{name}: {form}");
            forms += 1;
        }
    }
    assert!(forms >= 17, "{forms}");
}

/// Browsers would speak first, in their own words and language, and about one field.
#[test]
fn every_form_lets_us_say_what_is_wrong_and_ties_it_to_the_field_with_the_focus() {
    let mut fields = 0;
    for (name, text) in templates() {
        for form in text.split("<form ").skip(1) {
            let (tag, _) = form.split_once('>').unwrap();
            assert!(tag.trim_end_matches(" hidden").ends_with(" novalidate"), "{name}: <form {tag}>");
        }
        for call in text.split("ui::field(").skip(1) {
            let (call, _) = call.split_once("}}").unwrap();
            assert_eq!(call.contains("focus="), call.contains("said=said"), "{name}: {call}");
            fields += 1;
        }
    }
    assert!(fields >= 14, "{fields}");
}

#[test]
fn no_template_holds_what_the_content_security_policy_forbids() {
    for (name, text) in templates() {
        for tag in text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
            let inline = tag.starts_with("style") || (tag.starts_with("script") && !tag.contains("src="));
            let attribute = tag.split_whitespace().skip(1).any(|word| {
                word.starts_with("style=")
                    || (word.starts_with("on") && word.contains('='))
                    || word.contains("javascript:")
            });
            assert!(!inline && !attribute, "{name}: <{tag}>");
        }
    }
}

/// What is left of a text without everything from each `open` to the `close` after it.
fn without(text: &str, (open, close): (&str, &str)) -> String {
    let mut pieces = text.split(open);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |left, piece| left + piece.split_once(close).map_or("", |(_, after)| after))
}

/// The texts of the templates in a folder and below, with their paths.
fn below(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| match path.is_dir() {
        true => below(&path),
        false => vec![(path.clone(), fs::read_to_string(path).unwrap())],
    };
    entries.flat_map(read).collect()
}

/// They stand in `words/`, in every language. The mailbox of a debug build is English.
#[test]
fn no_template_has_words_of_its_own() {
    let mut templates = below(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")));
    templates.retain(|(path, _)| !path.ends_with("dev_mailbox.html"));
    assert!(templates.len() > 40, "{}", templates.len());
    for (path, text) in templates {
        let code = [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<style>", "</style>")];
        let html = code.into_iter().fold(text, |text, tags| without(&text, tags));
        for name in ["alt", "aria-label", "placeholder", "title"] {
            for value in html.split(&format!(" {name}=\"")).skip(1) {
                let value = value.split('"').next().unwrap_or_default();
                assert!(!value.contains(char::is_alphabetic), "{}: {name}=\"{value}\"", path.display());
            }
        }
        let words = without(&html, ("<", ">"));
        let own: Vec<_> = words.lines().filter(|line| line.contains(char::is_alphabetic)).collect();
        assert!(own.is_empty(), "{}: {own:?}", path.display());
    }
}
