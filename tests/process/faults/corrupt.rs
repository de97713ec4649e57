//! Damaged bytes in the database while the program runs, and in the log that a killed program left. What a start
//! says about a damaged file is tested in `broken_data.rs`.

use std::fs;
use std::os::unix::fs::FileExt;

use super::invariants;
use super::sites::{SignUps, assert_log_is_clean, patient};
use super::tools::{rounds, sized};
use super::turns::together;
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

const PAGE: usize = 4096;

#[test]
#[ignore = "a fault: a file damaged under the running program"]
fn a_database_damaged_at_run_time_causes_at_worst_a_503() {
    let _together = together();
    let (folder, _) = Folder::of_ada();
    let whole = fs::read(folder.database()).unwrap();
    let mut statuses = std::collections::BTreeMap::new();
    let pages: Vec<_> = (0..whole.len() / PAGE).step_by(sized(1, 4)).collect();
    for &page in &pages {
        let server = patient(&folder).start();
        let file = fs::OpenOptions::new().write(true).open(folder.database()).unwrap();
        file.write_all_at(&[0xa5; PAGE], (page * PAGE) as u64).unwrap();
        let [mut eve, mut stranger] = [(); 2].map(|()| Visitor::at(server.address));
        let answers = [
            eve.log_in(ADA, PASSWORD),
            eve.sign_up("eve@example.org"),
            eve.get("/profile"),
            stranger.get("/"),
            stranger.get("/health"),
        ];
        for answer in &answers {
            *statuses.entry(answer.status).or_insert(0) += 1;
            assert!([200, 303, 503].contains(&answer.status), "page {page}: {answer:?}");
        }
        assert_eq!(answers[3].status, 200, "for a stranger, the front page needs no database");
        assert_eq!(answers[4].status, 200);
        let ended = server.stop();
        assert_eq!(ended.status, Some(0), "page {page}: {ended:?}");
        assert_log_is_clean(&ended.err);
        // A write in the meantime may have repaired the page, but usually it has not.
        let again = folder.run(&["check"]);
        assert!(!again.err.contains("panic"), "page {page}: {again:?}");
        for name in ["vestibule.sqlite-wal", "vestibule.sqlite-shm"] {
            let _ = fs::remove_file(folder.data().join(name)); // usually missing
        }
        fs::write(folder.database(), &whole).unwrap();
    }
    println!("{} pages damaged while the program ran; responses by status: {statuses:?}", pages.len());
    assert!(statuses.get(&503) > Some(&0), "no damage was noticed");
    invariants::assert_consistent(&folder.database());
}

#[test]
#[ignore = "a fault: a log damaged after a kill"]
fn a_damaged_log_is_read_up_to_the_damage_and_the_database_stays_intact() {
    let _together = together();
    let rounds = rounds(40);
    for round in 0..rounds {
        let (folder, _) = Folder::of_ada();
        let people = SignUps::default();
        let server = patient(&folder).start();
        for _ in 0..4 {
            assert_eq!(people.one(server.address), Some(303));
        }
        server.kill();
        let place = folder.data().join("vestibule.sqlite-wal");
        let mut log = fs::read(&place).unwrap();
        let at = log.len() * (round + 1) / (rounds + 1);
        match round % 3 {
            0 => log[at] ^= 0xff,
            1 => log[at..].fill(0),
            _ => log.truncate(at),
        }
        fs::write(&place, log).unwrap();
        let server = patient(&folder).start();
        let there = invariants::assert_consistent(&folder.database());
        assert!(there.contains(ADA), "what was folded in before stays");
        // Each commit before the damage is kept, and none after it.
        let first: Vec<bool> = (0..4).map(|n| there.contains(&format!("n{n}@example.org"))).collect();
        assert!(first.is_sorted_by(|earlier, later| earlier >= later), "{first:?}");
        assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
        assert_log_is_clean(&server.stop().err);
    }
    println!("{rounds} logs damaged after a kill: each database is intact, and complete up to the damage");
}
