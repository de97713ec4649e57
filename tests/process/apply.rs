//! `vestibule apply`: twice, checked, interrupted, two at once, ten thousand, and at each start.

use std::thread;
use std::time::{Duration, Instant};

use crate::folder::Folder;
use crate::log::{events, named};
use crate::support::{Ended, release, there_is};
use crate::visitor::{ADA, PASSWORD, Visitor};

/// A hash of `PASSWORD` by Werkzeug.
const HASH: &str =
    "pbkdf2:sha256:1000$iAtLe6xPtyqfFbO1$37b507e5a9cb676e7c4678cdb2208ec4ccce8f542ab7b9a3e8084f154f30eb8d";
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
fn folder() -> Folder {
    let (folder, _) = Folder::of_ada();
    folder.write("site.toml", FILE);
    folder.write("secrets/bob", format!("{PASSWORD}\n"));
    folder
}

fn apply(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["apply"], words].concat())
}

/// Asserts that a check found something to change.
fn would_change(ended: Ended) -> String {
    assert_eq!((ended.status, &*ended.err), (Some(2), ""), "{ended:?}");
    ended.out
}

/// All that operators can see, and how many events there were.
fn state(folder: &Folder) -> (Vec<String>, i64) {
    let lists =
        [["account", "list", "--json"], ["group", "list", "--json"], ["invitation", "list", "--json"]];
    (lists.map(|words| folder.run(&words).succeeded().out).to_vec(), folder.rows("audit"))
}

/// A file of this many accounts.
fn many(accounts: usize) -> String {
    let account = |number: usize| {
        format!(
            "[[accounts]]\nemail = \"n{number}@example.org\"\nname = \"Number {number}\"\n\
             groups = [\"choir\"]\npassword_hash = \"{HASH}\"\n"
        )
    };
    format!("groups = [\"choir\"]\n{}", (0..accounts).map(account).collect::<String>())
}

#[test]
fn a_file_is_checked_applied_and_applied_again() {
    let folder = folder();
    let before = state(&folder);
    let checked = would_change(apply(&folder, &["site.toml", "--check"]));
    let lines = [
        "group choir: made",
        "account bob@example.org: made · joined admins, choir",
        "invitation autumn: made",
        "3 things: 3 to be changed.",
    ];
    assert_eq!(checked.lines().collect::<Vec<_>>(), lines);
    assert_eq!(state(&folder), before);
    let done = apply(&folder, &["site.toml"]).succeeded().out;
    let done: Vec<_> = done.lines().collect();
    assert_eq!(done[..2], lines[..2]);
    assert!(done[2].starts_with("invitation autumn: made · to print a link: vestibule invitation renew "));
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
    Folder::new().run(&["apply", "/dev/null"]).refused(&["/dev/null is empty."]);
    assert_eq!(apply(&folder, &[]).status, Some(2), "no file");
}

#[test]
fn what_waits_is_told_and_a_script_does_not_take_it_for_done() {
    let folder = folder();
    folder.write("site.toml", "[[accounts]]\nemail = \"no@example.org\"\ngroups = [\"admins\"]\n");
    for words in [&["site.toml"][..], &["site.toml", "--check"]] {
        let ended = apply(&folder, words);
        let line =
            "account no@example.org: waits, since there is no such account, and no name to make it with\n";
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
fn killed_in_the_middle_it_has_done_nothing() {
    if !there_is("timeout", "apply is killed in the middle") {
        return;
    }
    let folder = folder();
    folder.write("site.toml", many(3_000));
    let (before, mut killed) = (state(&folder), 0);
    for milliseconds in (40..2_000).step_by(230) {
        let after = format!("{}", f64::from(milliseconds) / 1_000.0);
        let run = folder.command(&["apply", "site.toml"]).through(&["timeout", "-s", "KILL", &after]);
        let ended = run.finish();
        if ended.status == Some(0) {
            break; // it was done before
        }
        killed += 1;
        if folder.rows("accounts") > 1 {
            break; // killed after its commit
        }
        assert_eq!(state(&folder), before, "killed after {after} s");
    }
    assert!(killed > 0, "it was never killed");
    apply(&folder, &["site.toml"]).succeeded();
    assert_eq!(
        (folder.rows("accounts"), folder.rows("passwords"), folder.rows("memberships")),
        (3_001, 3_001, 3_000)
    );
    assert_eq!(apply(&folder, &["site.toml", "--check"]).status, Some(0));
}

#[test]
fn two_at_once_run_one_after_the_other() {
    let folder = folder();
    folder.write("site.toml", many(1_000));
    let ended: Vec<Ended> = thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| apply(&folder, &["site.toml"]))).collect();
        runs.into_iter().map(|run| run.join().unwrap().succeeded()).collect()
    });
    let done = |end: &str| ended.iter().filter(|ended| ended.out.ends_with(end)).count();
    assert_eq!(done("1001 things: 1001 changed.\n"), 1, "{:?}", ended[0].status);
    assert_eq!(done("1001 things: 0 changed.\n"), 3);
    assert_eq!((folder.rows("accounts"), folder.rows("memberships")), (1_001, 1_000));
}

#[test]
fn ten_thousand_accounts_take_less_than_three_seconds() {
    let folder = folder();
    folder.write("site.toml", many(10_000));
    let first = apply(&folder, &["site.toml"]).succeeded();
    let again = apply(&folder, &["site.toml"]).succeeded();
    assert!(again.out.ends_with("10001 things: 0 changed.\n"));
    println!("10,000 accounts: {:?}, and again: {:?}", first.took, again.took);
    // A debug build is not measured.
    if release().is_some() {
        assert!(first.took < Duration::from_secs(3), "{:?}", first.took);
        assert!(again.took < Duration::from_secs(3), "{:?}", again.took);
    }
    let server = folder.serve();
    assert_eq!(Visitor::at(server.address).log_in("n9999@example.org", PASSWORD).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn a_file_that_the_settings_name_is_applied_at_each_start_before_the_site_answers() {
    let folder = Folder::new();
    folder.write("etc/site.toml", FILE);
    folder.write("etc/secrets/bob", format!("{PASSWORD}\n"));
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
    assert!(
        folder
            .run(&["check"])
            .succeeded()
            .out
            .contains("\nThe apply_file can be read: things that it declares: 3.\n")
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
    let wrong = ["etc/site.toml:10: \"invitation\" is no key of the file. Did you mean `invitations`?"];
    folder.run(&["--port", "0"]).refused(&wrong);
    let checked = folder.run(&["check"]);
    assert!(checked.status == Some(1) && checked.err.contains(wrong[0]), "{checked:?}");
    folder.write("Rocket.toml", "[default.vestibule]\napply_file = \"etc/no.toml\"\n");
    folder.run(&["--port", "0"]).refused(&["etc/no.toml cannot be read: No such file"]);
}
