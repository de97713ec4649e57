//! `vestibule account`: what its commands do, with and without a running site. They follow the rules of the pages.
//! What they show is in `account_shown`.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::folder::Folder;
use crate::support::Ended;
use crate::visitor::{ADA, PASSWORD, Visitor};

pub const BOB: &str = "bob@example.org";

/// The command with a password on stdin.
pub fn with_password(folder: &Folder, words: &[&str], password: &str) -> Ended {
    folder.command(&[&["account"], words].concat()).input(&format!("{password}\n")).finish()
}

pub fn account(folder: &Folder, words: &[&str]) -> Ended {
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

/// Waits until a change made by a command takes effect on the running site. It may take two seconds.
pub fn wait_until(mut condition: impl FnMut() -> bool) {
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
    let deleted = account(&folder, &["delete", ADA, "--yes"]).succeeded().out;
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
    account(&folder, &["delete", BOB, "--yes"]).succeeded();
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
    account(&folder, &["delete", ADA, "--yes"]).succeeded();
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
    account(&folder, &["delete", id, "--yes"]).succeeded();
    account(&folder, &["show", id]).refused(&["There is no account with the ID"]);
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
    let months = account(&folder, &["list", "--inactive", "2M"]).err;
    assert!(months.contains("90d. Type \"2m\" for minutes, \"2months\" for months."), "{months}");
}

#[test]
fn without_a_terminal_deleting_an_account_requires_a_flag() {
    let (folder, _) = Folder::of_ada();
    account(&folder, &["delete", ADA]).refused(&["deletes ada@example.org", "--yes", "Nothing was deleted"]);
    assert_eq!(folder.rows("accounts"), 1);
    account(&folder, &["delete", ADA, "--yes"]).succeeded();
    assert_eq!(folder.rows("accounts"), 0);
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
