//! `vestibule app`: what its commands do, with and without a running site.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::support::Ended;

fn app(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["app"], words].concat())
}

/// What a command prints.
pub fn said(folder: &Folder, words: &[&str]) -> String {
    app(folder, words).succeeded().out
}

fn read(folder: &Folder, words: &[&str]) -> Value {
    serde_json::from_str(&said(folder, words)).unwrap()
}

/// What is said of the parts of that app.
const PARTS: &str = "/admin and all below it is for those in admins, family.\n\
    /api and all below it is open to everyone, also without a login.\n\
    /public and all below it is open to everyone, also without a login.\n";
/// What is said as long as no proxy is trusted.
pub const UNTRUSTED: &str = "In the settings that this command reads, trusted_proxies is empty, so no proxy may ask about apps. For a proxy on this \
    machine, set trusted_proxies = [\"127.0.0.1\", \"::1\"], and restart the site.\n";

/// A site with a group, and an app for it.
pub fn with_a_wiki() -> Folder {
    let (folder, _) = Folder::of_ada();
    folder.run(&["group", "create", "family"]).succeeded();
    let words = [
        "add",
        "wiki",
        "--title",
        "Our wiki",
        "--at",
        "https://wiki.example.org",
        "--group",
        "family",
        "--open",
        "/public",
        "--path",
        "/admin=admins,family",
        "--open",
        "/api",
        "--preflight",
        "/api",
        "--fresh-for",
        "15min",
    ];
    let added = said(&folder, &words);
    assert_eq!(added, format!("Added the app wiki.\nThose in family may open it.\n{PARTS}{UNTRUSTED}"));
    folder
}

#[test]
fn an_app_is_added_shown_and_listed() {
    let (folder, _) = Folder::of_ada();
    let none = "There are no apps. To add one: vestibule app add wiki --at https://wiki.example.org\n";
    assert_eq!(said(&folder, &["list"]), none);
    assert_eq!(read(&folder, &["list", "--json"]), json!([]));
    drop(folder);

    let folder = with_a_wiki();
    let shown = said(&folder, &["show", "wiki"]);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(
        lines[..9],
        [
            "name         wiki",
            "title        Our wiki",
            "at           https://wiki.example.org",
            "for          family",
            "path         /admin  for admins, family",
            "path         /api  open to everyone, without a login, and browsers may ask for other sites",
            "path         /public  open to everyone, without a login",
            "remote-user  handle",
            "fresh-for    15m",
        ]
    );
    assert!(lines[9].starts_with("created      20") && lines.len() == 11, "{shown}");
    let shown = read(&folder, &["show", "wiki", "--json"]);
    for (key, value) in [
        ("name", json!("wiki")),
        ("title", json!("Our wiki")),
        ("at", json!(["https://wiki.example.org"])),
        ("groups", json!(["family"])),
        (
            "paths",
            json!({
                "/admin": ["admins", "family"],
                "/api": { "access": "open", "preflight": true },
                "/public": "open",
            }),
        ),
        ("remote_user", json!("handle")),
        ("fresh_for", json!("15m")),
        ("state", json!("present")),
        ("disabled_at", Value::Null),
    ] {
        assert_eq!(shown[key], value, "{key}");
    }
    assert_eq!(read(&folder, &["list", "--json"]), json!([shown]));
    let row = "wiki  Our wiki  https://wiki.example.org  for family; /admin for admins, family; /api open to everyone; \
               /public open to everyone\n";
    assert_eq!(said(&folder, &["list"]), row);
}

