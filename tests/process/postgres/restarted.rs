//! The database server crashes, is killed or is stopped, and starts again, while visitors sign up and log in.

use std::thread;
use std::time::{Duration, Instant};

use super::super::faults::tools::{rounds, until};
use super::super::faults::turns::alone;
use super::cluster::Cluster;
use super::load::People;
use super::sites::{ended_well, patient};
use crate::folder::Folder;
use crate::visitor::Visitor;

/// Asserts that requests that need the database are told to retry, and that others are served.
fn says_to_retry(mut ada: Visitor) {
    let mut visitor = Visitor::at(ada.address);
    for answer in [ada.get("/profile"), visitor.sign_up("eve@example.org")] {
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{answer:?}");
    }
    assert_eq!(visitor.get("/ready").status, 503);
    assert_eq!([visitor.get("/health").status, visitor.get("/").status], [200, 200]);
}

#[test]
#[ignore = "needs PostgreSQL, and takes a minute in its full form"]
fn while_the_server_is_down_it_answers_503_and_then_serves_again() {
    let _alone = alone();
    let Some(mut cluster) = Cluster::start(&[], "a database restarted") else { return };
    let url = cluster.create("site");
    let folders = [Folder::new(), Folder::new()];
    let start = |folder| patient(folder, &url).var("VESTIBULE_DATABASE_TIMEOUT", "1s").start();
    let sites = [start(&folders[0]), start(&folders[1])];
    let addresses = [sites[0].address, sites[1].address];
    let people = People::new(&addresses);
    let mut ada = Visitor::ada(addresses[0]);
    let (rounds, mut slowest) = (rounds(6), Duration::ZERO);
    people.during(|| {
        for round in 0..rounds {
            thread::sleep(Duration::from_millis(700));
            match round % 3 {
                0 => cluster.crash(),
                1 => cluster.kill(),
                _ => cluster.stop(),
            }
            thread::sleep(Duration::from_millis(1_100)); // cached rows are older than a second now
            thread::scope(|scope| {
                for address in addresses {
                    let ada = ada.again_at(address);
                    scope.spawn(move || says_to_retry(ada));
                }
            });
            cluster.start_again();
            let back = Instant::now();
            for address in addresses {
                until("it is ready", Duration::from_secs(5), || {
                    Visitor::at(address).get("/ready").status == 200
                });
            }
            until("visitors are served", Duration::from_secs(5), || people.served() > Some(back));
            slowest = slowest.max(back.elapsed());
            assert!(ada.is_logged_in(), "the session is still valid");
        }
    });
    println!(
        "the database server ended {rounds} times: {}; served again within {slowest:?}",
        people.in_words()
    );
    let (accounts, sessions) = people.counts();
    assert!(
        accounts > rounds && sessions > rounds && people.answered(503) > rounds,
        "too few visitors were served"
    );
    assert_eq!(people.answered(0), 0, "every request got a response");
    people.are_kept(&cluster, "site");
    sites.into_iter().for_each(|site| ended_well(&site.stop()));
}
