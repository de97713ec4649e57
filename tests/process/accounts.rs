//! `vestibule account`: what its commands do, with and without a running site. They follow the rules of the pages.

use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::folder::Folder;
use crate::support::Ended;
use crate::visitor::{ADA, PASSWORD, Visitor};

const BOB: &str = "bob@example.org";

/// The command with a password on stdin.
fn with_password(folder: &Folder, words: &[&str], password: &str) -> Ended {
    folder.command(&[&["account"], words].concat()).input(&format!("{password}\n")).finish()
}

fn account(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["account"], words].concat())
}

#[test]
fn an_added_account_can_log_in_even_if_sign_up_is_closed() {
    let (folder, _) = Folder::of_ada();
    let made = with_password(&folder, &["add", BOB, "Bob  Builder"], PASSWORD).succeeded();
    assert_eq!(made.out, "Created the account bob@example.org.\n");
    let server = folder.command(&["--port", "0"]).var("VESTIBULE_SIGNUP", "closed").start();
    let mut bob = Visitor::at(server.address);
    assert_eq!(bob.log_in(BOB, PASSWORD).leads_to(), "/profile");
    assert!(bob.get("/profile").body.contains("Welcome, Bob  Builder!"));
    assert!(bob.get("/settings/activity").body.contains("Your account was created"));
    let again = with_password(&folder, &["add", "BOB@example.org", "Bob"], PASSWORD);
    again.refused(&["There is already an account for BOB@example.org."]);
    assert_eq!(server.stop().status, Some(0));
    assert_eq!(folder.rows("accounts"), 2);
}

#[test]
fn accounts_added_by_command_follow_the_rules_of_the_pages() {
    let (folder, _) = Folder::of_ada();
    with_password(&folder, &["add", BOB, "Bob"], "short").refused(&["Use at least 10 characters."]);
    with_password(&folder, &["add", BOB, "Bob"], "bob@example.org").refused(&["easy to guess"]);
    with_password(&folder, &["add", "bob", "Bob"], PASSWORD).refused(&["\"bob\" is not an email address"]);
    with_password(&folder, &["add", BOB, " "], PASSWORD)
        .refused(&["\" \" cannot be used as a name. An account needs a name."]);
    account(&folder, &["rename", ADA, &"x".repeat(101)]).refused(&["Use at most 100 characters."]);
    assert_eq!(folder.rows("accounts"), 1);
}

#[test]
fn accounts_are_listed_and_shown_as_text_and_as_json() {
    let (folder, _) = Folder::of_ada();
    with_password(&folder, &["add", BOB, "Bob"], PASSWORD).succeeded();
    account(&folder, &["disable", BOB]).succeeded();
    let list = account(&folder, &["list"]).succeeded().out;
    let lines: Vec<_> = list.lines().map(|line| line.split_once("Z  ").unwrap().1).collect();
    assert_eq!(lines, ["ada@example.org  Ada", "bob@example.org  Bob  (disabled, never logged in)"]);
    let json: Value = serde_json::from_str(&account(&folder, &["list", "--json"]).succeeded().out).unwrap();
    let names: Vec<_> = json.as_array().unwrap().iter().map(|account| &account["name"]).collect();
    assert_eq!(names, ["Ada", "Bob"]);
    assert!(json[0]["disabled_at"].is_null() && json[1]["disabled_at"].as_str().unwrap().ends_with('Z'));
    let shown = account(&folder, &["show", "ADA@example.org"]).succeeded().out;
    assert!(shown.contains("email     ada@example.org\nname      Ada\ncreated   20"), "{shown}");
    let one: Value =
        serde_json::from_str(&account(&folder, &["show", ADA, "--json"]).succeeded().out).unwrap();
    for (key, value) in json[0].as_object().unwrap() {
        assert_eq!(&one[key], value, "{key}");
    }
    assert_eq!((&one["hindrances"], one["places"].as_array().unwrap().len()), (&serde_json::json!([]), 1));
    for output in [list, shown, json.to_string()] {
        assert!(!output.contains("argon2"), "{output}");
    }
}

