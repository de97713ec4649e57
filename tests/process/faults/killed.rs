//! The program is killed, or stopped by a signal, at any moment while people sign up. No promised account is lost.

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::invariants;
use super::sites::{SignUps, assert_can_log_in, assert_log_is_clean, patient};
use super::tools::rounds;
use super::turns::alone;
use crate::folder::Folder;

/// Timeout for the first response after a restart.
const AGAIN_WITHIN: Duration = Duration::from_secs(2);

/// The moment of the kill in a round, from 0.2 to 2 seconds. It differs between rounds and is the same in each run.
fn moment(round: usize) -> Duration {
    Duration::from_millis(200 + (round as u64 * 997) % 1_800)
}

#[test]
#[ignore = "a fault: takes minutes in its full form"]
fn killing_it_during_sign_ups_loses_no_promised_account() {
    let _alone = alone();
    let (folder, people, rounds) = (Folder::new(), SignUps::default(), rounds(200));
    let mut slowest = Duration::ZERO;
    let mut server = patient(&folder).start();
    for round in 0..rounds {
        people.during(server.address, || {
            thread::sleep(moment(round));
            server.kill();
        });
        let begun = Instant::now();
        server = patient(&folder).start();
        slowest = slowest.max(begun.elapsed());
        people.are_kept(&folder.database());
        if let Some(last) = people.last() {
            assert_can_log_in(&server, &last);
        }
    }
    let there = invariants::assert_consistent(&folder.database());
    let ended = server.stop();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_log_is_clean(&ended.err);
    println!(
        "killed {rounds} times: {} sign-ups promised, none lost; {} accounts; served again within {slowest:?}",
        people.count(),
        there.len()
    );
    assert!(people.count() >= rounds, "too few sign-ups");
    assert!(slowest < AGAIN_WITHIN, "{slowest:?}");
}

#[test]
#[ignore = "a fault: takes minutes in its full form"]
fn stopping_it_during_sign_ups_loses_nothing_and_it_is_back_in_two_seconds() {
    let _alone = alone();
    let (folder, people, rounds) = (Folder::new(), SignUps::default(), rounds(50));
    let (mut longest, mut slowest) = (Duration::ZERO, Duration::ZERO);
    let mut server = patient(&folder).start();
    for round in 0..rounds {
        let address = server.address;
        let ended = people.during(address, || {
            thread::sleep(moment(round) / 2);
            server.signal(if round % 2 == 0 { Signal::TERM } else { Signal::INT });
            server.ended()
        });
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert_log_is_clean(&ended.err);
        assert!(!folder.data().join("vestibule.sqlite-wal").exists(), "the log was not checkpointed");
        longest = longest.max(ended.took);
        people.are_kept(&folder.database());
        let begun = Instant::now();
        server = patient(&folder).start();
        slowest = slowest.max(begun.elapsed());
    }
    assert_eq!(server.stop().status, Some(0));
    invariants::assert_consistent(&folder.database());
    println!(
        "stopped {rounds} times: {} sign-ups promised, none lost; it ended within {longest:?} and answered again within \
         {slowest:?}",
        people.count()
    );
    assert!(longest < Duration::from_millis(5_500), "{longest:?}");
    assert!(slowest < AGAIN_WITHIN, "{slowest:?}");
}
