//! What happens on one instance takes effect on the other: a session that ends, a failed login.

use std::time::Duration;

use super::super::faults::tools::{rounds, until};
use super::cluster::Cluster;
use super::sites::{ended_well, instance, patient};
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor, wait_for_a_second_to_begin};

#[test]
#[ignore = "needs PostgreSQL"]
fn a_session_ended_on_one_instance_ends_on_the_other_within_two_seconds() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "sessions of two instances") else { return };
    let url = cluster.create("site");
    let folders = [Folder::new(), Folder::new()];
    let sites = [patient(&folders[0], &url).start(), patient(&folders[1], &url).start()];
    Visitor::ada(sites[0].address);
    let (mut longest, rounds) = (Duration::ZERO, rounds(10));
    for round in 0..rounds {
        let (here, there) = (&sites[round % 2], &sites[(round + 1) % 2]);
        let mut ada = Visitor::at(here.address);
        assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
        let mut copy = ada.again_at(there.address);
        for _ in 0..3 {
            assert!(copy.is_logged_in(), "the other instance sees the new session at once");
        }
        assert_eq!(ada.post("/logout", &[]).leads_to(), "/");
        // Requests that use the session follow each other without a pause.
        longest = longest.max(until("the session ended there too", Duration::from_secs(2), || {
            !copy.clone().is_logged_in()
        }));
        assert!(!copy.is_logged_in(), "the session stays ended");
    }
    println!("a session ended on one instance, {rounds} times: ended on the other after at most {longest:?}");
    sites.into_iter().for_each(|site| ended_well(&site.stop()));
}

#[test]
#[ignore = "needs PostgreSQL"]
fn failed_logins_at_two_instances_count_together() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "failed logins at two instances") else { return };
    let url = cluster.create("site");
    let folders = [Folder::new(), Folder::new()];
    let sites = [instance(&folders[0], &url).start(), instance(&folders[1], &url).start()];
    Visitor::at(sites[0].address).sign_up(ADA);
    wait_for_a_second_to_begin();
    let guess = |n: usize, password| Visitor::at(sites[n % 2].address).log_in(ADA, password);
    for n in 0..5 {
        assert_eq!(guess(n, "wrong").leads_to(), "/login", "guess {n}");
    }
    assert_eq!(
        [guess(0, PASSWORD).status, guess(1, PASSWORD).status],
        [429, 429],
        "five failed logins in all cause no pause"
    );
    std::thread::sleep(Duration::from_millis(1_100));
    assert_eq!(guess(1, PASSWORD).leads_to(), "/profile");
    sites.into_iter().for_each(|site| ended_well(&site.stop()));
}
