//! A file declares apps behind the owner's proxy. Applied again, it changes nothing.

use vestibule::services::apps::{App, PathAccess, RemoteUser};

use crate::apply::{applied, run};
use crate::apps::{app, name, read};
use crate::guide::blocks;
use crate::support::{Setup, TestSite};

const FILE: &str = r#"
groups = ["family", "editors"]

[[apps]]
name = "wiki"
title = "Our wiki"
groups = ["family"]
at = ["https://wiki.example.org", "https://notes.example.org"]
paths = { "/public" = "open", "/admin" = ["admins", "editors"], "/api" = { access = "open", preflight = true } }
remote_user = "email"
fresh_for = "15min"

[[apps]]
name = "blog"
at = ["https://blog.example.org"]
state = "disabled"
"#;

/// The same.
const JSON: &str = r#"{
"groups": ["family", "editors"],
"apps": [
  { "name": "wiki", "title": "Our wiki", "groups": ["family"], "remote_user": "email", "fresh_for": "15min",
    "at": ["https://notes.example.org", "https://wiki.example.org/"],
    "paths": { "/api": { "access": "open", "preflight": true }, "/admin": ["editors", "admins"], "/public": "open" } },
  { "name": "blog", "at": ["https://blog.example.org"], "state": "disabled" }
]
}"#;

/// The mistakes of a file of which nothing is applied.
fn mistakes(site: &TestSite, content: &str) -> Vec<String> {
    let rows = site.rows_without("");
    let refused = run(site, content, false).err().map(|why| why.refusal.to_string());
    let mistakes = run(site, content, false).err().map(|why| why.mistakes).unwrap_or_default();
    assert!(refused.is_some_and(|told| told.ends_with("Nothing was changed.")), "{mistakes:?}");
    assert_eq!(site.rows_without(""), rows);
    mistakes.iter().map(|told| told.rsplit_once("site.toml").unwrap().1.to_owned()).collect()
}

fn unchanged(site: &TestSite, content: &str) {
    let rows = site.rows_without("");
    let report = run(site, content, false).unwrap();
    assert_eq!(report.changed(), 0, "{:?}", report.lines);
    assert_eq!(site.rows_without(""), rows);
}

fn hosts(app: &App) -> Vec<&str> {
    app.origins.iter().map(|origin| origin.host()).collect()
}

#[test]
fn apps_are_made_as_they_are_written_and_a_second_time_changes_nothing() {
    let site = TestSite::new();
    let rows = site.rows_without("");
    let would = run(&site, FILE, true).unwrap();
    assert_eq!((would.changed(), site.rows_without("")), (4, rows), "a check changes nothing");
    let lines = applied(&site, FILE);
    assert_eq!(lines[2..], ["app wiki: created", "app blog: created · disabled"]);
    let wiki = app(&site, "wiki");
    assert_eq!(wiki.title.as_str(), "Our wiki");
    assert_eq!(hosts(&wiki), ["notes.example.org", "wiki.example.org"]);
    assert_eq!(wiki.groups.iter().map(|group| group.as_str()).collect::<Vec<_>>(), ["family"]);
    let paths: Vec<_> = wiki.paths.iter().map(|rule| (rule.prefix.as_str(), rule.preflight)).collect();
    assert_eq!(paths, [("/admin", false), ("/api", true), ("/public", false)]);
    assert!(matches!(&wiki.paths[0].access, PathAccess::Groups(groups) if groups.len() == 2));
    assert_eq!((wiki.remote_user, wiki.fresh_for), (RemoteUser::Email, Some(900)));
    let blog = app(&site, "blog");
    assert_eq!((blog.title.as_str(), blog.groups.is_empty()), ("blog", true));
    assert!(blog.disabled_at.is_some() && wiki.disabled_at.is_none());
    for same in [FILE, JSON] {
        unchanged(&site, same);
    }
}

#[test]
fn what_is_written_is_changed_and_what_is_not_stays() {
    let site = TestSite::new();
    applied(&site, FILE);
    let lines = applied(
        &site,
        "[[apps]]\nname = \"wiki\"\ngroups = []\npaths = { \"/admin\" = [\"admins\"] }\nfresh_for = \"session\"\n\
         [[apps]]\nname = \"blog\"\n",
    );
    assert_eq!(lines, ["app wiki: changed groups, paths, fresh_for", "app blog: as it is"]);
    let wiki = app(&site, "wiki");
    assert!(wiki.groups.is_empty() && wiki.fresh_for.is_none() && wiki.paths.len() == 1);
    assert_eq!((wiki.title.as_str(), wiki.remote_user), ("Our wiki", RemoteUser::Email));
    assert_eq!(hosts(&wiki), ["notes.example.org", "wiki.example.org"]);
    assert!(app(&site, "blog").disabled_at.is_some(), "without a word about it, it stays disabled");
    let lines = applied(
        &site,
        "[[apps]]\nname = \"wiki\"\ntitle = \"Wiki\"\nstate = \"disabled\"\n\
         [[apps]]\nname = \"blog\"\nstate = \"present\"\n",
    );
    assert_eq!(lines, ["app wiki: changed title · disabled", "app blog: enabled"]);
    let gone = "[[apps]]\nname = \"wiki\"\nstate = \"absent\"\n[[apps]]\nname = \"no\"\nstate = \"absent\"\n";
    assert_eq!(applied(&site, gone), ["app wiki: deleted", "app no: as it is"]);
    assert!(read(&site).by_name(&name("wiki")).is_none());
    unchanged(&site, gone);
}

