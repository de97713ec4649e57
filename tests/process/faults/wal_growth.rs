//! While a reader does not end, the write-ahead log cannot be checkpointed, and it grows. When the reader ends, the log
//! is reused from its beginning, and truncated to its limit.

use std::fs;
use std::time::Duration;

use super::invariants;
use super::locked::while_held;
use super::sites::{SignUps, assert_log_is_clean, patient};
use super::tools::{Times, until};
use super::turns::alone;
use crate::folder::Folder;
use crate::visitor::{Visitor, sql};

const MIB: u64 = 1024 * 1024;
/// The program's value of `journal_size_limit`.
const LIMIT: u64 = 64 * MIB;

#[test]
#[ignore = "a fault: writes 100 MiB"]
fn the_log_is_truncated_when_a_long_reader_ends() {
    let _alone = alone();
    let (folder, mut ada) = Folder::of_ada();
    let server = patient(&folder).start();
    ada = ada.again_at(server.address);
    let people = SignUps::default();
    let log = folder.data().join("vestibule.sqlite-wal");
    let size = || fs::metadata(&log).unwrap().len();
    const READER: &[&str] = &["begin", "select count(*) from accounts"];
    while_held(&folder.database(), READER, Duration::from_secs(6), || {
        for _ in 0..20 {
            assert_eq!(people.one(server.address), Some(303), "writes continue");
        }
        // As much as a busy site writes in months.
        let much = "insert into meta select 'filler', hex(randomblob(50 * 1024 * 1024))";
        sql(&folder.database(), &[much]);
        let grown = size();
        assert!(grown > LIMIT, "it grew only to {grown} bytes");
        let times = Times::of(Duration::from_secs(1), || assert!(ada.is_logged_in()));
        println!("with a log of {} MiB: profile p99 {:?}", grown / MIB, times.p99());
        assert!(times.p99() < Duration::from_secs(1));
        assert_eq!(people.one(server.address), Some(303));
    });
    until("the log is truncated", Duration::from_secs(20), || {
        assert_eq!(people.one(server.address), Some(303));
        size() <= LIMIT
    });
    println!("after the reader ended: {} MiB", size() / MIB);
    sql(&folder.database(), &["delete from meta where name = 'filler'"]);
    for _ in 0..20 {
        assert_eq!(people.one(server.address), Some(303));
    }
    assert!(size() <= LIMIT);
    people.are_kept(&folder.database());
    assert_eq!(Visitor::at(server.address).get("/ready").status, 200);
    assert_log_is_clean(&server.stop().err);
    assert!(!log.exists());
    invariants::assert_consistent(&folder.database());
}
