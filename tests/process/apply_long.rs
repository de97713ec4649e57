//! `vestibule apply` of long files: killed in the middle, two at once, ten thousand accounts, and as many mistakes.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::apply::{apply, folder, state};
use crate::folder::Folder;
use crate::support::{Ended, release};
use crate::visitor::{PASSWORD, Visitor};

/// A hash of `PASSWORD` by Werkzeug.
const HASH: &str =
    "pbkdf2:sha256:1000$iAtLe6xPtyqfFbO1$37b507e5a9cb676e7c4678cdb2208ec4ccce8f542ab7b9a3e8084f154f30eb8d";

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

/// Whether a transaction has changed accounts and is not committed yet.
fn is_writing(folder: &Folder) -> bool {
    if !folder.database().exists() {
        return folder.rows("pg_locks where relation = 'accounts'::regclass and mode = 'RowExclusiveLock'")
            > 0;
    }
    // Nothing else in this test writes so much, and the file is gone once the last program has closed the database.
    let written = fs::metadata(folder.data().join("vestibule.sqlite-wal"));
    written.is_ok_and(|file| file.len() > 256 * 1024)
}

#[test]
fn killed_in_the_middle_it_has_done_nothing() {
    let folder = folder();
    folder.write("site.toml", many(10_000));
    let (before, mut in_the_middle) = (state(&folder), 0);
    for milliseconds in [0, 30, 100, 300] {
        let end = Instant::now() + Duration::from_secs(10);
        while is_writing(&folder) {
            assert!(Instant::now() < end, "what was killed still writes");
            thread::sleep(Duration::from_millis(10));
        }
        let mut begun: Option<Instant> = None;
        let killed = folder.command(&["apply", "site.toml"]).kill_when(|| {
            if begun.is_none() && is_writing(&folder) {
                begun = Some(Instant::now());
            }
            begun.is_some_and(|begun| begun.elapsed() >= Duration::from_millis(milliseconds))
        });
        if folder.rows("accounts") > 1 {
            break; // it was faster
        }
        assert_eq!(state(&folder), before, "killed {milliseconds} ms after it began to write");
        in_the_middle += u32::from(killed && begun.is_some());
    }
    assert!(in_the_middle > 0, "it was never killed in the middle");
    apply(&folder, &["site.toml"]).succeeded();
    assert_eq!(
        (folder.rows("accounts"), folder.rows("passwords"), folder.rows("memberships")),
        (10_001, 10_001, 10_000)
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
fn ten_thousand_accounts_take_less_than_three_seconds_of_processor_time() {
    let folder = folder();
    folder.write("site.toml", many(10_000));
    let apply = || {
        let run = folder.command(&["apply", "site.toml"]);
        // Other tests run meanwhile, so it may take longer by the clock. A debug build is not measured.
        let ended = if release().is_some() { run.after("ulimit -t 3").finish() } else { run.finish() };
        ended.succeeded()
    };
    let (first, again) = (apply(), apply());
    assert!(again.out.ends_with("10001 things: 0 changed.\n"));
    println!("10,000 accounts: {:?}, and again: {:?}", first.took, again.took);
    let server = folder.serve();
    assert_eq!(Visitor::at(server.address).log_in("n9999@example.org", PASSWORD).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn of_very_many_mistakes_the_first_hundred_are_told() {
    let folder = Folder::new();
    folder.serve().stop();
    folder.write("site.toml", "[[accounts]]\nemail = \"ada@example.org\"\nname = \"Ada\"\n".repeat(20_000));
    let ended = apply(&folder, &["site.toml"]);
    assert!(ended.status == Some(1) && ended.took < Duration::from_secs(10), "{:?}", ended.took);
    let lines: Vec<_> = ended.err.lines().collect();
    assert_eq!(lines.len(), 101);
    assert_eq!(lines[99], "site.toml:301: ada@example.org was declared before, in line 1.");
    let last = "vestibule: site.toml has 19999 mistakes, the first 100 of them above. Nothing was changed.";
    assert_eq!(lines[100], last);
}
