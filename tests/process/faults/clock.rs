//! A clock that jumps forwards and back while the program runs. Nothing that has expired becomes valid again,
//! nothing lasts longer than it should, and no user is locked out for days.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::invariants;
use super::sites::{assert_log_is_clean, patient};
use super::tools::until;
use super::turns::together;
use crate::folder::Folder;
use crate::support::Server;
use crate::visitor::{ADA, PASSWORD, Visitor, wait_for_a_second_to_begin};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// The library that gives a program another time, in the folders of Debian and other systems.
fn library() -> Option<PathBuf> {
    let places = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/lib64",
        "/usr/lib",
        "/usr/local/lib",
    ];
    let found = places
        .iter()
        .map(|place| Path::new(place).join("faketime/libfaketime.so.1"))
        .find(|file| file.is_file());
    if found.is_none() {
        println!("skipped, since there is no libfaketime: clocks that jump");
    }
    found
}

/// A site whose clock a test sets.
struct Clocked {
    folder: Folder,
    server: Server,
    hand: PathBuf,
}

impl Clocked {
    fn start() -> Option<Clocked> {
        let library = library()?;
        let folder = Folder::new();
        let hand = folder.write("hand", "+0\n");
        let server = patient(&folder)
            .var("LD_PRELOAD", library)
            .var("FAKETIME_TIMESTAMP_FILE", &hand)
            .var("FAKETIME_NO_CACHE", "1")
            .var("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .var("VESTIBULE_LIMIT_FREE_GUESSES", "5")
            .start();
        Some(Clocked { folder, server, hand })
    }

    /// Sets the clock this many seconds ahead of the correct time.
    fn set(&self, seconds: i64) {
        let unfinished = self.hand.with_extension("new");
        fs::write(&unfinished, format!("{seconds:+}\n")).unwrap();
        fs::rename(unfinished, &self.hand).unwrap(); // so that the program never reads half a number
    }

    fn visitor(&self) -> Visitor {
        Visitor::at(self.server.address)
    }

    fn stop(self) {
        let ended = self.server.stop();
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert_log_is_clean(&ended.err);
        invariants::assert_consistent(&self.folder.database());
    }
}

/// A visitor who is logged in, with "Remember me".
fn remembered(clocked: &Clocked) -> Visitor {
    let mut visitor = clocked.visitor();
    let fields = [("email", ADA), ("password", PASSWORD), ("remember", "on")];
    assert_eq!(visitor.post("/login", &fields).leads_to(), "/profile");
    visitor
}

/// A visitor who has just logged in.
fn logged_in(clocked: &Clocked) -> Visitor {
    let mut visitor = clocked.visitor();
    until("a login succeeds", Duration::from_secs(3), || {
        visitor.log_in(ADA, PASSWORD).leads_to() == "/profile"
    });
    visitor
}

/// Whether this session is valid. Sends only its cookie, and ignores the cookies of the response.
fn lives(session: &Visitor) -> bool {
    let mut copy = session.clone();
    copy.jar.retain(|name, _| name == "session");
    copy.is_logged_in()
}

#[test]
#[ignore = "a fault: needs libfaketime"]
fn what_expired_while_the_clock_was_ahead_stays_expired_after_it_is_set_back() {
    let _together = together();
    let Some(clocked) = Clocked::start() else { return };
    let ada = Visitor::ada(clocked.server.address);
    let device = remembered(&clocked);
    for ahead in [HOUR + 60, 40 * DAY] {
        clocked.set(ahead);
        assert!(!lives(&ada), "{ahead} s ahead: a session after an hour");
    }
    assert!(!device.clone().is_logged_in(), "40 days ahead: a remembered device");
    for back in [0, -HOUR, -2 * DAY] {
        clocked.set(back);
        assert!(!lives(&ada), "{back} s: an expired session is valid again");
        assert!(!device.clone().is_logged_in(), "{back} s: an expired remembered device is valid again");
        assert!(logged_in(&clocked).is_logged_in(), "{back} s");
    }
    clocked.stop();
}

#[test]
#[ignore = "a fault: needs libfaketime"]
fn what_began_while_the_clock_was_ahead_does_not_last_longer() {
    let _together = together();
    let Some(clocked) = Clocked::start() else { return };
    Visitor::ada(clocked.server.address);
    clocked.set(40 * DAY);
    let device = remembered(&clocked);
    assert!(lives(&device));
    clocked.set(0);
    // Without the check, it would last forty days and an hour.
    assert!(!lives(&device), "a session from the future");
    assert!(!device.clone().is_logged_in(), "a device from the future");
    let mut anew = logged_in(&clocked);
    // A small correction of the clock ends no session.
    clocked.set(-60);
    assert!(anew.is_logged_in());
    clocked.stop();
}

#[test]
#[ignore = "a fault: needs libfaketime"]
fn a_pause_that_began_while_the_clock_was_ahead_ends_on_time() {
    let _together = together();
    let Some(clocked) = Clocked::start() else { return };
    assert_eq!(clocked.visitor().sign_up(ADA).leads_to(), "/login");
    clocked.set(40 * DAY);
    for guess in 1..=5 {
        if guess == 5 {
            wait_for_a_second_to_begin(); // its pause is over with this second
        }
        assert_eq!(clocked.visitor().log_in(ADA, "not the password").leads_to(), "/login");
    }
    let paused = clocked.visitor().log_in(ADA, "not the password");
    assert_eq!(paused.status, 429, "{paused:?}");
    for back in [0, -2 * DAY] {
        clocked.set(back);
        let told = clocked.visitor().log_in(ADA, PASSWORD);
        let wait: u64 = told.header("retry-after").parse().unwrap_or(0);
        assert!(wait <= 2, "back at {back} s: {told:?}");
        // Each limit that counted while the clock was ahead refuses one more attempt before it corrects itself.
        until("the pause is over", Duration::from_secs(15), || {
            thread::sleep(Duration::from_millis(500));
            clocked.visitor().log_in(ADA, PASSWORD).leads_to() == "/profile"
        });
        for _ in 0..6 {
            clocked.visitor().log_in(ADA, "not the password");
        }
    }
    clocked.stop();
}

#[test]
#[ignore = "a fault: needs libfaketime"]
fn setting_the_clock_back_does_not_lock_users_out_for_days() {
    let _together = together();
    let Some(clocked) = Clocked::start() else { return };
    assert_eq!(clocked.visitor().sign_up(ADA).leads_to(), "/login");
    for jump in [40 * DAY, 0, HOUR, -2 * DAY, 365 * DAY, 0] {
        clocked.set(jump);
        for path in ["/", "/login", "/health", "/ready"] {
            assert_eq!(clocked.visitor().get(path).status, 200, "{path} at {jump} s");
        }
        logged_in(&clocked);
        let address = format!("n{}@example.org", jump.abs());
        until("a sign-up", Duration::from_secs(3), || clocked.visitor().sign_up(&address).status == 303);
        assert_eq!(remembered(&clocked).get("/profile").status, 200, "at {jump} s");
    }
    clocked.stop();
}

#[test]
#[ignore = "a fault: needs libfaketime"]
fn a_clock_outside_the_years_1970_to_9999_is_refused_in_one_sentence() {
    let Some(library) = library() else { return };
    let folder = Folder::new();
    for years in [-100, 9_000] {
        let ended = folder
            .command(&["check"])
            .var("LD_PRELOAD", &library)
            .var("FAKETIME", format!("{:+}", years * 365 * DAY))
            .finish();
        assert_eq!((ended.status, &*ended.out), (Some(1), ""), "{years}: {ended:?}");
        assert_eq!(
            ended.err,
            "vestibule: The clock of this machine shows a year before 1970 or after 9999. Set it, then start again.\n",
            "{years}"
        );
    }
}
