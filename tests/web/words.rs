//! The files of sentences: every language has all of them, with the same variables, and none is left over. What they
//! say where, the other tests check.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};
use fluent_syntax::{ast, parser};
use vestibule::base::{Language, Sentence, Words};
use vestibule::people::audit::Event;
use vestibule::web::Notice;

type Pattern = ast::Pattern<&'static str>;
type Inline = ast::InlineExpression<&'static str>;
type Messages = BTreeMap<&'static str, Pattern>;

/// Sentences that are the same as in English.
const SAME: &[(&str, &str)] = &[
    ("de", "admin-app-details"),
    ("de", "admin-app-title"),
    ("de", "admin-apps-title"),
    ("de", "admin-nav-apps"),
    ("de", "email-browser"),
    ("de", "field-name"),
    ("de", "passkeys-default-name"),
    ("de", "passkeys-title"),
    ("de", "placeholder-name"),
    ("es", "page-title-error"),
    ("fr", "account-confirmation"),
    ("fr", "admin-invitation-title"),
    ("fr", "admin-invitations-title"),
    ("fr", "admin-nav-invitations"),
    ("fr", "admin-title"),
    ("*", "admin-app-name-example"),
    ("*", "admin-handle-example"),
    ("*", "language-direction"),
];

/// Words that people stumble over, as visitors read them: "mail" is what the postman brings.
const AVOIDED: [&str; 8] =
    ["a mail", "operator", "reauthenticate", "log-in", "request id", "somebody", "nobody", "whoever"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The messages of a language.
fn messages(code: &str) -> Messages {
    let text: &'static str = fs::read_to_string(root().join(format!("words/{code}.ftl"))).unwrap().leak();
    let resource = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{code}: {errors:?}"));
    let mut all = Messages::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let key = message.id.name;
                assert!(message.attributes.is_empty(), "{code}: {key} has attributes");
                let pattern = message.value.unwrap_or_else(|| panic!("{code}: {key} is empty"));
                assert!(all.insert(key, pattern).is_none(), "{code}: {key} occurs twice");
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => panic!("{code}: {other:?}"),
        }
    }
    all
}

/// The languages other than English, with their messages.
fn others() -> Vec<(&'static str, Messages)> {
    let codes = Language::all().map(Language::code).filter(|code| *code != "en");
    codes.map(|code| (code, messages(code))).collect()
}

/// Shows each expression of a message, in all of its variants.
fn walk(pattern: &Pattern, see: &mut dyn FnMut(&Inline)) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            inside(expression, see);
        }
    }
}

fn inside(expression: &Expression<&'static str>, see: &mut dyn FnMut(&Inline)) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                walk(&variant.value, see);
            }
            selector
        }
    };
    see(inline);
    if let InlineExpression::Placeable { expression } = inline {
        inside(expression, see);
    }
}

/// The variables of a message, and of the messages that it uses.
fn variables(all: &Messages, key: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    walk(&all[key], &mut |inline| match inline {
        InlineExpression::VariableReference { id } => _ = found.insert(id.name),
        InlineExpression::MessageReference { id, .. } => found.extend(variables(all, id.name)),
        InlineExpression::FunctionReference { .. } | InlineExpression::TermReference { .. } => {
            panic!("{key}: only variables and other messages can be used")
        }
        _ => {}
    });
    found
}

/// The words of a message, in all of its variants.
fn words(pattern: &Pattern, found: &mut Vec<&'static str>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => found.push(*value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                for variant in variants {
                    words(&variant.value, found);
                }
            }
            PatternElement::Placeable { .. } => {}
        }
    }
}

