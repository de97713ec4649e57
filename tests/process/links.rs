//! One-time links that the operator passes on: what each does, when it is refused, and how it is printed.

use serde_json::Value;
use vestibule::base::Clock;

use crate::folder::Folder;
use crate::smtp::BASE;
use crate::support::{Ended, there_is};
use crate::visitor::{ADA, PASSWORD, Visitor};

const BOB: &str = "bob@example.org";
const NEW: &str = "seven lazy violet teapots";

fn link(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["account", "link"], words, &["--base-url", BASE]].concat())
}

/// The path of a printed link.
fn printed(folder: &Folder, words: &[&str]) -> String {
    let out = link(folder, words).succeeded().out;
    let path = out.strip_suffix('\n').and_then(|line| line.strip_prefix(BASE));
    path.unwrap_or_else(|| panic!("{out}")).to_owned()
}

fn shown(folder: &Folder, email: &str) -> Value {
    serde_json::from_str(&folder.run(&["account", "show", email, "--json"]).succeeded().out).unwrap()
}

fn add(folder: &Folder, email: &str) {
    folder.command(&["account", "add", email, "Ada"]).input(PASSWORD).finish().succeeded();
}

#[test]
fn a_printed_link_confirms_an_address_like_an_emailed_one() {
    let folder = Folder::new();
    let site = || folder.command(&["--port", "0"]).var("VESTIBULE_UNCONFIRMED_LOGIN", "no");
    let server = site().start();
    let mut ada = Visitor::at(server.address);
    ada.sign_up(ADA);
    assert_ne!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert!(shown(&folder, ADA)["confirmed_at"].is_null());
    let path = printed(&folder, &[ADA, "--confirm"]);
    assert!(path.starts_with("/confirm?token="), "{path}");
    assert_eq!(ada.get(&path).leads_to(), "/confirm");
    assert_eq!(ada.post("/confirm", &[("password", PASSWORD)]).leads_to(), "/profile");
    assert!(ada.is_logged_in());
    let account = shown(&folder, ADA);
    for time in ["confirmed_at", "logged_in_at"] {
        assert!(account[time].as_str().unwrap().ends_with('Z'), "{account}");
    }
    let people = folder.run(&["account", "show", ADA]).succeeded().out;
    assert!(people.contains("\nconfirmed 20") && people.contains("\nlogged in 20"), "{people}");
    link(&folder, &[ADA, "--confirm"]).refused(&["ada@example.org is already confirmed."]);
    assert!(!server.stop().err.contains(&path["/confirm?token=".len()..]), "the link is in the log");
}

#[test]
fn an_account_added_by_the_operator_is_confirmed() {
    let (folder, _) = Folder::of_ada();
    add(&folder, BOB);
    assert!(shown(&folder, BOB)["confirmed_at"].is_string());
    link(&folder, &[BOB, "--confirm"]).refused(&["bob@example.org is already confirmed."]);
    // Bob never logged in: no one knows from where he will.
    let people = folder.run(&["account", "show", BOB]).succeeded().out;
    assert!(people.contains("is in a network that waits: vestibule network unlock ADDRESS"), "{people}");
    let server = folder.command(&["--port", "0"]).var("VESTIBULE_UNCONFIRMED_LOGIN", "no").start();
    assert_eq!(Visitor::at(server.address).log_in(BOB, PASSWORD).leads_to(), "/profile");
}

#[test]
fn a_link_changes_the_address_of_an_account() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    add(&folder, BOB);
    let path = printed(&folder, &[ADA, "--new-email", " ada@Bücher.example"]);
    assert!(path.starts_with("/change-email?token="), "{path}");
    let mut owner = Visitor::at(server.address);
    assert_eq!(owner.get(&path).leads_to(), "/change-email");
    assert!(owner.get("/change-email").body.contains("ada@bücher.example"));
    assert_eq!(shown(&folder, ADA)["email"], ADA, "opening it changes nothing");
    assert_eq!(owner.post("/change-email", &[("password", "wrong horse battery")]).status, 422);
    assert_eq!(owner.post("/change-email", &[("password", PASSWORD)]).status, 303);
    assert_eq!(shown(&folder, "ada@bücher.example")["name"], "Ada");
    assert!(ada.is_logged_in());
    link(&folder, &[BOB, "--new-email", "ADA@bücher.example"]).refused(&["There is already an account for "]);
    link(&folder, &[BOB, "--new-email", " BOB@example.org"])
        .refused(&["is already the address of this account."]);
    link(&folder, &[BOB, "--new-email", "bob"]).refused(&["\"bob\" is not an email address"]);
    folder.sql(&["delete from passwords \
                  where account_id in (select id from accounts where email_key = 'bob@example.org')"]);
    link(&folder, &[BOB, "--new-email", "bob@new.example"]).refused(&[
        "asks for the password, and bob@example.org has none",
        "vestibule account link bob@example.org --reset",
    ]);
}

