//! What the operator of an app sees.

use std::env::current_exe;
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::RUN_AS_APP;
use crate::folder::Folder;
use crate::support::{Ended, Run};
use crate::visitor::{ADA, PASSWORD, Visitor};

/// The stories, each named after the rule that it checks.
pub const ALL: &[(&str, fn())] = &[
    ("a_command_of_the_app_runs_beside_its_site", a_command_of_the_app_runs_beside_its_site),
    ("a_command_that_fails_says_why_in_one_line", a_command_that_fails_says_why_in_one_line),
    ("an_unknown_command_prints_all_of_them", an_unknown_command_prints_all_of_them),
    ("a_command_gets_what_was_typed_after_its_name", a_command_gets_what_was_typed_after_its_name),
    ("our_commands_are_the_apps_too", our_commands_are_the_apps_too),
    ("the_program_calls_itself_by_the_name_of_the_app", the_program_calls_itself_by_the_name_of_the_app),
    ("a_mistake_in_the_app_stops_every_command_with_one_line", a_mistake_in_the_app_stops_every_command),
    ("a_refused_page_of_a_group_is_logged_with_account_group_and_page", a_refused_page_of_a_group_is_logged),
    ("a_form_of_the_app_that_never_ends_gets_a_408_and_changes_nothing", a_form_that_never_ends),
];

fn command(folder: &Folder, words: &[&str]) -> Run {
    folder.command(words).program(&current_exe().unwrap()).var(RUN_AS_APP, "whole")
}

/// Asserts that it ended with status 1 and this line, and printed nothing else.
fn refused(ended: &Ended, line: &str) {
    assert_eq!((ended.status, &*ended.out, &*ended.err), (Some(1), "", &*format!("{line}\n")));
}

fn a_command_of_the_app_runs_beside_its_site() {
    let folder = Folder::new();
    let early = command(&folder, &["add", "too early"]).finish();
    assert!(
        early.status == Some(1) && early.err.starts_with("notes: "),
        "there is no database yet: {early:?}"
    );
    let server = command(&folder, &["--port", "0"]).start();
    assert_eq!(command(&folder, &["add", "Water the plants"]).finish().succeeded().out, "Added.\n");
    assert_eq!(Visitor::at(server.address).get("/notes").body, "Water the plants");
    let ended = server.stop();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    command(&folder, &["add", "Feed the cat"]).finish().succeeded();
    assert_eq!(folder.rows("app_notes"), 2);
}

fn a_command_that_fails_says_why_in_one_line() {
    let folder = with_a_database();
    refused(&command(&folder, &["clear"]).finish(), "notes: Nothing was removed. Type it twice.");
    refused(&command(&folder, &["add"]).finish(), "notes: There is no note. Type notes add TEXT.");
    let ended = command(&folder, &["broken"]).finish();
    assert_eq!((ended.status, ended.err.lines().count()), (Some(1), 1), "{ended:?}");
    assert!(
        ended.err.starts_with("notes: It did not work: ") && ended.err.contains("app_pictures"),
        "{ended:?}"
    );
}

fn an_unknown_command_prints_all_of_them() {
    let folder = Folder::new();
    let ended = command(&folder, &["shred"]).finish();
    assert_eq!((ended.status, &*ended.out), (Some(2), ""), "{ended:?}");
    assert!(ended.err.starts_with("notes: There is no command \"shred\".\n"), "{ended:?}");
    let meant = command(&folder, &["acount", "list"]).finish();
    assert!(
        meant.err.starts_with("notes: There is no command \"acount\". Did you mean `account`?\n"),
        "{meant:?}"
    );
    let help = command(&folder, &["--help"]).finish().succeeded().out;
    for list in [&ended.err, &help] {
        let (ours, own) = (list.find("\n  backup "), list.find("\n  add "));
        assert!(ours.is_some() && ours < own && list.contains("Remove all notes"), "{list}");
    }
    assert!(command(&folder, &["add", "--help"]).finish().succeeded().out.contains("Add a note"));
    assert_eq!(command(&folder, &["--version"]).finish().succeeded().out, "notes 1.2.0\n");
    assert!(folder.snapshot().is_empty(), "nothing was created");
}

fn a_command_gets_what_was_typed_after_its_name() {
    let folder = with_a_database();
    let typed = |words: &[&str]| command(&folder, words).finish().succeeded().out;
    assert_eq!(typed(&["echo"]), "[]\n");
    assert_eq!(
        typed(&["echo", "a b", "--dry-run", "--port", "x"]),
        "[\"a b\", \"--dry-run\", \"--port\", \"x\"]\n"
    );
    assert_eq!(typed(&["--data-dir", "data", "echo", "--all"]), "[\"--all\"]\n");
}

