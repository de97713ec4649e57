//! A full disk: writes get a calm page that says to retry, reads continue, and when there is room again
//! everything works as before, without a restart.

use std::time::Duration;

use super::invariants;
use super::sites::{SignUps, SmallDisk, patient, said_nothing_broken, somebody_logs_in};
use super::tools::{alone, is_root, rounds, until};
use crate::visitor::{ADA, Answer, PASSWORD, Visitor};

/// Forms of a user who is logged in, each of which writes.
const WRITES: [(&str, &[(&str, &str)]); 7] = [
    ("/settings/account", &[("name", "Ada L.")]),
    ("/settings/password", &[("current_password", PASSWORD), ("new_password", "another correct horse")]),
    ("/settings/devices/end-others", &[]),
    ("/settings/export", &[]),
    ("/settings/close", &[("email", ADA), ("password", PASSWORD)]),
    ("/reauthenticate", &[("password", PASSWORD)]),
    ("/logout", &[]),
];

/// An answer that asks to retry, with words for a person and a time for a program.
fn puts_off(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.header("retry-after"), "5");
    assert!(answer.body.contains("This cannot be answered right now"), "{answer:?}");
    assert!(!answer.body.to_lowercase().contains("disk") && !answer.body.contains("sql"), "{answer:?}");
}

#[test]
#[ignore = "a fault: needs root, to mount a small disk"]
fn on_a_full_disk_writes_get_a_503_and_reads_continue_until_there_is_space() {
    if !is_root("a full disk") {
        return;
    }
    let _alone = alone();
    let Some(disk) = SmallDisk::of_mib(4) else { return };
    let server = patient(&disk.folder).start();
    let mut ada = Visitor::ada(server.address);
    let people = SignUps::default();
    let rounds = rounds(20);
    for _ in 0..rounds {
        somebody_logs_in(&server, ADA); // there is another session to end
        disk.fill(0);
        // First the room that SQLite has within its own files is used up.
        until("the disk is full", Duration::from_secs(20), || people.one(server.address) == Some(503));
        let mut eve = Visitor::at(server.address);
        puts_off(&eve.sign_up("eve@example.org"));
        puts_off(&eve.log_in(ADA, PASSWORD));
        assert!(eve.jar.keys().all(|cookie| cookie != "session"), "nobody is let in without a session");
        for (path, fields) in WRITES {
            puts_off(&ada.clone().post(path, fields));
        }
        assert!(ada.is_logged_in(), "a live session goes on");
        for path in ["/", "/login", "/signup", "/health", "/ready"] {
            assert_eq!(Visitor::at(server.address).get(path).status, 200, "{path}");
        }
        disk.empty();
        somebody_logs_in(&server, ADA);
        assert_eq!(people.one(server.address), Some(303), "with room again");
    }
    people.are_kept(&disk.folder.database());
    invariants::hold(&disk.folder.database());
    let ended = server.stop();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(ended.err.contains("sys_database") && ended.err.contains("full"), "the log names the cause");
    said_nothing_broken(&ended.err);
    invariants::hold(&disk.folder.database());
    println!(
        "disk full {rounds} times: {} sign-ups promised, {} put off, none lost",
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
    let _alone = alone();
    let Some(disk) = SmallDisk::of_mib(1) else { return };
    let sizes: Vec<u64> = (0..10).map(|pages| pages * 8_192).collect();
    for room in &sizes {
        disk.fill(*room);
        let ended = disk.folder.run(&["--port", "0"]);
        ended.refused(&["data", "--data-dir"]);
        assert!(!disk.folder.database().exists(), "with room for {room} bytes: half a database");
    }
    disk.empty();
    let server = disk.folder.serve();
    Visitor::ada(server.address);
    assert_eq!(server.stop().status, Some(0));
    invariants::hold(&disk.folder.database());
    println!(
        "a first start with {} kinds of too little room: refused each time, nothing half made",
        sizes.len()
    );
}

#[test]
#[ignore = "a fault: needs root, to mount a small disk"]
fn stopping_or_killing_it_on_a_full_disk_loses_nothing() {
    if !is_root("an end on a full disk") {
        return;
    }
    let _alone = alone();
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
            false => said_nothing_broken(&server.stop().err),
        }
        disk.empty();
        let server = patient(&disk.folder).start();
        people.are_kept(&disk.folder.database());
        somebody_logs_in(&server, &people.last().unwrap());
        assert_eq!(server.stop().status, Some(0));
        invariants::hold(&disk.folder.database());
    }
}