#[test]
fn what_is_set_replaces_what_was_there_and_the_rest_stays() {
    let folder = with_a_wiki();
    let set = |words: &[&str]| said(&folder, &[&["set", "wiki"], words].concat());
    let everyone = format!("Changed the app wiki.\nEveryone with an account may open it.\n{PARTS}");
    assert_eq!(
        set(&["--everyone", "--at", "https://a.example.org", "--at", "https://b.example.org"]),
        everyone
    );
    let already = format!("The app wiki is so already.\nEveryone with an account may open it.\n{PARTS}");
    assert_eq!(set(&["--everyone"]), already);
    let shown = read(&folder, &["show", "wiki", "--json"]);
    assert_eq!(shown["at"], json!(["https://a.example.org", "https://b.example.org"]));
    assert_eq!((&shown["groups"], &shown["fresh_for"]), (&json!([]), &json!("15m")));
    assert_eq!(shown["paths"].as_object().unwrap().len(), 3);
    set(&["--path", "/admin=family", "--fresh-for", "session", "--remote-user", "id", "--title", "Notes"]);
    let shown = read(&folder, &["show", "wiki", "--json"]);
    assert_eq!(shown["paths"], json!({ "/admin": ["family"] }));
    assert_eq!((&shown["fresh_for"], &shown["remote_user"]), (&json!("session"), &json!("id")));
    let told = set(&["--no-paths", "--group", "choir", "--group", "family"]);
    assert_eq!(
        told,
        "Changed the app wiki.\nThose in choir, family may open it.\nThere is no group choir, so no one is in it. To \
         create it: vestibule group create choir\n"
    );
    assert_eq!(read(&folder, &["show", "wiki", "--json"])["paths"], json!({}));
}

#[test]
fn an_app_is_disabled_enabled_and_removed() {
    let folder = with_a_wiki();
    assert_eq!(said(&folder, &["disable", "wiki"]), "Disabled the app wiki: no one can open it.\n");
    app(&folder, &["disable", "wiki"]).refused(&["The app wiki is already disabled."]);
    assert!(said(&folder, &["list"]).ends_with("/public open to everyone  (disabled)\n"));
    assert_eq!(read(&folder, &["show", "wiki", "--json"])["state"], "disabled");
    assert!(said(&folder, &["show", "wiki"]).contains("\ndisabled     20"));
    assert_eq!(said(&folder, &["enable", "wiki"]), "Enabled the app wiki.\n");
    app(&folder, &["enable", "wiki"]).refused(&["The app wiki is already enabled."]);
    let removed = "Removed the app wiki: no one can open it here. Accounts and groups stay.\n";
    assert_eq!(said(&folder, &["remove", "wiki"]), removed);
    assert_eq!(
        ["apps", "apps_groups", "apps_origins", "apps_paths", "groups"].map(|table| folder.rows(table)),
        [0, 0, 0, 0, 1]
    );
    let none = ["There is no app wiki. `vestibule app list` lists all apps."];
    for words in
        [&["remove", "wiki"][..], &["show", "wiki"], &["disable", "wiki"], &["set", "wiki", "--everyone"]]
    {
        app(&folder, words).refused(&none);
    }
}