/// The text of every file in a folder and below whose name ends like this.
fn texts(folder: &Path, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for path in entries {
        let has_ending =
            |path: &PathBuf| endings.iter().any(|ending| path.extension().is_some_and(|e| e == *ending));
        if path.is_dir() {
            found.extend(texts(&path, endings));
        } else if has_ending(&path) {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
    found
}

/// The program without its tests, and without comments: the examples in them have sentences of their own.
fn code() -> String {
    let files = texts(&root().join("src"), &["rs"]);
    let without_tests = |file: &String| file.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
    let code: String = files.iter().map(without_tests).collect();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

fn templates() -> String {
    texts(&root().join("templates"), &["html", "txt"]).concat()
}

/// What a text has after each of these beginnings, up to the next quotation mark.
fn quoted<'t>(text: &'t str, beginning: &str) -> Vec<&'t str> {
    let whole = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_:.".contains(c));
    let starts = text.match_indices(beginning).filter(|(at, _)| whole(*at));
    let rests = starts.map(|(at, _)| &text[at + beginning.len()..]);
    rests.filter_map(|rest| rest.split('"').next()).collect()
}

/// The keys that are put together from a code.
fn built() -> BTreeSet<String> {
    // Those about the session of an administrator have the sentences of all others, with another time.
    let same = |notice: &Notice| notice.code().replace("admin-session-", "session-");
    let notices = Notice::ALL.iter().map(|notice| format!("notice-{}", same(notice)));
    let events = Event::ALL.iter().map(|event| format!("event-{}", event.code().replace('_', "-")));
    let folders = fs::read_dir(root().join("templates/mail")).unwrap().map(|entry| entry.unwrap());
    let emails = folders.filter(|folder| folder.path().is_dir());
    let emails = emails.map(|folder| folder.file_name().into_string().unwrap());
    let subjects = emails.map(|code| format!("email-{code}-subject"));
    notices.chain(events).chain(subjects).collect()
}

#[test]
fn every_language_has_every_sentence_and_no_other() {
    let english = messages("en");
    assert!(english.len() > 300, "{}", english.len());
    let codes: Vec<_> = Language::all().map(Language::code).collect();
    assert!(["de", "en", "es", "fr"].iter().all(|code| codes.contains(code)), "{codes:?}");
    for (code, own) in others() {
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        let unknown: Vec<_> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{code}: lacks {missing:?}, has {unknown:?}");
    }
}

#[test]
fn every_sentence_is_used() {
    let english = messages("en");
    let mut used = built();
    for pattern in english.values() {
        walk(pattern, &mut |inline| {
            if let InlineExpression::MessageReference { id, .. } = inline {
                used.insert(id.name.to_owned());
            }
        });
    }
    let places = code() + &templates();
    // Read without a parser: base/words/language.rs.
    used.insert("language-name".to_owned());
    let named = |key: &str| used.contains(key) || places.contains(&format!("\"{key}\""));
    let unused: Vec<_> = english.keys().filter(|key| !named(key)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn every_sentence_that_is_used_exists() {
    let (english, code, templates) = (messages("en"), code(), templates());
    let mut used = built();
    used.extend(quoted(&templates, "t(\"").into_iter().map(str::to_owned));
    assert!(used.len() > 150, "{}", used.len());
    for beginning in ["Sentence::new(\"", "Sentence::from(\""] {
        used.extend(quoted(&code, beginning).into_iter().map(str::to_owned));
    }
    // The title of a page, after the name of its template. The mailbox of a debug build is English.
    for rest in code.split(".page(\"").skip(1).filter(|rest| !rest.starts_with("dev_")) {
        let title = rest.split_once('"').and_then(|(_, rest)| rest.strip_prefix(", \""));
        used.extend(title.and_then(|title| title.split('"').next()).map(str::to_owned));
    }
    let lost: Vec<_> = used.iter().filter(|key| !english.contains_key(&***key)).collect();
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn a_sentence_has_the_same_variables_in_every_language() {
    let english = messages("en");
    for (code, own) in others() {
        for key in english.keys() {
            assert_eq!(variables(&own, key), variables(&english, key), "{code}: {key}");
        }
    }
}

#[test]
fn no_sentence_was_left_in_english() {
    let english = messages("en");
    for (code, own) in others() {
        for (key, pattern) in &english {
            let mut text = Vec::new();
            words(pattern, &mut text);
            if text.concat().contains(char::is_alphabetic) {
                let same = SAME.iter().any(|(language, same)| same == key && ["*", code].contains(language));
                assert_eq!(own[key] == *pattern, same, "{code}: {key}");
            }
        }
    }
}

#[test]
fn no_sentence_has_a_word_that_people_stumble_over() {
    for (key, pattern) in messages("en") {
        let mut text = Vec::new();
        words(&pattern, &mut text);
        let text = text.join(" ").to_lowercase();
        let found = AVOIDED.iter().find(|word| text.contains(**word));
        assert_eq!(found, None, "{key}: {text}");
    }
}

/// A variable without a value would stand in the text as `{$name}`.
#[test]
fn every_sentence_can_be_said_in_every_language() {
    const NUMBERS: [&str; 8] = ["count", "day", "least", "month", "most", "times", "typed", "weekday"];
    let english = messages("en");
    for contact in [None, Some("Ruth Meier")] {
        let said = Words::new("Rowing", contact, Vec::new()).unwrap();
        for key in english.keys() {
            for number in [1_i64, 2] {
                let mut sentence = Sentence::new(*key);
                for name in variables(&english, key) {
                    sentence = match name {
                        "site" | "contact" => sentence,
                        name if NUMBERS.contains(&name) => sentence.with(name, number),
                        "unit" => sentence.with(name, "hour"),
                        name => sentence.with(name, "Ada"),
                    };
                }
                for language in Language::all() {
                    let text = said.text(language, &sentence);
                    assert!(
                        !text.contains(['{', '}', '$']) && !text.trim().is_empty(),
                        "{language}: {key}: {text}"
                    );
                    assert!(said.has(language, key), "{language} has no {key}");
                }
            }
        }
    }
}