/// Waits until a change made by a command takes effect on the running site. It may take two seconds.
fn wait_until(mut condition: impl FnMut() -> bool) {
    let done = Instant::now();
    while !condition() {
        assert!(done.elapsed() < Duration::from_secs(2), "the change did not take effect");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn changes_take_effect_on_a_running_site_within_two_seconds() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    assert!(ada.is_logged_in());
    account(&folder, &["rename", ADA, "Countess"]).succeeded();
    wait_until(|| ada.get("/profile").body.contains("Welcome, Countess!"));
    account(&folder, &["rename", ADA, "Ada"]).succeeded();
    wait_until(|| ada.is_logged_in());
    let disabled = account(&folder, &["disable", ADA]).succeeded().out;
    assert_eq!(
        disabled,
        "Disabled ada@example.org. No one can log in to it, and all its sessions have ended.\n"
    );
    wait_until(|| !ada.is_logged_in());
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/login");
    account(&folder, &["enable", ADA]).succeeded();
    assert!(!ada.is_logged_in(), "ended sessions stay ended");
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert!(ada.is_logged_in());
    let deleted = account(&folder, &["delete", ADA]).succeeded().out;
    assert_eq!(deleted, "Deleted the account ada@example.org with all its data.\n");
    wait_until(|| !ada.is_logged_in());
    assert_eq!(ada.sign_up(ADA).leads_to(), "/login", "the address is free");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn an_administrator_reads_that_a_command_deleted_an_account() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    folder.run(&["group", "add", "admins", ADA]).succeeded();
    with_password(&folder, &["add", BOB, "Bob"], PASSWORD).succeeded();
    let shown: Value =
        serde_json::from_str(&account(&folder, &["show", BOB, "--json"]).succeeded().out).unwrap();
    let id = shown["id"].as_str().unwrap();
    account(&folder, &["delete", BOB]).succeeded();
    wait_until(|| ada.get("/admin/activity").status == 200);
    let page = ada.get("/admin/activity");
    for told in ["An account was deleted", id, "Done on the command line"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert!(!page.body.contains(BOB), "{}", page.body);
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn an_unknown_account_is_reported() {
    let (folder, _) = Folder::of_ada();
    for words in
        [&["show", BOB][..], &["rename", BOB, "Bob"], &["disable", BOB], &["enable", BOB], &["delete", BOB]]
    {
        account(&folder, words).refused(&["There is no account for bob@example.org."]);
    }
    let empty = Folder::new();
    account(&empty, &["list"]).refused(&["There is no database"]);
    account(&folder, &["delete", ADA]).succeeded();
    assert_eq!(account(&folder, &["list"]).succeeded().out, "There are no accounts.\n");
    assert_eq!(account(&folder, &["list", "--json"]).succeeded().out, "[]\n");
}

#[test]
fn a_reset_link_is_printed_and_works_once() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    let base = format!("http://{}", server.address);
    let run = folder.command(&["account", "link", ADA, "--reset", "--base-url", &base]);
    let link = run.finish().succeeded().out;
    let path = link.trim_end().strip_prefix(&base).unwrap_or_else(|| panic!("{link}"));
    assert!(path.starts_with("/reset?token=") && path.len() == 56, "{link}");
    let mut owner = Visitor::at(server.address);
    assert_eq!(owner.get(path).leads_to(), "/reset");
    let new = [("new_password", "seven lazy violet teapots")];
    assert_eq!(owner.post("/reset", &new).leads_to(), "/login");
    assert!(!ada.is_logged_in());
    assert_eq!(owner.log_in(ADA, "seven lazy violet teapots").leads_to(), "/profile");
    assert_eq!(Visitor::at(server.address).get(path).leads_to(), "/reset");
    let ended = server.stop();
    assert!(!ended.err.contains(&path["/reset?token=".len()..]), "the link is in the log");
    assert_eq!(account(&folder, &["link", ADA]).status, Some(2), "the purpose of the link is missing");
    account(&folder, &["link", BOB, "--reset"]).refused(&["There is no account for bob@example.org."]);
    account(&folder, &["disable", ADA]).succeeded();
    account(&folder, &["link", ADA, "--reset"])
        .refused(&["ada@example.org is disabled.", "vestibule account enable ada@example.org"]);
}

#[test]
fn every_command_accepts_an_id_instead_of_an_address() {
    let (folder, _) = Folder::of_ada();
    let one: Value =
        serde_json::from_str(&account(&folder, &["show", ADA, "--json"]).succeeded().out).unwrap();
    let id = one["id"].as_str().unwrap();
    assert!(
        account(&folder, &["rename", id, "Countess"])
            .succeeded()
            .out
            .contains("on ada@example.org to Countess")
    );
    account(&folder, &["link", id, "--reset", "--base-url", "http://localhost:8000"]).succeeded();
    account(&folder, &["delete", id]).succeeded();
    account(&folder, &["show", id]).refused(&["There is no account with the id"]);
}

#[test]
fn it_says_why_a_user_cannot_log_in_and_can_end_a_pause() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    let mut stranger = Visitor::at(server.address);
    for _ in 0..6 {
        stranger.log_in(ADA, "wrong");
    }
    folder.sql(&["update failed_logins set failures = 12"]);
    assert_eq!(stranger.log_in(ADA, PASSWORD).status, 429);
    let shown = account(&folder, &["show", ADA]).succeeded().out;
    assert!(shown.contains("\nfailed    20") && shown.contains("\nsession   "), "{shown}");
    assert!(shown.contains("\nlogin     new browsers must wait until 20"), "{shown}");
    assert!(shown.contains(": vestibule account unlock ada@example.org"), "{shown}");
    let unlocked = account(&folder, &["unlock", ADA]).succeeded().out;
    assert_eq!(unlocked, "The wrong passwords and codes for ada@example.org no longer count.\n");
    let shown = account(&folder, &["show", ADA]).succeeded().out;
    assert!(shown.contains("\nlogin     possible with the right password"), "{shown}");
    assert_eq!(stranger.log_in(ADA, PASSWORD).leads_to(), "/profile");
    account(&folder, &["disable", ADA]).succeeded();
    let shown = account(&folder, &["show", ADA]).succeeded().out;
    assert!(shown.contains("\nlogin     disabled since 20"), "{shown}");
    assert!(shown.contains(": vestibule account enable ada@example.org"), "{shown}");
    wait_until(|| !ada.is_logged_in());
    let happened = account(&folder, &["activity", ADA]).succeeded().out;
    let newest = happened.lines().next().unwrap();
    assert!(newest.ends_with("The account was disabled  (By the people who run this site)"), "{happened}");
    let json: Value =
        serde_json::from_str(&account(&folder, &["activity", ADA, "--json"]).succeeded().out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), happened.lines().count());
}

