//! `vestibule invitation`: what its commands print and change, and what they refuse. The links are in
//! `invitation_links`.

use serde_json::{Value, json};
use vestibule::base::Clock;

use crate::folder::Folder;
use crate::log::{events, named};
use crate::smtp::BASE;
use crate::support::Ended;
use crate::visitor::{ADA, PASSWORD, Visitor};

pub const RUTH: &str = "ruth@example.org";
const NO_ONE: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

pub fn invitation(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["invitation"], words, &["--base-url", BASE]].concat())
}

/// A folder with a site that has run, and a group.
pub fn with_a_choir() -> Folder {
    let (folder, _) = Folder::of_ada();
    folder.run(&["group", "create", "choir", "--title", "The choir"]).succeeded();
    folder
}

fn read(folder: &Folder, words: &[&str]) -> Value {
    serde_json::from_str(&invitation(folder, &[words, &["--json"]].concat()).succeeded().out).unwrap()
}

/// Makes an invitation. Returns the path of its link, and its id.
pub fn made(folder: &Folder, words: &[&str]) -> (String, String) {
    let made = read(folder, &[&["add"], words].concat());
    let text = |key: &str| made[key].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    (text("link").strip_prefix(BASE).unwrap().to_owned(), text("id"))
}

/// How many accounts an invitation still lets in, and whether it is open.
fn state(folder: &Folder, id: &str) -> (i64, String) {
    let list = read(folder, &["list"]);
    let found = list.as_array().unwrap().iter().find(|invitation| invitation["id"] == id).unwrap();
    (found["uses_left"].as_i64().unwrap(), found["state"].as_str().unwrap().to_owned())
}

#[test]
fn an_invitation_is_printed_and_listed_with_all_that_it_consists_of() {
    let folder = with_a_choir();
    assert_eq!(invitation(&folder, &["list"]).succeeded().out, "There are no invitations.\n");
    assert_eq!(read(&folder, &["list"]), json!([]));
    let words = [
        "add",
        "--group",
        "choir",
        "--group",
        "admins",
        "--uses",
        "3",
        "--for",
        "30d",
        "--note",
        " Sopranos ",
    ];
    let made = read(&folder, &words);
    let keys: Vec<_> = made.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "created_at",
            "created_by",
            "email",
            "ends_at",
            "groups",
            "handle",
            "id",
            "link",
            "note",
            "state",
            "used",
            "uses_left"
        ]
    );
    assert_eq!((&made["groups"], &made["email"]), (&json!(["admins", "choir"]), &Value::Null));
    assert_eq!((&made["uses_left"], &made["used"], &made["state"]), (&json!(3), &json!(0), &json!("open")));
    assert_eq!((&made["note"], &made["created_by"]), (&json!("Sopranos"), &json!("command_line")));
    let after = |seconds| Clock::system().now().plus(seconds).rfc3339();
    let month = 30 * 86_400;
    let ends_at = made["ends_at"].as_str().unwrap().to_owned();
    assert!((after(month - 60)..=after(month)).contains(&ends_at), "{made}");
    let only = read(&folder, &["add", "--email", " Ruth@Example.org "]);
    assert_eq!((&only["email"], &only["uses_left"]), (&json!("Ruth@example.org"), &json!(1)));
    let listed = invitation(&folder, &["list"]).succeeded().out;
    let lines: Vec<_> = listed.lines().collect();
    assert!(lines[0].ends_with("  for Ruth@example.org"), "the newest is first: {listed}");
    let id = made["id"].as_str().unwrap();
    let second = format!("  {id}  works 3 times until {ends_at}  into admins, choir  (Sopranos)");
    assert!(lines.len() == 2 && lines[1].ends_with(&second), "{listed}");
    let list = read(&folder, &["list"]);
    assert!(list[0]["link"].is_null() && list[1]["id"] == made["id"], "{list}");
}

