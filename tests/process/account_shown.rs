//! `vestibule account`: what it says of an account, as text and as JSON, and why its owner cannot log in. And the
//! copy of its data.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::accounts::{BOB, account, wait_until, with_password};
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

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