#[test]
fn an_account_is_shown_with_its_newest_events_and_all_failures() {
    let (folder, _) = Folder::of_ada();
    folder.sql(&["delete from sessions", "delete from audit", "delete from passwords"]);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    for n in 10..25 {
        let of_ada = "select id from accounts limit 1";
        let event = ["password_wrong", "barred_disabled", "barred_unconfirmed"][n % 3];
        folder.sql(&[
            &format!(
                "insert into sessions (id, token_hash, account_id, created_at, last_used_at, address) select 's{n}', 't{n}', id, \
                 {now} - 100 + {n}, {now} - 100 + {n}, '10.0.0.{n}' from accounts"
            ),
            &format!(
                "insert into audit (id, account_id, event, at, address) values ('a{n}', ({of_ada}), '{event}', {now} - 100 + {n}, '10.0.0.{n}')"
            ),
            &format!(
                "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) values \
                 ('m{n}', 'name', ({of_ada}), 'ada{n}@example.org', '{{}}', {now} - 100 + {n}, {now}, 0)"
            ),
        ]);
    }
    let shown: Value =
        serde_json::from_str(&account(&folder, &["show", ADA, "--json"]).succeeded().out).unwrap();
    let list = |name: &str, key: &str| -> Vec<String> {
        shown[name].as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
    };
    let newest = |of: fn(usize) -> String| (15..25).rev().map(of).collect::<Vec<_>>();
    assert_eq!(list("places", "address"), newest(|n| format!("10.0.0.{n}")));
    assert_eq!(list("waiting_emails", "kind"), ["name"; 10]);
    assert_eq!(list("waiting_emails", "address"), newest(|n| format!("ada{n}@example.org")));
    let (failures, places) = (list("last_failures", "what"), list("last_failures", "where"));
    assert_eq!((failures.len(), places.len()), (10, 10), "{failures:?}");
    assert_eq!((&*places[0], &*places[9]), ("Unknown browser · 10.0.0.24", "Unknown browser · 10.0.0.15"));
    for what in ["Wrong password entered", "the account is disabled", "the email address is not confirmed"] {
        assert!(failures.iter().any(|failure| failure.contains(what)), "{what}: {failures:?}");
    }
    // After "Secure", or after an address was restored, there is no password.
    let way = "there is no password: vestibule account link ada@example.org --reset";
    assert_eq!(shown["hindrances"], serde_json::json!([way]));
    let shown = account(&folder, &["show", ADA]).succeeded().out;
    assert!(shown.contains(&format!("\nlogin     {way}")) && !shown.contains("possible with"), "{shown}");
}