#[test]
fn an_invitation_is_taken_back_and_gets_a_new_link() {
    let folder = with_a_choir();
    let (first, id) = made(&folder, &["--uses", "2", "--note", "Altos"]);
    let out = invitation(&folder, &["revoke", &id]).succeeded().out;
    assert_eq!(out, "Revoked the invitation: its link no longer works. Accounts that used it stay.\n");
    assert_eq!(state(&folder, &id), (2, "over".to_owned()));
    let listed = invitation(&folder, &["list"]).succeeded().out;
    assert!(listed.contains("  over since 20") && listed.ends_with("  (Altos)\n"), "{listed}");
    invitation(&folder, &["revoke", &id]).refused(&["This invitation is already over."]);
    let out = invitation(&folder, &["renew", &id, "--for", "1h"]).succeeded().out;
    let second = out.strip_prefix(BASE).unwrap().trim_end();
    assert!(second.starts_with("/invited?token=") && second != first, "{out}");
    assert_eq!(state(&folder, &id), (2, "open".to_owned()));
    let renewed = read(&folder, &["renew", &id]);
    assert_eq!((&renewed["id"], &renewed["note"]), (&json!(id), &json!("Altos")));
    folder.sql(&["update invitations set uses_left = 0"]);
    assert_eq!(state(&folder, &id), (0, "used_up".to_owned()));
    invitation(&folder, &["renew", &id])
        .refused(&["is used up. Create another one: vestibule invitation add"]);
}

#[test]
fn one_into_admins_is_over_once_whoever_made_it_is_no_administrator_any_more() {
    let folder = with_a_choir();
    let (_, id) = made(&folder, &["--group", "admins"]);
    assert_eq!(state(&folder, &id), (1, "open".to_owned()));
    folder.sql(&["update invitations set created_by = 'administrator'"]);
    assert_eq!(state(&folder, &id), (1, "over".to_owned()));
    let listed = invitation(&folder, &["list"]).succeeded().out;
    let told = format!("  {id}  over: the administrator who created it has lost their rights  into admins\n");
    assert!(listed.ends_with(&told), "{listed}");
    // The command line makes it its own, or ends it for good.
    invitation(&folder, &["renew", &id]).succeeded();
    assert_eq!(state(&folder, &id), (1, "open".to_owned()));
    folder.sql(&["update invitations set created_by = 'administrator'"]);
    invitation(&folder, &["revoke", &id]).succeeded();
    invitation(&folder, &["revoke", &id]).refused(&["This invitation is already over."]);
}

#[test]
fn an_invitation_brings_a_handle_that_no_other_account_has_had_and_no_other_invitation_brings() {
    let folder = with_a_choir();
    let made = read(&folder, &["add", "--handle", "ruth", "--group", "choir"]);
    assert_eq!((&made["handle"], &made["uses_left"]), (&json!("ruth"), &json!(1)));
    let id = made["id"].as_str().unwrap();
    let listed = invitation(&folder, &["list"]).succeeded().out;
    assert!(listed.ends_with("  into choir  with the handle ruth\n"), "{listed}");
    folder.run(&["account", "handle", ADA, "lovelace"]).succeeded();
    folder.run(&["account", "handle", ADA, "ada"]).succeeded();
    for (words, told) in [
        (
            &["--handle", "ruth"][..],
            "Another invitation promises the handle ruth. Choose another one, or revoke that invitation: \
             `vestibule invitation list` lists it.",
        ),
        (&["--handle", "ada"], "Another account has the handle ada. Choose another one."),
        (&["--handle", "lovelace"], "Another account once had the handle lovelace"),
        (&["--handle", "Ruth"], "\"Ruth\" cannot be used as a handle. Use 1 to 32 of a-z"),
        (&["--handle", "root"], "\"root\" cannot be used as a handle. This name has a meaning"),
        (&["--handle", "bob", "--uses", "2"], "An invitation with a handle can be used once"),
    ] {
        invitation(&folder, &[&["add"], words].concat()).refused(&[told]);
    }
    assert_eq!(folder.rows("invitations"), 1);
    // One that is over promises nothing, and is not opened again with the handle of another.
    invitation(&folder, &["revoke", id]).succeeded();
    assert_eq!(read(&folder, &["add", "--handle", "ruth"])["handle"], json!("ruth"));
    invitation(&folder, &["renew", id]).refused(&[
        "The handle ruth of this invitation is not free any more. Create another one: vestibule invitation add",
    ]);
}

