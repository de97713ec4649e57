//! `vestibule backup`: a copy of a site in use is complete, is for its owner alone, and overwrites nothing.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::folder::{Folder, mode};
use crate::visitor::{PASSWORD, Visitor};

#[test]
fn a_backup_of_a_site_in_use_contains_all_acknowledged_changes() {
    let folder = Folder::new();
    let server = folder.serve();
    let ada = Visitor::ada(server.address);
    let (acknowledged, enough) = (Mutex::new(0), AtomicBool::new(false));
    let before = thread::scope(|scope| {
        scope.spawn(|| {
            let mut visitor = Visitor::at(server.address);
            for n in 0.. {
                if enough.load(Ordering::SeqCst) {
                    return;
                }
                assert_eq!(visitor.sign_up(&format!("n{n}@example.org")).leads_to(), "/login");
                *acknowledged.lock().unwrap() = n + 1;
            }
        });
        while *acknowledged.lock().unwrap() < 3 {
            thread::sleep(Duration::from_millis(5));
        }
        let before = *acknowledged.lock().unwrap();
        let run = folder.command(&["backup", "copy.sqlite"]).after("umask 000");
        let ended = run.finish();
        enough.store(true, Ordering::SeqCst);
        assert!(ended.succeeded().out.contains("secret key"), "a reminder to keep the key too");
        before
    });
    let copy = folder.path().join("copy.sqlite");
    assert_eq!(mode(&copy), 0o600);

    let elsewhere = Folder::new();
    elsewhere.write("data/vestibule.sqlite", fs::read(&copy).unwrap());
    elsewhere.write("data/secret.key", fs::read(folder.key()).unwrap());
    let other = elsewhere.serve();
    assert!(ada.again_at(other.address).is_logged_in(), "the session");
    for n in 0..before {
        let mut visitor = Visitor::at(other.address);
        assert_eq!(
            visitor.log_in(&format!("n{n}@example.org"), PASSWORD).leads_to(),
            "/profile",
            "{n} of {before}"
        );
    }
    assert!(ada.again_at(server.address).is_logged_in(), "the site still works");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn a_backup_overwrites_nothing_and_changes_nothing() {
    let (folder, _) = Folder::of_ada();
    folder.write("there.sqlite", "precious");
    let before = folder.snapshot();
    folder.run(&["backup", "there.sqlite"]).refused(&["there.sqlite", "already exists"]);
    folder.run(&["backup", "data/vestibule.sqlite"]).refused(&["data/vestibule.sqlite", "already exists"]);
    let hint = "Name a file in a folder that exists.";
    folder.run(&["backup", "no/such/copy.sqlite"]).refused(&["/copy.sqlite", "cannot be written", hint]);
    folder
        .run(&["backup", "there.sqlite/copy.sqlite"])
        .refused(&["there.sqlite/copy.sqlite", "cannot be written"]);
    folder.run(&["backup", "/proc/copy.sqlite"]).refused(&["/proc/copy.sqlite", "cannot be written"]);
    assert!(folder.snapshot() == before, "nothing changed");
    // A file with the temporary name of the copy is not overwritten either.
    folder.write("copy #1%.sqlite.part", "precious");
    let before = folder.snapshot();
    folder.run(&["backup", "copy #1%.sqlite"]).succeeded();
    let mut after = folder.snapshot();
    assert!(after.remove(&folder.path().join("copy #1%.sqlite")).is_some());
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_eq!(fs::read(folder.path().join("copy #1%.sqlite.part")).unwrap(), b"precious");
}

#[test]
fn of_two_simultaneous_backups_to_one_file_one_is_complete_and_one_is_refused() {
    let (folder, _) = Folder::of_ada();
    let copies = || {
        let files = folder.snapshot();
        files.keys().filter(|file| file.to_str().unwrap().contains("copy")).count()
    };
    for turn in 0..8 {
        let ended = thread::scope(|scope| {
            let runs: Vec<_> =
                (0..3).map(|_| scope.spawn(|| folder.run(&["backup", "copy.sqlite"]))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect::<Vec<_>>()
        });
        let (done, refused): (Vec<_>, Vec<_>) = ended.into_iter().partition(|ended| ended.status == Some(0));
        assert_eq!(done.len(), 1, "{turn}: {refused:?}");
        for ended in refused {
            ended.refused(&["copy.sqlite already exists"]);
        }
        assert_eq!(copies(), 1, "{turn}");
        fs::remove_file(folder.path().join("copy.sqlite")).unwrap();
    }
}