#[test]
fn the_printed_copy_of_an_account_equals_the_one_its_owner_downloads() {
    let (folder, _) = Folder::of_ada();
    let copy: Value = serde_json::from_str(&account(&folder, &["export", ADA]).succeeded().out).unwrap();
    assert_eq!(copy["account"]["email"], ADA);
    assert_eq!(copy["activity"][0]["what"], "A copy of your data was made");
    assert_eq!(copy["activity"][0]["where"], "By the people who run this site");
    account(&folder, &["export", BOB]).refused(&["There is no account"]);
    let full = folder.command(&["account", "export", ADA]).after("exec > /dev/full");
    full.finish().refused(&["The output could not be written"]);
}

#[test]
fn unused_accounts_are_listed_and_long_lists_have_pages() {
    let (folder, _) = Folder::of_ada();
    folder.sql(&[
        "insert into accounts (id, email, email_key, name, created_at, updated_at) with recursive n(i) as \
         (select 1001 union all select i + 1 from n where i < 2200) \
         select '00000000-0000-7000-8000-00000000' || i, 'n' || i || '@x.test', 'n' || i || '@x.test', 'N', 1000000000 + i, 1 from n",
    ]);
    let lines = |words: &[&str]| account(&folder, words).succeeded().out.lines().count();
    assert_eq!((lines(&["list"]), lines(&["list", "--inactive", "2y"])), (1_201, 1_200));
    let json: Value = serde_json::from_str(&account(&folder, &["list", "--json"]).succeeded().out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 1_201);
    folder.sql(&["update accounts set created_at = 1", "update accounts set logged_in_at = 1"]);
    assert_eq!(lines(&["list", "--inactive", "2y"]), 1_200, "Ada's session was used");
    for time in ["soon", "2"] {
        let ended = account(&folder, &["list", "--inactive", time]);
        assert!(ended.status == Some(2) && ended.err.contains("such as 2y or 90d"), "{ended:?}");
    }
}

#[test]
fn on_a_terminal_deleting_an_account_requires_typing_its_address() {
    if !crate::support::there_is("script", "a question on a terminal") {
        return;
    }
    let (folder, _) = Folder::of_ada();
    let asked =
        |typed: &str| folder.command(&["account", "delete", ADA]).on_a_terminal().input(typed).finish();
    let ended = asked("bob@example.org\n");
    assert!(
        ended.status == Some(1)
            && ended.out.contains("This deletes ada@example.org with all its data. Type the address"),
        "{ended:?}"
    );
    assert_eq!(folder.rows("accounts"), 1);
    assert_eq!(asked("ADA@example.org\n").status, Some(0));
    assert_eq!(folder.rows("accounts"), 0);
}
