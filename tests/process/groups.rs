//! `vestibule group`: what its commands do, with and without a running site.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::smtp::{dead_port, with_mail};
use crate::support::Ended;
use crate::visitor::{ADA, PASSWORD, Visitor};

const BOB: &str = "bob@example.org";

fn group(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["group"], words].concat())
}

fn said(folder: &Folder, words: &[&str]) -> String {
    group(folder, words).succeeded().out
}

fn read(folder: &Folder, words: &[&str]) -> Value {
    serde_json::from_str(&folder.run(words).succeeded().out).unwrap()
}

/// A folder with Ada and Bob, and a group.
fn with_a_choir() -> Folder {
    let (folder, _) = Folder::of_ada();
    let bob = folder.command(&["account", "add", BOB, "Bob"]).input(&format!("{PASSWORD}\n"));
    bob.finish().succeeded();
    assert_eq!(said(&folder, &["create", "choir", "--title", "The choir"]), "Created the group choir.\n");
    folder
}

#[test]
fn accounts_are_added_to_a_group_and_removed_from_it() {
    let folder = with_a_choir();
    let first = |words: &[&str]| said(&folder, words).lines().next().unwrap().to_owned();
    assert_eq!(first(&["add", "choir", ADA]), "Added ada@example.org to the group choir.");
    assert_eq!(first(&["add", "admins", ADA]), "Added ada@example.org to the group admins.");
    let id = read(&folder, &["account", "show", BOB, "--json"])["id"].as_str().unwrap().to_owned();
    assert_eq!(first(&["add", "choir", &id]), "Added bob@example.org to the group choir.");
    let shown = folder.run(&["account", "show", ADA]).succeeded().out;
    assert!(shown.contains("\ngroups    admins, choir\n"), "{shown}");
    assert_eq!(read(&folder, &["account", "show", BOB, "--json"])["groups"], json!(["choir"]));
    let happened = folder.run(&["account", "activity", BOB]).succeeded().out;
    let newest = happened.lines().next().unwrap();
    let told = "You were added to a group: choir  (By the people who run this site)";
    assert!(newest.ends_with(told), "{happened}");
    let removed = said(&folder, &["remove", "choir", BOB]);
    assert_eq!(removed, "Removed bob@example.org from the group choir.\n");
    let happened = read(&folder, &["account", "activity", BOB, "--json"]);
    assert_eq!((&happened[0]["group"], &happened[1]["group"]), (&json!("choir"), &json!("choir")));
    assert!(happened[2].get("group").is_none(), "{happened}");
    let copy = read(&folder, &["account", "export", BOB]);
    let mut events = copy["activity"].as_array().unwrap().iter();
    let left = events.find(|event| event["event"] == "group_left").unwrap();
    assert_eq!(left["group"], "choir", "{copy}");
    assert_eq!(read(&folder, &["account", "show", BOB, "--json"])["groups"], json!([]));
    let copy = read(&folder, &["account", "export", ADA]);
    assert_eq!(copy["groups"][1]["title"], "The choir");
}

#[test]
fn whoever_adds_an_account_reads_whose_it_is() {
    let folder = with_a_choir();
    let account = |email: &str| read(&folder, &["account", "show", email, "--json"]);
    let (ada, bob) = (account(ADA), account(BOB));
    let lines = |group: &str, account: &Value, name: &str, logged_in: &str, confirmed: &str| {
        let text = |key: &str| account[key].as_str().unwrap().to_owned();
        let (email, id, created) = (text("email"), text("id"), text("created_at"));
        format!(
            "Added {email} to the group {group}.\nid        {id}\nname      {name}\ncreated   {created}\n\
             logged in {logged_in}\nconfirmed {confirmed}\n"
        )
    };
    // Ada signed up on a site without email; Bob's account is the operator's work.
    let logged_in = ada["logged_in_at"].as_str().unwrap();
    let confirmed = bob["confirmed_at"].as_str().unwrap();
    assert_eq!(said(&folder, &["add", "choir", ADA]), lines("choir", &ada, "Ada", logged_in, "no"));
    let unproved = "This site sends no emails, so no address is proved: make sure that this is the account of \
                    the person you mean.\n";
    let expected = lines("admins", &bob, "Bob", "never", confirmed) + unproved;
    assert_eq!(said(&folder, &["add", "admins", BOB]), expected);
}

#[test]
fn an_address_that_is_not_confirmed_is_added_only_by_a_word_more() {
    let folder = with_a_choir();
    let dead = format!("smtp://localhost:{}", dead_port());
    let add = |words: &[&str]| with_mail(&folder, &[&["group", "add"], words].concat(), &dead).finish();
    let refused = [
        "The address ada@example.org is not confirmed",
        "vestibule account show ada@example.org",
        "vestibule group add admins ada@example.org --unconfirmed",
    ];
    add(&["admins", ADA]).refused(&refused);
    let id = read(&folder, &["account", "show", ADA, "--json"])["id"].as_str().unwrap().to_owned();
    add(&["admins", &id]).refused(&refused);
    assert_eq!(folder.rows("memberships"), 0);
    let added = add(&["admins", ADA, "--unconfirmed"]).succeeded().out;
    assert!(added.ends_with("\nconfirmed no\n"), "{added}");
    add(&["choir", BOB]).succeeded();
    assert_eq!(folder.rows("memberships"), 2);
}

