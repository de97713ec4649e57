//! Two programs at once on one folder, also an empty one: one serves, the other says so and changes nothing.
//! What a killed one leaves does not block a start.

use std::thread;
use std::time::Duration;

use super::invariants;
use super::sites::{patient, said_nothing_broken};
use super::tools::{alone, rounds};
use crate::folder::Folder;
use crate::support::{Ended, Server};
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Starts three at the same moment and waits for their results: those that serve, those that ended.
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
        // An empty folder; then one with a site in it; then one whose site was killed.
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
                _ => said_nothing_broken(&server.stop().err),
            }
        }
        invariants::hold(&folder.database());
    }
    println!("three at once, {rounds} × 3 times: one served each time, the others ended within {slowest:?}");
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}
