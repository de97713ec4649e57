//! The templates themselves: what they must not contain.

use std::fs;

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
        let text: String = text.split_whitespace().collect();
        for word in ["|safe", "autoescape", "{%raw", "set_escape"] {
            assert!(!text.contains(word), "{name} turns escaping off: {word}");
        }
    }
}

#[test]
fn every_form_that_changes_something_begins_with_its_hidden_value() {
    let mut forms = 0;
    for (name, text) in templates() {
        assert_eq!(text.matches("<form").count(), text.matches("<form method=\"post\"").count(), "{name}");
        for form in text.split("<form method=\"post\"").skip(1) {
            let (_, form) = form.split_once('>').unwrap();
            let about_a_link = ["confirm", "reset", "change_email", "restore_email", "secure", "delete"];
            let value =
                if about_a_link.contains(&name.trim_end_matches(".html")) { "link_form" } else { "form" };
            let first = format!("{{{{ ui::form(value={value}) }}}}");
            assert!(form.trim_start().starts_with(&first), "{name}: {form}");
            forms += 1;
        }
    }
    assert!(forms >= 17, "{forms}");
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
