//! A full disk: writes get a calm page that says to retry, and reads continue. When there is space again, everything
//! works without a restart.

use std::time::Duration;

use super::invariants;
use super::sites::{SignUps, SmallDisk, assert_can_log_in, assert_log_is_clean, patient};
use super::tools::{is_root, rounds, until};
use super::turns::together;
use crate::visitor::{ADA, Answer, PASSWORD, Visitor};

/// Forms of a logged-in user. Each of them writes.
const WRITES: [(&str, &[(&str, &str)]); 7] = [
    ("/settings/account", &[("name", "Ada L.")]),
    ("/settings/password", &[("current_password", PASSWORD), ("new_password", "another correct horse")]),
    ("/settings/devices/end-others", &[]),
    ("/settings/export", &[]),
    ("/settings/close", &[("email", ADA), ("password", PASSWORD)]),
    ("/reauthenticate", &[("password", PASSWORD)]),
    ("/logout", &[]),
];

/// Asserts that a response says to retry, in words for people and as a time for programs.
fn says_to_retry(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.header("retry-after"), "5");
    assert!(answer.body.contains("too busy right now"), "{answer:?}");
    assert!(!answer.body.to_lowercase().contains("disk") && !answer.body.contains("sql"), "{answer:?}");
}

#[test]
#[ignore = "a fault: needs root, to mount a small disk"]
fn on_a_full_disk_writes_get_a_503_and_reads_continue_until_there_is_space() {
    if !is_root("a full disk") {
        return;
    }
    let _together = together();
    let Some(disk) = SmallDisk::of_mib(4) else { return };
    let server = patient(&disk.folder).start();
    let mut ada = Visitor::ada(server.address);
    let people = SignUps::default();
    let rounds = rounds(20);
    for _ in 0..rounds {
        assert_can_log_in(&server, ADA); // so that there is another session to end
        disk.fill(0);
        // First, the free space within SQLite's own files is used up.
        until("the disk is full", Duration::from_secs(20), || people.one(server.address) == Some(503));
        let mut eve = Visitor::at(server.address);
        says_to_retry(&eve.sign_up("eve@example.org"));
        says_to_retry(&eve.log_in(ADA, PASSWORD));
        assert!(eve.jar.keys().all(|cookie| cookie != "session"), "no cookie without a stored session");
        for (path, fields) in WRITES {
            says_to_retry(&ada.clone().post(path, fields));
        }
        assert!(ada.is_logged_in(), "an existing session continues");
        for path in ["/", "/login", "/signup", "/health", "/ready"] {
            assert_eq!(Visitor::at(server.address).get(path).status, 200, "{path}");
        }
        disk.empty();
        assert_can_log_in(&server, ADA);
        assert_eq!(people.one(server.address), Some(303), "there is space again");
    }
    people.are_kept(&disk.folder.database());
    invariants::assert_consistent(&disk.folder.database());
    let ended = server.stop();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(ended.err.contains("sys_database") && ended.err.contains("full"), "the log names the cause");
    assert_log_is_clean(&ended.err);
    invariants::assert_consistent(&disk.folder.database());
    println!(
        "disk full {rounds} times: {} sign-ups promised, {} told to retry, none lost",
        people.count(),
        people.put_off()
    );
}

#[test]
#[ignore = "a fault: needs root, to mount a small disk"]
fn a_first_start_on_a_full_disk_leaves_no_partial_database() {
    if !is_root("a start on a full disk") {
        return;
    }
    let _together = together();
    let Some(disk) = SmallDisk::of_mib(1) else { return };
    let sizes: Vec<u64> = (0..10).map(|pages| pages * 8_192).collect();
    for room in &sizes {
        disk.fill(*room);
        let ended = disk.folder.run(&["--port", "0"]);
        ended.refused(&["data", "--data-dir"]);
        assert!(!disk.folder.database().exists(), "a partial database remains, with space for {room} bytes");
    }
    disk.empty();
    let server = disk.folder.serve();
    Visitor::ada(server.address);
    assert_eq!(server.stop().status, Some(0));
    invariants::assert_consistent(&disk.folder.database());
    println!(
        "first start with {} sizes of too little space: refused each time, no partial database",
        sizes.len()
    );
}

#[test]
#[ignore = "a fault: needs root, to mount a small disk"]
fn stopping_or_killing_it_on_a_full_disk_loses_nothing() {
    if !is_root("a shutdown on a full disk") {
        return;
    }
    let _together = together();
    let Some(disk) = SmallDisk::of_mib(4) else { return };
    let people = SignUps::default();
    for killed in [false, true] {
        let server = patient(&disk.folder).start();
        for _ in 0..5 {
            assert_eq!(people.one(server.address), Some(303));
        }
        disk.fill(0);
        match killed {
            true => server.kill(),
            false => assert_log_is_clean(&server.stop().err),
        }
        disk.empty();
        let server = patient(&disk.folder).start();
        people.are_kept(&disk.folder.database());
        assert_can_log_in(&server, &people.last().unwrap());
        assert_eq!(server.stop().status, Some(0));
        invariants::assert_consistent(&disk.folder.database());
    }
}
