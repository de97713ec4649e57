//! A failing disk: system calls of the running program fail, first one at each step of a sign-up in turn, then all
//! calls from that step on. No account is promised that does not exist. When the disk works again, so does the site.

use super::invariants;
use super::sites::{SignUps, assert_can_log_in, assert_log_is_clean, patient};
use super::tools::{Tracer, sized};
use super::turns::together;
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

/// The system calls that fail, with their errors.
const FAULTS: [(&str, &str); 5] = [
    ("pwrite64", "EIO"),
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EROFS"), // as when the system makes a broken disk read-only
    ("fdatasync", "EIO"),
    ("pread64", "EIO"),
];

/// A sign-up makes fewer calls of one kind than this. The failing place moves until no call fails.
const MAX_CALLS: usize = 60;

#[test]
#[ignore = "a fault: needs strace"]
fn a_disk_error_at_any_step_loses_no_account_and_needs_no_restart() {
    if !Tracer::is_there("errors of the disk") {
        return;
    }
    let _together = together();
    let (folder, _) = Folder::of_ada();
    let people = SignUps::default();
    let server = patient(&folder).start();
    assert_eq!(people.one(server.address), Some(303));
    let (mut made, mut hit) = (0, 0);
    for (call, error) in FAULTS {
        for more in ["", "+"] {
            let mut place = 1;
            loop {
                let tracer = Tracer::failing(&server, call, &format!("error={error}:when={place}{more}"));
                let status = people.one(server.address).unwrap();
                assert!([303, 503].contains(&status), "{call} {error} at {place}{more}: {status}");
                assert_eq!(Visitor::at(server.address).get("/health").status, 200);
                drop(tracer);
                // The first or the second attempt finds a connection that works.
                let again = [people.one(server.address), people.one(server.address)];
                assert!(again.contains(&Some(303)), "{call} {error} at {place}{more}: {again:?} afterwards");
                made += 1;
                hit += usize::from(status == 503);
                if status == 303 && place > 1 || place > MAX_CALLS {
                    break;
                }
                place += sized(1, 3);
            }
        }
    }
    people.are_kept(&folder.database());
    assert_can_log_in(&server, ADA);
    let ended = server.stop();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_log_is_clean(&ended.err);
    people.are_kept(&folder.database());
    invariants::assert_consistent(&folder.database());
    println!(
        "disk errors at {made} places: {hit} sign-ups told to retry, {} promised, none lost, no restart",
        people.count()
    );
    assert!(hit > FAULTS.len(), "too few faults had an effect");
}

#[test]
#[ignore = "a fault: needs strace"]
fn on_a_read_only_disk_no_login_succeeds_and_existing_sessions_continue() {
    if !Tracer::is_there("a disk that becomes read-only") {
        return;
    }
    let _together = together();
    let folder = Folder::new();
    let server = patient(&folder).start();
    let mut ada = Visitor::ada(server.address);
    let tracer = Tracer::failing(&server, "pwrite64,fdatasync,ftruncate", "error=EROFS");
    let mut eve = Visitor::at(server.address);
    for _ in 0..3 {
        assert_eq!(eve.log_in(ADA, PASSWORD).status, 503);
        assert_eq!(eve.sign_up("eve@example.org").status, 503);
        assert!(!eve.jar.contains_key("session"));
        assert!(ada.is_logged_in(), "an existing session continues");
        assert_eq!(Visitor::at(server.address).get("/").status, 200);
    }
    drop(tracer);
    assert_eq!(eve.sign_up("eve@example.org").leads_to(), "/login", "the refused sign-up was not stored");
    assert_can_log_in(&server, "eve@example.org");
    assert_log_is_clean(&server.stop().err);
    invariants::assert_consistent(&folder.database());
}
