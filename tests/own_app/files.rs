//! The templates of an app next to ours, as its developer sees them.

use std::env::current_exe;
use std::fs;
use std::path::{Path, PathBuf};

use crate::RUN_AS_APP;
use crate::app::TEMPLATES;
use crate::folder::{Folder, mode};
use crate::support::{Ended, Run};
use crate::visitor::Visitor;

/// The stories, each named after the rule that it checks.
pub const ALL: &[(&str, fn())] = &[
    ("a_list_says_whose_each_template_is_and_what_it_lacks", a_list_says_whose_each_template_is),
    ("a_template_of_ours_is_shown_as_it_is", a_template_of_ours_is_shown),
    ("a_template_of_ours_is_copied_to_be_changed_and_never_over_another", a_template_of_ours_is_copied),
    (
        "a_template_that_cannot_be_used_stops_the_start_before_anything_is_made",
        a_template_that_cannot_be_used,
    ),
    ("an_edit_that_cannot_be_used_keeps_the_page_and_is_logged_once", an_edit_that_cannot_be_used),
    ("a_page_that_cannot_be_shown_says_why_in_a_debug_build_alone", a_page_that_cannot_be_shown),
];

/// The hidden field of our login page that leads back to where a visitor came from.
const NEXT: &str = "<input type=\"hidden\" name=\"next\" value=\"{{ next }}\">";
/// An email without its link.
const RESET: &str = "{% extends \"frame.txt\" %}{% block words %}Hello!{% endblock words %}";

/// Where the app has its templates.
fn templates(folder: &Folder) -> PathBuf {
    folder.path().join("templates")
}

fn command(folder: &Folder, words: &[&str]) -> Run {
    let run = folder.command(words).program(&current_exe().unwrap());
    run.var(RUN_AS_APP, "with templates").var(TEMPLATES, templates(folder))
}

/// One of ours.
fn ours(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(name)).unwrap()
}

/// Whether the app reads its templates from their folder, and has the command `template`; says so if not.
fn is_debug_build() -> bool {
    if !cfg!(debug_assertions) {
        println!(
            "skipped, since a release build has its templates inside: the templates of an app in their folder"
        );
    }
    cfg!(debug_assertions)
}

/// Whose a template is, as a list says it.
fn whose<'l>(listed: &'l str, name: &str) -> &'l str {
    let mut lines =
        listed.lines().filter_map(|line| line.split_once(' ')).filter(|(known, _)| *known == name);
    let (_, whose) = lines.next().unwrap_or_else(|| panic!("no {name} in {listed}"));
    assert!(lines.next().is_none(), "{name} is listed twice: {listed}");
    whose.trim()
}

/// What a list says that templates lack.
fn lacking(listed: &str) -> Vec<&str> {
    listed.lines().filter(|line| line.contains(" has no ")).collect()
}

/// Asserts that it ended with status 1 and one line, which has all these words.
fn refused(ended: &Ended, words: &[&str]) {
    assert_eq!((ended.status, ended.err.lines().count()), (Some(1), 1), "{ended:?}");
    assert!(
        ended.err.starts_with("notes: ") && words.iter().all(|word| ended.err.contains(word)),
        "{words:?}: {ended:?}"
    );
}

fn a_list_says_whose_each_template_is() {
    if !is_debug_build() {
        return;
    }
    let folder = Folder::new();
    let list = || command(&folder, &["template", "list"]).finish().succeeded().out;
    let before = list();
    assert_eq!(whose(&before, "login.html"), "Vestibule");
    assert!(lacking(&before).is_empty() && !before.contains("notes"), "the folder is absent: {before}");

    let login = ours("login.html");
    assert!(login.contains(NEXT));
    folder.write("templates/login.html", login.replace(NEXT, ""));
    folder.write("templates/base.html", "{% extends \"vestibule/base.html\" %}");
    folder.write("templates/notes.html", "{% extends \"base.html\" %}");
    folder.write("templates/mail/reset/mail.txt", RESET);
    folder.write("templates/.notes.html.swp", "");
    let listed = list();
    for (name, expected) in [
        ("login.html", "notes, in place of Vestibule's"),
        ("base.html", "notes, in place of Vestibule's"),
        ("mail/reset/mail.txt", "notes, in place of Vestibule's"),
        ("notes.html", "notes"),
        ("signup.html", "Vestibule"),
        ("mail/reset/mail.html", "Vestibule"),
    ] {
        assert_eq!(whose(&listed, name), expected, "{name}: {listed}");
    }
    let (told, compare) = ("; ours has. Compare it with `notes template show", "`.");
    assert_eq!(
        lacking(&listed),
        [
            format!("templates/login.html has no field `next`{told} login.html{compare}"),
            format!("templates/mail/reset/mail.txt has no `link`{told} mail/reset/mail.txt{compare}"),
        ]
    );
    assert!(!listed.contains(".swp"), "{listed}");
}