#[test]
fn a_handle_that_another_account_was_given_meanwhile_is_left_out_and_the_log_says_so() {
    let folder = with_a_choir();
    let (link, _) = made(&folder, &["--handle", "ruth"]);
    let server = folder.serve();
    folder.run(&["account", "handle", ADA, "ruth"]).succeeded();
    let mut ruth = Visitor::at(server.address);
    ruth.get(&link);
    let form = [("email", RUTH), ("name", "Ruth"), ("password", PASSWORD)];
    assert_eq!(ruth.post("/invited", &form).leads_to(), "/login");
    assert_eq!(ruth.log_in(RUTH, PASSWORD).leads_to(), "/profile");
    let events = events(&server.stop());
    let warned = named(&events, "sys_handles");
    assert_eq!(warned.len(), 1, "{events:#?}");
    let message = warned[0]["message"].as_str().unwrap();
    assert_eq!(warned[0]["level"], "warn");
    assert!(message.ends_with("To give it another one: vestibule account handle EMAIL NAME"), "{message}");
    assert!(!message.contains("ruth"), "a log has no handles: {message}");
    assert_eq!(folder.rows("accounts where handle is not null"), 1);
}

#[test]
fn a_wrong_value_is_refused_with_what_is_allowed() {
    let folder = with_a_choir();
    for (words, told) in [
        (&["--uses", "0"][..], "type a number from 1 to 10000"),
        (&["--uses", "10001"], "type a number from 1 to 10000"),
        (&["--uses", "many"], "type a number from 1 to 10000"),
        (&["--for", "4m"], "type a time from 5m to 366d"),
        (&["--for", "367d"], "type a time from 5m to 366d"),
        (&["--for", "7"], "type a time from 5m to 366d"),
        (&["--mail"], "--email"),
    ] {
        let ended = invitation(&folder, &[&["add"], words].concat());
        assert!(ended.status == Some(2) && ended.err.contains(told), "{words:?}: {ended:?}");
        assert!(ended.out.is_empty() && !ended.err.contains("panicked"), "{words:?}: {ended:?}");
    }
    let longest = "a".repeat(201);
    for (words, told) in [
        (
            &["--group", "admins", "--group", "chior"][..],
            "There is no group chior. Did you mean `choir`? `vestibule group list` lists all groups.",
        ),
        (&["--group", "The choir"], "cannot be the name of a group. Use 1 to 64 of a-z"),
        (&["--email", "ruth"], "\"ruth\" is not an email address"),
        (&["--email", RUTH, "--uses", "2"], "An invitation for one address can be used once."),
        (&["--note", "a\nb"], "cannot be a note. Use up to 200 characters on one line."),
        (&["--note", &longest], "cannot be a note. Use up to 200 characters on one line."),
        (&["--email", RUTH, "--mail"], "Email is off, since smtp_url is not set. Leave out --mail"),
    ] {
        invitation(&folder, &[&["add"], words].concat()).refused(&[told]);
    }
    for id in ["first", "", NO_ONE] {
        for command in ["revoke", "renew"] {
            let told = ["There is no invitation with the ID", "`vestibule invitation list`"];
            invitation(&folder, &[command, id]).refused(&told);
        }
    }
    for rows in ["invitations", "outbox"] {
        assert_eq!(folder.rows(rows), 0, "{rows}");
    }
    assert_eq!(folder.rows("groups"), 1, "what was refused made no row for admins");
    let elsewhere = Folder::new();
    invitation(&elsewhere, &["list"]).refused(&["no database", "--data-dir"]);
}

#[test]
fn the_501st_open_invitation_is_refused() {
    let folder = with_a_choir();
    folder.sql(&[
        "insert into invitations (id, token_hash, note, uses_left, ends_at, created_at, created_by) \
                  with recursive n(i) as (select 1001 union all select i + 1 from n where i < 1500) \
                  select '00000000-0000-7000-8000-00000000' || i, 'hash ' || i, '', 1, 9000000000, 1, \
                  'command_line' from n",
    ]);
    invitation(&folder, &["add"]).refused(&["There are 500 open invitations, and that is the most."]);
    let list = read(&folder, &["list"]);
    assert_eq!(list.as_array().unwrap().len(), 500);
    invitation(&folder, &["revoke", "00000000-0000-7000-8000-000000001001"]).succeeded();
    invitation(&folder, &["add"]).succeeded();
}
