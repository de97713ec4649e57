//! A clock that was ahead and is set back. What had ended stays ended, what began in the future does not
//! count, and no one has to wait for that future.

use crate::support::{PASSWORD, Setup, TestSite};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const ADA: &str = "ada@example.org";

#[test]
fn a_session_that_was_seen_as_ended_does_not_open_again() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert!(ada.is_logged_in(), "the session is cached");
    site.clock.advance(HOUR + 1);
    assert!(!ada.clone().is_logged_in());
    assert_eq!(site.number("select count(*) from sessions"), 0, "its row is removed");
    site.clock.advance(-HOUR - 1);
    assert!(!ada.clone().is_logged_in());
}

#[test]
fn a_device_that_was_seen_as_forgotten_does_not_open_again() {
    let site = TestSite::new();
    site.ada();
    let mut device = site.visitor();
    assert_eq!(device.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    site.clock.advance(40 * DAY);
    assert!(!device.clone().is_logged_in());
    site.clock.advance(-40 * DAY);
    assert!(!device.clone().is_logged_in());
}

#[test]
fn what_began_in_the_future_does_not_count_and_is_removed() {
    let site = TestSite::new();
    site.ada();
    site.change("delete from sessions");
    site.clock.advance(40 * DAY);
    let mut device = site.visitor();
    assert_eq!(device.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    site.clock.advance(-40 * DAY);
    assert!(!device.clone().is_logged_in());

    site.clock.advance(40 * DAY);
    assert_eq!(site.visitor().log_in_remembered(ADA, PASSWORD).location(), "/profile");
    site.clock.advance(-40 * DAY);
    site.runtime.block_on(vestibule::features::housekeeping::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from sessions"), 0);
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
}

#[test]
fn setting_the_clock_back_by_minutes_ends_no_session() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(-5 * 60);
    assert!(ada.is_logged_in());
}

#[test]
fn a_pause_that_began_in_the_future_lasts_no_longer_than_usual() {
    let site = Setup::new().patient().with("limit_free_guesses", "5").build();
    site.ada();
    site.clock.advance(40 * DAY);
    for _ in 0..8 {
        site.visitor().log_in(ADA, "not the password");
        site.clock.advance(9);
    }
    site.visitor().log_in(ADA, "not the password"); // begins a pause of seconds
    site.clock.advance(-40 * DAY);
    // What was counted in memory is forgotten. The pause is in the database and starts again.
    let mut seconds = 0;
    while site.visitor().log_in(ADA, PASSWORD).location() != "/profile" {
        site.clock.advance(1);
        seconds += 1;
        assert!(seconds < 60, "she is locked out");
    }
    assert!(seconds > 8, "the pause is not forgotten");
}

#[test]
fn an_attempt_in_the_future_does_not_block_the_present() {
    let site = TestSite::new();
    site.ada();
    site.clock.advance(40 * DAY);
    site.visitor().log_in(ADA, "not the password");
    site.clock.advance(-40 * DAY);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn a_password_from_the_future_makes_no_known_browser_unknown() {
    let site = Setup::new().patient().with("limit_free_guesses", "5").build();
    site.clock.advance(10 * DAY);
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.clock.advance(-10 * DAY);
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    ada.post("/logout", "");
    for _ in 0..6 {
        site.visitor().log_in(ADA, "not the password");
    }
    assert_ne!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile", "strangers still wait");
    let answer = ada.log_in(ADA, PASSWORD);
    assert_eq!(answer.location(), "/profile", "{}", answer.text());
}
