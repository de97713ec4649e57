//! One of two instances is killed at any moment and started again, while visitors sign up and log in at both.

use std::thread;
use std::time::{Duration, Instant};

use super::super::faults::tools::rounds;
use super::super::faults::turns::alone;
use super::cluster::Cluster;
use super::load::People;
use super::sites::{ended_well, patient};
use crate::folder::Folder;

#[test]
#[ignore = "needs PostgreSQL, and takes a minute in its full form"]
fn killing_an_instance_under_load_loses_no_promised_account_or_session() {
    let _alone = alone();
    let Some(cluster) = Cluster::start(&[], "an instance killed") else { return };
    let url = cluster.create("site");
    let folders = [Folder::new(), Folder::new()];
    let start = |n: usize| patient(&folders[n], &url).start();
    let mut sites = [Some(start(0)), Some(start(1))];
    let people = People::new(&[0, 1].map(|n: usize| sites[n].as_ref().unwrap().address));
    let (rounds, mut slowest) = (rounds(20), Duration::ZERO);
    people.during(|| {
        for round in 0..rounds {
            thread::sleep(Duration::from_millis(200 + 137 * round as u64 % 500));
            let instance = round % 2;
            sites[instance].take().unwrap().kill();
            let begun = Instant::now();
            let again = start(instance);
            slowest = slowest.max(begun.elapsed());
            people.moved(instance, again.address);
            sites[instance] = Some(again);
        }
    });
    println!("an instance killed {rounds} times: {}; served again within {slowest:?}", people.in_words());
    let (accounts, sessions) = people.counts();
    assert!(accounts > 2 * rounds && sessions > rounds, "too few visitors were served");
    people.are_kept(&cluster, "site");
    sites.into_iter().flatten().for_each(|site| ended_well(&site.stop()));
}
