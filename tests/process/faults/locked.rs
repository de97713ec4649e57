//! Another program locks the database: for three seconds, and for longer than the timeout.

use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use rocket::tokio::runtime::Builder;
use rocket::tokio::time::sleep;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor};

use super::invariants;
use super::sites::{assert_log_is_clean, patient};
use super::tools::Times;
use super::turns::{alone, together};
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Keeps a transaction of another program open for this time while `act` runs.
pub fn while_held(database: &Path, begin: &'static [&'static str], time: Duration, act: impl FnOnce()) {
    let (said, held) = channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                let mut other = SqliteConnectOptions::new().filename(database).connect().await.unwrap();
                for statement in begin {
                    other.execute(*statement).await.unwrap();
                }
                said.send(()).unwrap();
                sleep(time).await;
                other.execute("rollback").await.unwrap();
                other.close().await.unwrap();
            });
        });
        held.recv().unwrap();
        act();
    });
}

const EXCLUSIVE: &[&str] = &["begin exclusive"];

#[test]
#[ignore = "a fault: holds the database for seconds"]
fn during_a_lock_of_three_seconds_writers_wait_and_readers_do_not() {
    let _alone = alone();
    let folder = Folder::new();
    let server = patient(&folder).start();
    let mut ada = Visitor::ada(server.address);
    let mut slowest = Duration::ZERO;
    while_held(&folder.database(), EXCLUSIVE, Duration::from_secs(3), || {
        let address = server.address;
        let begun = Instant::now();
        let writing: Vec<_> = (0..4)
            .map(|n| {
                thread::spawn(move || match n {
                    0 => Visitor::at(address).log_in(ADA, PASSWORD).leads_to().to_owned(),
                    n => Visitor::at(address).sign_up(&format!("n{n}@example.org")).leads_to().to_owned(),
                })
            })
            .collect();
        let times = Times::of(Duration::from_secs(1), || assert!(ada.is_logged_in()));
        println!("locked for 3 s: profile p99 {:?}", times.p99());
        assert!(times.p99() < Duration::from_secs(1), "{:?}", times.p99());
        let led: Vec<_> = writing.into_iter().map(|writer| writer.join().unwrap()).collect();
        slowest = begun.elapsed();
        assert_eq!(led, ["/profile", "/login", "/login", "/login"], "the waiting requests were answered");
    });
    println!("locked for 3 s: all writes were answered within {slowest:?}");
    assert!(slowest > Duration::from_secs(2) && slowest < Duration::from_secs(6), "{slowest:?}");
    assert_log_is_clean(&server.stop().err);
    invariants::assert_consistent(&folder.database());
}

#[test]
#[ignore = "a fault: holds the database for seconds"]
fn during_a_longer_lock_writers_get_a_503_and_everything_works_again_afterwards() {
    let _together = together(); // for ten seconds it only waits
    let folder = Folder::new();
    let server = patient(&folder).start();
    let mut ada = Visitor::ada(server.address);
    while_held(&folder.database(), EXCLUSIVE, Duration::from_secs(14), || {
        let begun = Instant::now();
        for _ in 0..2 {
            let answer = Visitor::at(server.address).sign_up("eve@example.org");
            assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{answer:?}");
            assert!(ada.is_logged_in(), "reads continue");
            assert_eq!(Visitor::at(server.address).get("/ready").status, 200, "the database can be read");
        }
        let waited = begun.elapsed();
        println!("locked for 14 s: two sign-ups were told to retry after {waited:?}");
        assert!(waited > Duration::from_secs(9) && waited < Duration::from_secs(13), "{waited:?}");
    });
    assert_eq!(Visitor::at(server.address).sign_up("eve@example.org").leads_to(), "/login");
    assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_log_is_clean(&server.stop().err);
    invariants::assert_consistent(&folder.database());
}
