//! `vestibule apply`: twice, checked, refused, and at each start. Long files are in `apply_long`.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::folder::Folder;
use crate::log::{events, named};
use crate::support::Ended;
use crate::visitor::{ADA, PASSWORD, Visitor};

const BOB: &str = "bob@example.org";
const FILE: &str = r#"
groups = ["choir"]

[[accounts]]
email = "bob@example.org"
name = "Ada"
groups = ["admins", "choir"]
password_file = "secrets/bob"

[[invitations]]
key = "autumn"
groups = ["choir"]
"#;

/// A folder in which a site has run, with the file and the password that it names.
pub fn folder() -> Folder {
    let (folder, _) = Folder::of_ada();
    folder.write("site.toml", FILE);
    secret(&folder.write("secrets/bob", format!("{PASSWORD}\n")));
    folder
}

/// Takes a file away from all other users.
fn secret(file: &Path) {
    fs::set_permissions(file, PermissionsExt::from_mode(0o600)).unwrap();
}

pub fn apply(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["apply"], words].concat())
}

/// Asserts that a check found something to change.
fn would_change(ended: Ended) -> String {
    assert_eq!((ended.status, &*ended.err), (Some(2), ""), "{ended:?}");
    ended.out
}

/// All that operators can see, and how many events there were.
pub fn state(folder: &Folder) -> (Vec<String>, i64) {
    let lists =
        [["account", "list", "--json"], ["group", "list", "--json"], ["invitation", "list", "--json"]];
    (lists.map(|words| folder.run(&words).succeeded().out).to_vec(), folder.rows("audit"))
}