fn our_commands_are_the_apps_too() {
    let folder = with_a_database();
    let listed = command(&folder, &["account", "list"]).finish().succeeded().out;
    assert_eq!(listed, "There are no accounts.\n");
    let unknown = command(&folder, &["account", "show", "ada@example.org"]).finish();
    let line = "notes: There is no account for ada@example.org. `notes account list` lists all accounts.";
    refused(&unknown, line);
    let checked = command(&folder, &["check"]).finish().succeeded().out;
    assert!(checked.contains("`notes account link` prints reset links."), "{checked}");
}

fn the_program_calls_itself_by_the_name_of_the_app() {
    let folder = Folder::new();
    let server = command(&folder, &["--port", "0"]).start();
    let second = command(&folder, &["--port", "0"]);
    // With a server of its own for the data, any number of programs may run.
    let is_file = folder.database().exists();
    if is_file {
        let ended = second.finish();
        assert!(ended.err.starts_with("notes: notes is already running (process "), "{ended:?}");
    }
    let ended = server.stop();
    assert!(ended.out.starts_with("notes is ready at http://"), "{ended:?}");
    let version = command(&folder, &["--version"]).finish();
    assert!(version.out.starts_with("notes "), "{version:?}");
    assert!(!is_file || !folder.data().join("vestibule.sqlite-wal").exists(), "the last checkpoint was made");
}

fn a_mistake_in_the_app_stops_every_command() {
    let folder = Folder::new();
    for (version, line) in [
        (
            "with a name of ours",
            "vestibule: The name \"vestibule\" of the app has another meaning in settings.",
        ),
        ("with a page of ours", "notes: GET /login (function our_own_login) belongs to Vestibule. To change"),
        ("with a command of ours", "notes: The command \"check\" of notes is a command of Vestibule."),
        ("with a lost link", "notes: "),
        ("with a wrong base", "notes: App::mount_at cannot mount below \"shop\"."),
    ] {
        for words in [&["--port", "0"][..], &["check"], &["account", "list"], &["--help"]] {
            let ended = command(&folder, words).var(RUN_AS_APP, version).finish();
            assert_eq!((ended.status, ended.err.lines().count()), (Some(1), 1), "{version}: {ended:?}");
            assert!(ended.err.starts_with(line) && ended.out.is_empty(), "{version}: {ended:?}");
        }
    }
    assert!(folder.snapshot().is_empty(), "nothing was created");
}

fn a_refused_page_of_a_group_is_logged() {
    let folder = Folder::new();
    let told = |enter: fn(SocketAddr) -> Visitor| {
        let server = command(&folder, &["--port", "0"]).start();
        let mut ada = enter(server.address);
        // The first of a minute is written, the others are counted.
        for _ in 0..3 {
            assert_eq!(ada.get("/plans/7").status, 403);
        }
        let ended = server.stop();
        let lines: Vec<_> = ended.err.lines().filter(|line| line.contains("planners")).collect();
        assert_eq!(lines.len(), 1, "{ended:?}");
        let account = lines[0].split("\"account\":\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(account.is_some_and(|id| id.len() == 36) && lines[0].contains("\"authz_fail\""), "{lines:?}");
        lines[0].to_owned()
    };
    let asked = "An account that is not in the group planners asked for GET /plans/<id>";
    let told_first = told(Visitor::ada);
    let missing = format!("{asked} (there is no such group: `notes group create planners`).");
    assert!(told_first.contains(&missing), "{told_first}");
    command(&folder, &["group", "create", "planners"]).finish().succeeded();
    let told_then = told(|address| {
        let mut ada = Visitor::at(address);
        assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
        ada
    });
    assert!(told_then.contains(&format!("{asked}.")), "{told_then}");
}

fn a_form_that_never_ends() {
    let folder = Folder::new();
    let server = command(&folder, &["--port", "0"]).start();
    let visitor = Visitor::at(server.address);
    let begun = Instant::now();
    let mut stream = visitor.connect().unwrap();
    let beginning = visitor.head("POST", "/notes", 1_000) + "text=a-note-without-an-end";
    stream.write_all(beginning.as_bytes()).unwrap();
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).unwrap();
    let (answer, waited) = (String::from_utf8_lossy(&answer[..read]), begun.elapsed());
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!((Duration::from_secs(14)..Duration::from_secs(18)).contains(&waited), "{waited:?}");
    drop(stream);
    assert_eq!(server.stop().status, Some(0));
    assert_eq!(folder.rows("app_notes"), 0);
}

/// A folder in which the app has run.
fn with_a_database() -> Folder {
    let folder = Folder::new();
    assert_eq!(command(&folder, &["--port", "0"]).start().stop().status, Some(0));
    folder
}