fn a_template_of_ours_is_shown() {
    if !is_debug_build() {
        return;
    }
    let folder = Folder::new();
    folder.write("templates/login.html", "theirs");
    for name in ["login.html", "mail/reset/mail.txt"] {
        for typed in [name.to_owned(), format!("templates/{name}"), format!("vestibule/{name}")] {
            let shown = command(&folder, &["template", "show", &typed]).finish().succeeded().out;
            assert!(shown == ours(name), "{typed}: {shown}");
        }
    }
    let meant = [
        "Vestibule has no template \"logn.html\". Did you mean `login.html`?",
        "`notes template list` shows all.",
    ];
    refused(&command(&folder, &["template", "show", "logn.html"]).finish(), &meant);
    refused(&command(&folder, &["template", "copy", "logn.html"]).finish(), &meant);
}

fn a_template_of_ours_is_copied() {
    if !is_debug_build() {
        return;
    }
    let folder = Folder::new();
    for name in ["reset.html", "mail/reset/mail.txt"] {
        let (place, copy) = (templates(&folder).join(name), &["template", "copy", name]);
        let said = command(&folder, copy).finish().succeeded().out;
        assert!(said.starts_with(&format!("Wrote {}. Change it: ", place.display())), "{said}");
        assert_eq!(fs::read_to_string(&place).unwrap(), ours(name));
        assert_eq!(mode(&place), 0o644, "as the other sources");
        fs::write(&place, "{# mine #}").unwrap();
        let compare =
            format!("{} is there already. Compare it with `notes template show {name}`.", place.display());
        refused(&command(&folder, copy).finish(), &[&compare]);
        assert_eq!(fs::read_to_string(&place).unwrap(), "{# mine #}");
        fs::write(&place, ours(name)).unwrap();
    }
    let listed = command(&folder, &["template", "list"]).finish().succeeded().out;
    assert_eq!(whose(&listed, "reset.html"), "notes, in place of Vestibule's");
    assert!(lacking(&listed).is_empty(), "{listed}");
    assert!(!folder.data().exists(), "no site was made");
}

fn a_template_that_cannot_be_used() {
    let folder = Folder::new();
    folder.write("templates/notes.html", "<p>\n{% if %}</p>");
    for words in [&["--port", "0"][..], &["check"]] {
        refused(&command(&folder, words).finish(), &["notes: templates/notes.html: ", "2:7"]);
    }
    assert!(!folder.data().exists(), "nothing was made");
    folder.write("templates/notes.html", "<p>{% if true %}Notes{% endif %}</p>");
    assert_eq!(command(&folder, &["--port", "0"]).start().stop().status, Some(0));
}

fn an_edit_that_cannot_be_used() {
    if !is_debug_build() {
        return;
    }
    let folder = Folder::new();
    let write = |text: &str| {
        let page = format!("{{% extends \"base.html\" %}}{{% block main %}}{text}{{% endblock main %}}");
        folder.write("templates/notes.html", page);
    };
    write("Number one");
    let server = command(&folder, &["--port", "0"]).start();
    let shown = || Visitor::at(server.address).get("/page").body;
    assert!(shown().contains("Number one"));
    write("{% if %}");
    for _ in 0..3 {
        assert!(shown().contains("Number one"), "the page of before");
    }
    write("And number three");
    assert!(shown().contains("And number three"));
    folder.write("templates/new.html", "{% if %}");
    assert!(shown().contains("And number three"));
    let ended = server.stop();
    let is_told = |line: &&str| line.contains("Pages are shown as they were before.");
    let told: Vec<_> = ended.err.lines().filter(is_told).collect();
    assert!(told.len() == 1 && told[0].contains("templates/notes.html"), "{ended:?}");
    let of_new: Vec<_> = ended.err.lines().filter(|line| line.contains("templates/new.html: ")).collect();
    assert!(of_new.len() == 1 && !is_told(&of_new[0]), "it was not shown before: {ended:?}");
}

fn a_page_that_cannot_be_shown() {
    let folder = Folder::new();
    folder.write("templates/notes.html", "{{ item.txt }}");
    let server = command(&folder, &["--port", "0"]).start();
    let page = Visitor::at(server.address).get("/page");
    assert!(page.status == 500 && page.body.contains("Something went wrong on our side"), "{}", page.body);
    // A debug build is read by the developer alone.
    for word in ["A debug build shows why: ", "item.txt"] {
        assert_eq!(page.body.contains(word), cfg!(debug_assertions), "{word}: {}", page.body);
    }
    let ended = server.stop();
    let why = "templates/notes.html: variable `item.txt` not found in context";
    assert_eq!(ended.err.lines().filter(|line| line.contains(why)).count(), 1, "{ended:?}");
}