#[test]
fn a_file_is_checked_applied_and_applied_again() {
    let folder = folder();
    let before = state(&folder);
    let checked = would_change(apply(&folder, &["site.toml", "--check"]));
    let lines = [
        "group choir: created",
        "account bob@example.org: created · joined admins, choir",
        "invitation autumn: created",
        "3 things: 3 to be changed.",
    ];
    assert_eq!(checked.lines().collect::<Vec<_>>(), lines);
    assert_eq!(state(&folder), before);
    let done = apply(&folder, &["site.toml"]).succeeded().out;
    let done: Vec<_> = done.lines().collect();
    assert_eq!(done[..2], lines[..2]);
    assert!(done[2].starts_with("invitation autumn: created · to print a link: vestibule invitation renew "));
    assert_eq!(done[3], "3 things: 3 changed.");
    let printed = done.concat();
    assert!(!printed.contains(PASSWORD) && !printed.contains("token"), "{printed}");
    // The command that it prints works.
    let renew = done[2].split("vestibule ").nth(1).unwrap();
    let words: Vec<_> = renew.split(' ').collect();
    let link =
        folder.run(&[&words[..], &["--base-url", "https://login.example.org"]].concat()).succeeded().out;
    assert!(link.starts_with("https://login.example.org/invited?token="), "{link}");
    let after = state(&folder);
    let again = apply(&folder, &["site.toml"]).succeeded().out;
    assert!(
        again.ends_with("3 things: 0 changed.\n") && again.matches(": as it is\n").count() == 3,
        "{again}"
    );
    assert_eq!(state(&folder), after);
    apply(&folder, &["site.toml", "--check"]).succeeded();
    let server = folder.serve();
    assert_eq!(Visitor::at(server.address).log_in(BOB, PASSWORD).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn a_running_site_notices_and_stdin_is_a_file_too() {
    let folder = folder();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
    let disabled = format!("{{\"accounts\": [{{\"email\": \"{ADA}\", \"state\": \"disabled\"}}]}}");
    let run = folder.command(&["apply", "-"]).input(&disabled).finish().succeeded();
    assert_eq!(run.out, "account ada@example.org: disabled\n1 thing: 1 changed.\n");
    // It looks twice a second whether another process has changed something.
    let end = Instant::now() + Duration::from_secs(2);
    while ada.is_logged_in() {
        assert!(Instant::now() < end, "the session did not end");
        thread::sleep(Duration::from_millis(50));
    }
    let wrong = folder.command(&["apply", "-"]).input("groups = 1\n").finish();
    wrong.refused(&["stdin:1: groups must be a list, in square brackets. Nothing was changed."]);
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn a_wrong_file_is_told_by_its_lines_and_changes_nothing() {
    let folder = folder();
    let before = state(&folder);
    folder.write("site.toml", FILE.replace("\"choir\"]\npassword", "\"chior\"]\npassword"));
    let told = "site.toml:7: group \"chior\" is not among groups; there are choir. Nothing was changed.";
    apply(&folder, &["site.toml"]).refused(&[told]);
    apply(&folder, &["site.toml", "--check"]).refused(&[told]);
    folder.write("site.toml", "groups = [\"a b\"]\n[[accounts]]\nemail = \"x\"\n");
    let several = apply(&folder, &["site.toml"]);
    assert_eq!((several.status, &*several.out), (Some(1), ""), "{several:?}");
    let lines: Vec<_> = several.err.lines().collect();
    assert!(lines[0].starts_with("site.toml:1: \"a b\" cannot be the name of a group."), "{several:?}");
    let rest = [
        "site.toml:3: \"x\" is not an email address.",
        "vestibule: site.toml has 2 mistakes. Nothing was changed.",
    ];
    assert_eq!(lines[1..], rest);
    apply(&folder, &["nowhere.toml"]).refused(&["nowhere.toml cannot be read: No such file"]);
    assert_eq!(state(&folder), before);
    let told = "/dev/null cannot be read: it is not a regular file.";
    Folder::new().run(&["apply", "/dev/null"]).refused(&[told]);
    assert_eq!(apply(&folder, &[]).status, Some(2), "no file");
}

#[test]
fn what_waits_is_told_and_a_script_does_not_take_it_for_done() {
    let folder = folder();
    folder.write("site.toml", "[[accounts]]\nemail = \"no@example.org\"\ngroups = [\"admins\"]\n");
    for words in [&["site.toml"][..], &["site.toml", "--check"]] {
        let ended = apply(&folder, words);
        let line =
            "account no@example.org: waits, since there is no such account, and no name to create it with\n";
        assert!(ended.status == Some(1) && ended.out.starts_with(line), "{ended:?}");
        assert_eq!(
            ended.err,
            "vestibule: 1 thing waits, as its line says. All others are as the file says.\n"
        );
    }
    // Where no address is proved, an administrator who was there before is one to look at.
    folder.write("site.toml", format!("[[accounts]]\nemail = \"{ADA}\"\ngroups = [\"admins\"]\n"));
    let warned = apply(&folder, &["site.toml"]);
    assert!(
        warned.status == Some(0) && warned.err.starts_with("Warning: this site sends no emails"),
        "{warned:?}"
    );
    // No file takes the last one away; a command does.
    folder.write("site.toml", format!("[[accounts]]\nemail = \"{ADA}\"\nstate = \"absent\"\n"));
    apply(&folder, &["site.toml"]).refused(&["site.toml:1: no administrator who can log in would be left."]);
    assert_eq!(folder.run(&["group", "remove", "admins", ADA]).status, Some(0));
    apply(&folder, &["site.toml"]).succeeded();
    assert_eq!(folder.rows("accounts"), 0);
}

#[test]
fn a_file_that_the_settings_name_is_applied_at_each_start_before_the_site_answers() {
    let folder = Folder::new();
    secret(&folder.write("etc/site.toml", FILE));
    secret(&folder.write("etc/secrets/bob", format!("{PASSWORD}\n")));
    folder.write("Rocket.toml", "[default.vestibule]\napply_file = \"etc/site.toml\"\n");
    for totals in ["3 things: 3 changed.", "3 things: 0 changed."] {
        let server = folder.serve();
        assert_eq!(Visitor::at(server.address).log_in(BOB, PASSWORD).leads_to(), "/profile");
        let ended = server.stop();
        let events = events(&ended);
        let applied = named(&events, "sys_apply");
        assert!(applied.len() == 1 && applied[0]["level"] == "info", "{events:#?}");
        assert!(applied[0]["message"].as_str().unwrap().ends_with(totals), "{applied:?}");
        assert!(!ended.err.contains(BOB) && !ended.err.contains(PASSWORD), "a log has no addresses");
        assert_eq!((folder.rows("accounts"), folder.rows("invitations")), (1, 1));
    }
    let checked = folder.run(&["check"]).succeeded().out;
    assert!(checked.contains("\nThe file of apply_file can be read. It declares 3 things.\n"), "{checked}");
    assert!(
        checked.contains("\nThe next start can apply ") && checked.contains(": 3 things: 0 to be changed.\n"),
        "{checked}"
    );
    // What waits does not stop the start.
    folder.write("etc/site.toml", format!("{FILE}[[accounts]]\nemail = \"no@example.org\"\n"));
    let log = events(&folder.serve().stop());
    let waits = named(&log, "sys_apply");
    assert!(
        waits[0]["level"] == "warn" && waits[0]["message"].as_str().unwrap().contains("1 waiting."),
        "{waits:?}"
    );
    // A mistake does.
    folder.write("etc/site.toml", FILE.replace("[[invitations]]", "[[invitation]]"));
    let wrong = ["etc/site.toml:10: unknown key \"invitation\" in the file. Did you mean `invitations`?"];
    folder.run(&["--port", "0"]).refused(&wrong);
    let checked = folder.run(&["check"]);
    assert!(checked.status == Some(1) && checked.err.contains(wrong[0]), "{checked:?}");
    folder.write("Rocket.toml", "[default.vestibule]\napply_file = \"etc/no.toml\"\n");
    folder.run(&["--port", "0"]).refused(&["etc/no.toml cannot be read: No such file"]);
}

#[test]
fn check_finds_the_mistakes_that_would_stop_the_start() {
    let folder = Folder::new();
    let start_file = |content: &str| secret(&folder.write("site.toml", content));
    folder.write("Rocket.toml", "[default.vestibule]\napply_file = \"site.toml\"\n");
    let content = FILE.replace("groups = [\"admins\", \"choir\"]", "groups = [\"chior\"]");
    start_file(&content);
    let checked = folder.run(&["check"]).succeeded().out;
    let only = checked.lines().filter(|line| line.starts_with("Only the form of ")).count();
    assert!(only == 1 && !checked.contains("can apply"), "there is no database: {checked}");
    start_file(FILE);
    secret(&folder.write("secrets/bob", format!("{PASSWORD}\n")));
    assert_eq!(folder.serve().stop().status, Some(0));
    let before = state(&folder);
    let with_mistakes = [
        (content.as_str(), "site.toml:7: group \"chior\" is not among groups; there are choir."),
        (
            "[[accounts]]\nemail = \"ada@example.org\"\nname = \"Ada\"\npassword_file = \"no\"\n",
            "site.toml:4: password_file: ",
        ),
    ];
    for (content, told) in with_mistakes {
        start_file(content);
        for words in [&["check"][..], &["--port", "0"]] {
            let ended = folder.run(words);
            assert!(ended.status == Some(1) && ended.err.contains(told), "{words:?}: {ended:?}");
        }
    }
    start_file(&format!("{FILE}[[invitations]]\nkey = \"winter\"\n"));
    let checked = folder.run(&["check"]).succeeded().out;
    assert!(
        checked.contains(": 4 things: 1 to be changed.\n") && !checked.contains("Only the form"),
        "{checked}"
    );
    assert_eq!(state(&folder), before, "a check changes nothing");
}

#[test]
fn others_who_can_access_the_file_or_a_password_are_warned_of() {
    let folder = Folder::new();
    let file = folder.write("site.toml", FILE);
    let password = folder.write("secrets/bob", format!("{PASSWORD}\n"));
    folder.write("Rocket.toml", "[default.vestibule]\napply_file = \"site.toml\"\n");
    let set_modes = |mode: u32| {
        for file in [&file, &password] {
            fs::set_permissions(file, PermissionsExt::from_mode(mode)).unwrap();
        }
    };
    for mode in [0o644, 0o602, 0o640] {
        set_modes(mode);
        let of_file =
            format!("site.toml (mode {mode:04o}), which says who is an administrator. Type chmod go= ");
        let of_password = format!("secrets/bob (mode {mode:04o}), which holds a password. Type chmod go= ");
        let checked = folder.run(&["check"]).succeeded().out;
        let log = folder.serve().stop().err;
        for told in [&of_file, &of_password] {
            let is_warning =
                |line: &str| line.starts_with("Warning: Other users can access ") && line.contains(told);
            assert_eq!(checked.lines().filter(|line| is_warning(line)).count(), 1, "{told}: {checked}");
            assert!(log.contains(told), "{told}: {log}");
        }
        let applied = apply(&folder, &["site.toml"]);
        let lines: Vec<_> = applied.err.lines().collect();
        assert!(
            applied.status == Some(0) && lines.len() == 1 && lines[0].contains(&of_password),
            "{applied:?}"
        );
    }
    set_modes(0o600);
    assert!(!folder.run(&["check"]).succeeded().out.contains("Other users"));
    assert!(!folder.serve().stop().err.contains("Other users"));
    apply(&folder, &["site.toml"]).succeeded();
}