#[test]
fn a_link_is_printed_as_json_and_never_for_unknown_or_disabled_accounts() {
    let (folder, _) = Folder::of_ada();
    for (words, path, life) in [
        (&["--reset"][..], "/reset?token=", 3_600),
        (&["--confirm"], "/confirm?token=", 86_400),
        (&["--new-email", BOB], "/change-email?token=", 3_600),
    ] {
        let out = link(&folder, &[&[ADA, "--json"], words].concat()).succeeded().out;
        let json: Value = serde_json::from_str(&out).unwrap();
        assert!(json["link"].as_str().unwrap().starts_with(&format!("{BASE}{path}")), "{out}");
        let after = |seconds| Clock::system().now().plus(seconds).rfc3339();
        assert!(
            (after(life - 60)..=after(life)).contains(&json["ends_at"].as_str().unwrap().to_owned()),
            "{out}"
        );
        link(&folder, &[&["eve@example.org"], words].concat())
            .refused(&["There is no account for eve@example.org."]);
    }
    folder.run(&["account", "disable", ADA]).succeeded();
    for words in [&["--reset"][..], &["--confirm"], &["--new-email", BOB]] {
        link(&folder, &[&[ADA], words].concat()).refused(&["ada@example.org is disabled. Enable it first: "]);
    }
    for words in [&[][..], &["--reset", "--confirm"], &["--new-email"]] {
        assert_eq!(link(&folder, &[&[ADA], words].concat()).status, Some(2), "{words:?}");
    }
}

#[test]
fn a_link_to_localhost_causes_a_warning() {
    let (folder, _) = Folder::of_ada();
    let ended = folder.run(&["account", "link", ADA, "--reset"]);
    assert!(ended.status == Some(0) && ended.out.starts_with("http://localhost:8000/reset"), "{ended:?}");
    assert!(ended.err.starts_with("Warning: ") && ended.err.contains("set base_url"), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    // Before the link, so that the last line is the one to copy.
    if there_is("script", "the order of warning and link") {
        let out = folder.command(&["account", "link", ADA, "--reset"]).on_a_terminal().finish().out;
        let lines: Vec<_> = out.lines().collect();
        assert!(
            lines[0].starts_with("Warning: ") && lines[1].starts_with("http://localhost:8000/reset"),
            "{out}"
        );
    }
}

#[test]
fn on_a_terminal_a_link_is_also_a_qr_code() {
    if !there_is("script", "the code on a terminal") {
        return;
    }
    let (folder, ada) = Folder::of_ada();
    let run = folder.command(&["account", "link", ADA, "--reset", "--base-url", BASE]);
    let out = run.on_a_terminal().finish().succeeded().out;
    let lines: Vec<_> = out.lines().map(str::trim_end).collect();
    let path = lines[0].strip_prefix(BASE).unwrap_or_else(|| panic!("{out}"));
    assert_eq!(
        *lines.last().unwrap(),
        "The link works once, within an hour. Give it only to the owner of the account."
    );
    let code = &lines[1..lines.len() - 1];
    let drawn = code.iter().all(|line| line.chars().all(|c| " ▀▄█".contains(c)));
    assert!(code.len() > 15 && drawn, "{out}");
    let server = folder.serve();
    let mut owner = ada.again_at(server.address);
    assert_eq!(owner.get(path).leads_to(), "/reset");
    assert_eq!(owner.post("/reset", &[("new_password", NEW)]).leads_to(), "/login");
}