#[test]
fn what_cannot_be_is_refused_in_one_line_that_says_what_to_type() {
    let folder = with_a_wiki();
    for (words, told) in [
        (
            &["add", "The Wiki", "--at", "https://a.example.org"][..],
            &["\"The Wiki\" cannot be the name of an app"][..],
        ),
        (&["add", "blog"], &["Say where the app is: vestibule app add blog --at https://blog.example.org"]),
        (
            &["add", "wiki", "--at", "https://a.example.org"],
            &["There is already an app wiki. To change it: vestibule app set wiki"],
        ),
        (
            &["add", "blog", "--at", "https://wiki.example.org"],
            &["belongs to the app wiki", "To look at that one: vestibule app show wiki"],
        ),
        (
            &["add", "blog", "--at", "blog.example.org"],
            &["\"blog.example.org\" is not where an app can be: "],
        ),
        (&["add", "blog", "--at", "https://*.example.org"], &["such as https://wiki.example.org."]),
        (
            &["add", "blog", "--at", "https://my_blog.example.org"],
            &["hosts have letters, digits and hyphens"],
        ),
        (&["add", "blog", "--at", "http://localhost:3000"], &["http://wiki.localhost is another one."]),
        (&["set", "wiki"], &["Say what to change", "vestibule help app set"]),
        (&["set", "wiki", "--title", ""], &["cannot be the title of an app. Use 1 to 60 characters"]),
        (&["set", "wiki", "--group", "The family"], &["\"The family\" cannot be the name of a group."]),
        (&["set", "wiki", "--open", "public"], &["\"public\" cannot be a path. Use a path such as /admin"]),
        (&["set", "wiki", "--open", "/../x"], &["No part of it ends in a dot, so .. is none."]),
        (&["set", "wiki", "--path", "/admin"], &["\"/admin\" does not say for whom", "--path /admin=admins"]),
        (&["set", "wiki", "--path", "/admin="], &["does not say for whom a path is"]),
        (&["set", "wiki", "--preflight", "/api"], &["--open /api or --path /api=GROUP"]),
        (&["set", "wiki", "--open", "/a", "--open", "/a/"], &["The path /a is there twice."]),
    ] {
        app(&folder, words).refused(told);
    }
    for (words, told) in [
        (&["set", "wiki", "--fresh-for", "5s"][..], "type a time from 1m to 30d, or session"),
        (&["set", "wiki", "--remote-user", "name"], "type handle, email or id"),
        (&["set", "wiki", "--everyone", "--group", "family"], "cannot be used with"),
        (&["set", "wiki", "--no-paths", "--open", "/a"], "cannot be used with"),
    ] {
        let ended = app(&folder, words);
        assert!(ended.status == Some(2) && ended.err.contains(told), "{ended:?}");
    }
    assert_eq!(folder.rows("apps"), 1);
}

#[test]
fn a_group_names_the_apps_that_ask_for_it() {
    let folder = with_a_wiki();
    let shown = folder.run(&["group", "show", "family"]).succeeded().out;
    assert!(shown.ends_with("\napp       wiki\n"), "{shown}");
    let shown = folder.run(&["group", "show", "family", "--json"]).succeeded().out;
    assert_eq!(serde_json::from_str::<Value>(&shown).unwrap()["apps"], json!(["wiki"]));
    let deleted = folder.run(&["group", "delete", "family"]).succeeded().out;
    assert_eq!(
        deleted,
        "Deleted the group family, which had no members.\nThe app wiki asks for this group, in which no one is any \
         more. To look at it: vestibule app show wiki\n"
    );
    assert_eq!(
        read(&folder, &["show", "wiki", "--json"])["groups"],
        json!(["family"]),
        "it opens to nobody else"
    );
}

#[test]
fn a_change_is_made_while_the_site_runs_and_stands_in_the_audit_log() {
    let folder = with_a_wiki();
    let server = folder.serve();
    said(&folder, &["set", "wiki", "--everyone"]);
    said(&folder, &["disable", "wiki"]);
    assert_eq!(server.stop().status, Some(0));
    assert_eq!(folder.rows("audit where event like 'connected_app_%' and actor = 'command_line'"), 3);
}

#[test]
fn a_file_declares_apps() {
    let (folder, _) = Folder::of_ada();
    folder.write(
        "site.toml",
        "groups = [\"family\"]\n[[apps]]\nname = \"wiki\"\ngroups = [\"family\"]\nat = [\"https://wiki.example.org\"]\n",
    );
    let checked = folder.run(&["apply", "site.toml", "--check"]);
    assert_eq!(checked.status, Some(2), "{checked:?}");
    assert_eq!(checked.out, "group family: created\napp wiki: created\n2 things: 2 to be changed.\n");
    assert_eq!(folder.rows("apps"), 0);
    folder.run(&["apply", "site.toml"]).succeeded();
    assert_eq!(read(&folder, &["show", "wiki", "--json"])["groups"], json!(["family"]));
    let again = folder.run(&["apply", "site.toml"]).succeeded().out;
    assert_eq!(again, "group family: as it is\napp wiki: as it is\n2 things: 0 changed.\n");
    folder.run(&["apply", "site.toml", "--check"]).succeeded();
}