#[test]
fn groups_are_listed_and_shown_as_text_and_as_json() {
    let folder = with_a_choir();
    assert_eq!(
        said(&folder, &["list"]),
        "admins  Administrators  (0 members)\nchoir  The choir  (0 members)\n"
    );
    let empty = read(&folder, &["group", "show", "admins", "--json"]);
    let expected = json!({
        "name": "admins", "title": "Administrators", "created_at": null, "apps": [], "members": [],
    });
    assert_eq!(empty, expected);
    group(&folder, &["add", "choir", ADA]).succeeded();
    group(&folder, &["add", "choir", BOB]).succeeded();
    let list = read(&folder, &["group", "list", "--json"]);
    let (name, title, members) = (&list[1]["name"], &list[1]["title"], &list[1]["members"]);
    assert_eq!((name, title, members), (&json!("choir"), &json!("The choir"), &json!(2)));
    let shown = said(&folder, &["show", "choir"]);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines[..2], ["name      choir", "title     The choir"]);
    assert!(lines[2].starts_with("created   20") && lines.len() == 5, "{shown}");
    assert!(lines[3].starts_with("member    20") && lines[3].ends_with("Z  ada@example.org  Ada"), "{shown}");
    assert!(lines[4].ends_with("Z  bob@example.org  Bob"), "{shown}");
    let shown = read(&folder, &["group", "show", "choir", "--json"]);
    assert_eq!((&shown["title"], &shown["members"][1]["email"]), (&json!("The choir"), &json!(BOB)));
    assert!(shown["members"][0]["since"].as_str().unwrap().ends_with('Z'), "{shown}");
}

#[test]
fn a_deleted_group_leaves_its_accounts() {
    let folder = with_a_choir();
    group(&folder, &["add", "choir", ADA]).succeeded();
    group(&folder, &["add", "choir", BOB]).succeeded();
    let deleted = said(&folder, &["delete", "choir"]);
    assert_eq!(deleted, "Deleted the group choir, and removed 2 accounts from it.\n");
    assert_eq!((folder.rows("groups"), folder.rows("memberships"), folder.rows("accounts")), (0, 0, 2));
    group(&folder, &["delete", "choir"]).refused(&["There is no group choir.", "vestibule group list"]);
    group(&folder, &["show", "admin"]).refused(&["There is no group admin. Did you mean `admins`?"]);
}

#[test]
fn what_a_group_command_cannot_do_it_says_in_one_line() {
    let folder = with_a_choir();
    group(&folder, &["create", "choir"]).refused(&["There is already a group choir."]);
    group(&folder, &["create", "admins"]).refused(&["There is already a group admins."]);
    for name in ["The choir", "", ".x", "a/b"] {
        group(&folder, &["create", name]).refused(&["cannot be the name of a group. Use 1 to 64 of a-z"]);
    }
    group(&folder, &["create", "x", "--title", "a\nb"]).refused(&["cannot be the title of a group"]);
    group(&folder, &["add", "chior", ADA]).refused(&[
        "There is no group chior. Did you mean `choir`? `vestibule group list` lists all groups.",
    ]);
    let there =
        "There is no group tenors. There are admins, choir. To create it: vestibule group create tenors";
    group(&folder, &["add", "tenors", ADA]).refused(&[there]);
    group(&folder, &["add", "choir", "eve@example.org"])
        .refused(&["There is no account for eve@example.org"]);
    group(&folder, &["remove", "choir", ADA]).refused(&["ada@example.org is not in the group choir."]);
    group(&folder, &["remove", "chior", ADA]).refused(&["There is no group chior."]);
    group(&folder, &["show", "chior"]).refused(&["There is no group chior.", "vestibule group list"]);
    group(&folder, &["delete", "admins"]).refused(&["The group admins cannot be deleted"]);
    group(&folder, &["add", "choir", ADA]).succeeded();
    group(&folder, &["add", "choir", ADA]).refused(&["ada@example.org is already in the group choir."]);
    assert_eq!((folder.rows("groups"), folder.rows("memberships")), (1, 1));
}

#[test]
fn it_warns_when_no_administrator_is_left() {
    let folder = with_a_choir();
    group(&folder, &["add", "admins", ADA]).succeeded();
    group(&folder, &["add", "admins", BOB]).succeeded();
    group(&folder, &["remove", "admins", BOB]).succeeded();
    group(&folder, &["add", "admins", BOB]).succeeded();
    folder.run(&["account", "disable", BOB]).succeeded();
    let last = group(&folder, &["remove", "admins", ADA]);
    assert_eq!(last.status, Some(0), "{last:?}");
    let warning = "Warning: there is no administrator left. To make one: vestibule group add admins EMAIL\n";
    assert_eq!(last.err, warning, "Bob is disabled");
}

#[test]
fn a_membership_given_by_command_takes_effect_on_a_running_site_at_once() {
    let (folder, ada) = Folder::of_ada();
    let server = folder.serve();
    let mut ada: Visitor = ada.again_at(server.address);
    let groups = |ada: &mut Visitor| -> Value {
        let answer = ada.get("/session");
        assert_eq!(answer.status, 200, "{answer:?}");
        let mut body: Value = serde_json::from_str(&answer.body).unwrap();
        body["groups"].take()
    };
    assert_eq!(groups(&mut ada), json!([]));
    group(&folder, &["create", "choir"]).succeeded();
    group(&folder, &["add", "choir", ADA]).succeeded();
    assert_eq!(groups(&mut ada), json!(["choir"]));
    group(&folder, &["remove", "choir", ADA]).succeeded();
    assert_eq!(groups(&mut ada), json!([]));
    assert_eq!(server.stop().status, Some(0));
}