#[test]
fn a_host_goes_from_one_app_to_another_in_one_file() {
    let site = TestSite::new();
    let file = |wiki: &str, blog: &str| {
        format!(
            "[[apps]]\nname = \"wiki\"\nat = [\"https://{wiki}.example.org\"]\n\
             [[apps]]\nname = \"blog\"\nat = [\"https://{blog}.example.org\"]\n"
        )
    };
    applied(&site, &file("one", "two"));
    assert_eq!(applied(&site, &file("two", "one")), ["app wiki: changed at", "app blog: changed at"]);
    assert_eq!(hosts(&app(&site, "wiki")), ["two.example.org"]);
    assert_eq!(hosts(&app(&site, "blog")), ["one.example.org"]);
    let lines = applied(
        &site,
        "[[apps]]\nname = \"notes\"\nat = [\"https://two.example.org\"]\n\
         [[apps]]\nname = \"wiki\"\nstate = \"absent\"\n",
    );
    assert_eq!(lines, ["app notes: created", "app wiki: deleted"]);
}

#[test]
fn what_cannot_be_is_told_with_its_line() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    applied(&site, "groups = [\"family\"]\n[[apps]]\nname = \"wiki\"\nat = [\"https://wiki.example.org\"]\n");
    for (content, told) in [
        (
            "[[apps]]\nname = \"blog\"\nat = [\"https://wiki.example.org\"]\n",
            ":1: the app blog cannot be as it is written here. The host wiki.example.org belongs to the app wiki: ",
        ),
        (
            "[[apps]]\nname = \"blog\"\nat = [\"https://login.example.org\"]\n",
            ":1: the app blog cannot be as it is written here. https://login.example.org is the host of this site",
        ),
        (
            "[[apps]]\nname = \"blog\"\nat = [\"http://blog.example.org\"]\n",
            ":1: the app blog cannot be as it is written here. http://blog.example.org is not https",
        ),
        (
            "\n[[apps]]\nname = \"blog\"\ngroups = [\"famliy\"]\n",
            ":4: group \"famliy\" is not among groups; there are family.",
        ),
        (
            "[[apps]]\nname = \"blog\"\npaths = { \"/x\" = [\"famliy\"] }\n",
            ":3: group \"famliy\" is not among groups; there are family.",
        ),
        (
            "groups = [{ name = \"family\", state = \"absent\" }]\n[[apps]]\nname = \"blog\"\ngroups = [\"family\"]\n",
            ":4: the group family is absent, says line 1.",
        ),
        (
            "[[apps]]\nname = \"blog\"\n[[apps]]\nname = \"blog\"\ntitle = \"Blog\"\n",
            ":3: the app blog was declared before, in line 1.",
        ),
        (
            "[[apps]]\nname = \"blog\"\npaths = { \"/x\" = [] }\n",
            ":1: the app blog cannot be as it is written here. The path /x is for no group: ",
        ),
        ("[[apps]]\nname = \"blog\"\npaths = { \"/x/..\" = \"open\" }\n", ":3: \"/x/..\" cannot be a path. "),
    ] {
        let mistakes = mistakes(&site, content);
        assert_eq!(mistakes.len(), 1, "{content}: {mistakes:?}");
        assert!(mistakes[0].starts_with(told), "{content}: {mistakes:?}");
    }
    // Two of the file itself want the same host, and both are told.
    let both = "[[apps]]\nname = \"blog\"\nat = [\"https://x.example.org\"]\n\
                [[apps]]\nname = \"notes\"\nat = [\"https://x.example.org\"]\n";
    assert_eq!(mistakes(&site, both).len(), 2);
    // All that is wrong about one app is told at once.
    let much = "[[apps]]\nname = \"blog\"\nat = [\"http://blog.example.org\", \"https://wiki.example.org\"]\n\
                paths = { \"/x\" = [], \"/y\" = [] }\n";
    let told = mistakes(&site, much);
    for what in
        ["The path /x", "The path /y", "http://blog.example.org is not https", "belongs to the app wiki"]
    {
        assert_eq!(told.iter().filter(|told| told.contains(what)).count(), 1, "{what}: {told:?}");
    }
    assert_eq!(told.len(), 4, "{told:?}");
}

#[test]
fn an_app_that_the_settings_have_overtaken_stops_no_file_that_is_not_about_where_it_is() {
    let site = TestSite::new();
    applied(&site, "[[apps]]\nname = \"wiki\"\nat = [\"http://wiki.example.org\"]\n");
    site.change("update apps_origins set host = 'localhost', origin = 'http://localhost:3000'");
    assert_eq!(applied(&site, "[[apps]]\nname = \"wiki\"\n"), ["app wiki: as it is"]);
    let told = mistakes(&site, "[[apps]]\nname = \"wiki\"\ntitle = \"Wiki\"\n");
    assert!(told[0].contains("http://localhost:3000 is the host of this site itself"), "{told:?}");
}

#[test]
fn the_example_of_the_page_can_be_applied() {
    let site = TestSite::new();
    let examples = blocks("docs/apply.md", "text");
    let example = examples.iter().find(|example| example.contains("fresh_for")).unwrap();
    let file = format!("groups = [\"family\"]\n{example}");
    assert_eq!(applied(&site, &file), ["group family: created", "app wiki: created"]);
    assert_eq!(app(&site, "wiki").paths.len(), 3);
    unchanged(&site, &file);
}
