//! The first administrator: by a link that only the terminal of a start shows, or by a command. No secret is
//! ever in a log, and no one gets in by being the first visitor.

use serde_json::Value;

use crate::folder::Folder;
use crate::smtp::BASE;
use crate::support::{Server, there_is};
use crate::terminal::{HERE, OnTerminal, command};
use crate::visitor::{PASSWORD, Visitor};

const RUTH: &str = "ruth@example.org";
const COMMAND: &str = "There is no administrator yet. To become one, with the flags and variables of this start: \
     vestibule invitation add --group admins --for 30m\n";
const LINK: &str = "http://localhost:8000/invited?token=";

fn members(folder: &Folder) -> Vec<Value> {
    let shown = folder.run(&["group", "show", "admins", "--json"]).succeeded().out;
    serde_json::from_str::<Value>(&shown).unwrap()["members"].as_array().unwrap().clone()
}

/// Makes an invitation into `admins` by the command. Returns the path of its link.
fn invited(folder: &Folder) -> String {
    let made = folder.run(&["invitation", "add", "--group", "admins", "--base-url", BASE]).succeeded().out;
    made.trim_end().strip_prefix(BASE).unwrap().to_owned()
}

/// Whether the link of an invitation still opens one.
fn opens(server: &Server, path: &str) -> bool {
    let mut visitor = Visitor::at(server.address);
    assert_eq!(visitor.get(path).leads_to(), "/invited");
    match visitor.get("/invited").status {
        200 => true,
        410 => false,
        status => panic!("{status}"),
    }
}

/// Accepts an invitation with a new account, and logs in.
fn accept(server: &Server, path: &str, email: &str) {
    let mut visitor = Visitor::at(server.address);
    assert_eq!(visitor.get(path).leads_to(), "/invited");
    let answer = visitor.post("/invited", &[("email", email), ("name", "Ruth"), ("password", PASSWORD)]);
    assert_eq!(answer.leads_to(), "/login", "{answer:?}");
    assert_eq!(visitor.log_in(email, PASSWORD).leads_to(), "/profile");
}

/// The secret of a link.
fn secret(link: &str) -> &str {
    link.split_once("?token=").unwrap().1
}

#[test]
fn on_a_pipe_a_start_names_the_command_and_no_secret_is_anywhere() {
    for level in ["normal", "debug"] {
        let folder = Folder::new();
        let server = command(&folder).var("ROCKET_LOG_LEVEL", level).start();
        let mut stranger = Visitor::at(server.address);
        stranger.sign_up("eve@example.org");
        assert_eq!(stranger.log_in("eve@example.org", PASSWORD).leads_to(), "/profile");
        assert_eq!(folder.rows("invitations"), 0, "no link is made that no one is shown");
        assert!(members(&folder).is_empty(), "the first visitor is no administrator");
        let path = invited(&folder);
        accept(&server, &path, RUTH);
        let ended = server.stop();
        assert!(ended.out.ends_with(&format!(")\n{COMMAND}")) && ended.out.lines().count() == 2, "{ended:?}");
        let all = ended.out + &ended.err;
        assert!(!all.contains("token=") && !all.contains(secret(&path)), "{all}");
        for line in ended.err.lines() {
            serde_json::from_str::<Value>(line).unwrap();
        }
        let server = command(&folder).start();
        assert_eq!(server.stop().out.lines().count(), 1, "there is an administrator");
    }
}

#[test]
fn on_a_terminal_a_start_shows_a_link_and_its_code_which_makes_the_first_administrator() {
    if !there_is("script", "the first administrator's link on a terminal") {
        return;
    }
    let folder = Folder::new();
    let terminal = OnTerminal::start(&folder);
    let link = terminal.link();
    assert!(link.starts_with(LINK) && secret(&link).len() == 43, "{link}");
    let path = link.strip_prefix(HERE).unwrap();
    accept(terminal.server(), path, RUTH);
    assert!(!opens(terminal.server(), path), "it is good once");
    let shown = terminal.stop();
    assert_eq!(members(&folder)[0]["email"], RUTH);
    // The log stands on the same terminal: the secret is in this one line alone.
    assert_eq!(shown.matches(secret(&link)).count(), 1, "{shown}");
    let (_, rest) = shown.split_once(" (good once, for a day)").unwrap();
    let drawn = |line: &&str| line.trim_end().chars().all(|c| " ▀▄█".contains(c));
    assert!(rest.lines().skip(1).take_while(drawn).count() > 15, "{shown}");
    let shown = OnTerminal::start(&folder).stop();
    assert!(!shown.contains("administrator"), "there is one: {shown}");
}

#[test]
fn the_link_of_a_start_is_over_with_the_next_one() {
    if !there_is("script", "links of two starts on a terminal") {
        return;
    }
    let folder = Folder::new();
    let path = |link: &str| link.strip_prefix(HERE).unwrap().to_owned();
    let terminal = OnTerminal::start(&folder);
    let first = path(&terminal.link());
    assert!(opens(terminal.server(), &first));
    terminal.stop();
    let terminal = OnTerminal::start(&folder);
    let second = path(&terminal.link());
    assert!(second != first && !opens(terminal.server(), &first) && opens(terminal.server(), &second));
    terminal.stop();
    assert_eq!(folder.rows("invitations"), 1);
    let server = command(&folder).start();
    assert!(!opens(&server, &second));
    // The operator makes another one at any time, beside the running site.
    let third = invited(&folder);
    accept(&server, &third, RUTH);
    let ended = server.stop();
    for path in [&first, &second, &third] {
        assert!(!ended.out.contains(secret(path)) && !ended.err.contains(secret(path)), "{ended:?}");
    }
    assert_eq!(members(&folder)[0]["email"], RUTH);
}

#[test]
fn an_administrator_is_made_without_a_browser() {
    let (folder, _) = Folder::of_ada();
    folder.run(&["group", "create", "choir"]).succeeded();
    let add = |words: &[&str]| {
        let all = [&["account", "add", RUTH, "Ruth"], words].concat();
        folder.command(&all).input(&format!("{PASSWORD}\n")).finish()
    };
    let groups = ["--group", "admins", "--group", "chior"];
    add(&groups).refused(&[
        "There is no group chior. Did you mean `choir`? `vestibule group list` lists all groups.",
    ]);
    add(&["--group", "The choir"]).refused(&["cannot be the name of a group. Use 1 to 64 of a-z"]);
    assert_eq!(folder.rows("accounts"), 1, "all of it, or nothing");
    let made = add(&["--group", "admins", "--group", "choir", "--group", "admins"]).succeeded();
    assert_eq!(made.out, "Created the account ruth@example.org in the groups admins, choir.\n");
    assert_eq!((members(&folder)[0]["email"].as_str(), folder.rows("memberships")), (Some(RUTH), 2));
    let happened = folder.run(&["account", "activity", RUTH]).succeeded().out;
    assert!(happened.contains("You were added to a group"), "{happened}");
    let server = folder.serve();
    assert_eq!(Visitor::at(server.address).log_in(RUTH, PASSWORD).leads_to(), "/profile");
    assert_eq!(server.stop().out.lines().count(), 1, "there is an administrator");
}
