//! Several programs start at once on one folder, which may be empty. One serves, the others say so and change nothing.
//! The remains of a killed program do not block a start.

use std::thread;
use std::time::Duration;

use super::invariants;
use super::sites::{assert_log_is_clean, patient};
use super::tools::rounds;
use super::turns::alone;
use crate::folder::Folder;
use crate::support::{Ended, Server};
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Starts three programs at the same moment. Returns those that serve, and those that ended.
fn race(folder: &Folder) -> (Vec<Server>, Vec<Ended>) {
    let raced: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> = (0..3).map(|_| scope.spawn(|| patient(folder).served())).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    let (mut serving, mut ended) = (Vec::new(), Vec::new());
    for racer in raced {
        match racer {
            Ok(server) => serving.push(server),
            Err(refused) => ended.push(refused),
        }
    }
    (serving, ended)
}

#[test]
#[ignore = "a fault: takes a minute in its full form"]
fn of_three_instances_started_at_once_only_one_serves() {
    let _alone = alone();
    let rounds = rounds(20);
    let mut slowest = Duration::ZERO;
    for round in 0..rounds {
        let folder = Folder::new();
        // First an empty folder, then one with a site, then one whose site was killed.
        for before in ["nothing", "a site", "a killed site"] {
            let (mut serving, refused) = race(&folder);
            assert_eq!(serving.len(), 1, "round {round}, after {before}: {refused:?}");
            let server = serving.remove(0);
            for ended in refused {
                slowest = slowest.max(ended.took);
                ended.refused(&["already running (process ", "--data-dir"]);
            }
            let mut visitor = Visitor::at(server.address);
            if before == "nothing" {
                assert_eq!(visitor.sign_up(ADA).leads_to(), "/login");
            }
            assert_eq!(visitor.log_in(ADA, PASSWORD).leads_to(), "/profile", "round {round}, after {before}");
            match before {
                "a site" => server.kill(),
                _ => assert_log_is_clean(&server.stop().err),
            }
        }
        invariants::assert_consistent(&folder.database());
    }
    println!(
        "three starts at once, {rounds} × 3 times: one served each time, the others ended within {slowest:?}"
    );
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}
