//! A login replaces the cookie of a remembered device. If that device was logged out, its owner reads the
//! notice then, even if it was only a moment ago: later, there is no cookie left to tell it by.

use crate::rotation::{closed, device};
use crate::support::{PASSWORD, TestSite, Visitor};

const ADA: &str = "ada@example.org";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const TOLD: &str = "This device was logged out on 1 January 2026 at 00:00 UTC, from Firefox on Linux.";

fn log_out_others(visitor: &mut Visitor<'_>) {
    assert_eq!(visitor.post("/settings/devices/end-others", "").location(), "/settings/devices");
}

fn logs_in(visitor: &mut Visitor<'_>, remember: bool) {
    let answer = match remember {
        true => visitor.log_in_remembered(ADA, PASSWORD),
        false => visitor.log_in(ADA, PASSWORD),
    };
    assert_eq!(answer.location(), "/profile");
    assert_eq!(visitor.cookie("remember").is_some(), remember, "the cookie from before is useless");
}

/// The owner reads the notice on the next page and never again: not in this session, and not after it.
fn is_told_once(owner: &mut Visitor<'_>, notices: &[&str], what: &str) {
    assert_eq!(owner.get("/profile").notices(), notices, "{what}");
    assert!(owner.get("/profile").notices().is_empty(), "{what}: the notice is shown once");
    owner.site.clock.advance(2 * 3_600);
    assert!(owner.get("/").notices().is_empty(), "{what}: the notice is shown once");
}

#[test]
fn a_login_a_moment_after_a_copy_logged_the_owner_out_shows_a_notice() {
    // What the thief has, and what the owner still has.
    for (copied, held) in [("remember", "remember"), ("remember", "both"), ("both", "both")] {
        for remember in [true, false] {
            let site = TestSite::new();
            let mut owner = device(&site);
            assert!(owner.is_logged_in());
            let mut thief = if copied == "both" { owner.clone() } else { closed(&owner) };
            thief = thief.sending("User-Agent", FIREFOX);
            log_out_others(&mut thief);
            if held == "remember" {
                owner = closed(&owner);
            }
            site.clock.advance(30);
            let what = format!("{copied} copied, {held} held, remember: {remember}");
            assert_eq!(owner.get("/profile").location(), "/login?next=%2Fprofile", "{what}");
            assert_eq!(owner.get("/login").notices(), ["Please log in to access this page."], "{what}");
            logs_in(&mut owner, remember);
            is_told_once(&mut owner, &[TOLD], &what);
        }
    }
}

#[test]
fn a_login_from_a_page_older_than_the_logout_of_the_device_shows_a_notice() {
    for remember in [true, false] {
        let site = TestSite::new();
        let mut there = device(&site);
        let mut here = site.visitor().sending("User-Agent", FIREFOX);
        here.log_in(ADA, PASSWORD);
        log_out_others(&mut here);
        logs_in(&mut there, remember);
        is_told_once(&mut there, &[TOLD], "a device logged out from another one");
    }
}

#[test]
fn a_browser_that_logged_out_its_own_devices_gets_no_notice() {
    for (came, remember) in [(true, true), (true, false), (false, true), (false, false)] {
        let site = TestSite::new();
        let mut ada = device(&site);
        assert!(ada.is_logged_in());
        let lost = ada.clone();
        log_out_others(&mut ada);
        site.clock.advance(30);
        if came {
            ada.post("/logout", "");
        } else {
            ada = lost;
        }
        let answer = match remember {
            true => ada.log_in_remembered(ADA, PASSWORD),
            false => ada.log_in(ADA, PASSWORD),
        };
        assert_eq!(answer.location(), "/profile");
        assert!(ada.get("/profile").notices().is_empty(), "the answer arrived: {came}, remember: {remember}");
    }
}

#[test]
fn a_device_that_ten_others_replaced_learns_by_which_browser() {
    for by_login in [false, true] {
        let site = TestSite::new();
        let mut owner = device(&site);
        for _ in 0..10 {
            site.clock.advance(1);
            let mut thief = site.visitor().sending("User-Agent", FIREFOX);
            assert_eq!(thief.log_in_remembered(ADA, PASSWORD).location(), "/profile");
        }
        if by_login {
            logs_in(&mut owner, true);
            is_told_once(&mut owner, &[TOLD], "at a log-in");
        } else {
            assert_eq!(owner.get("/").notices(), [TOLD]);
            assert!(owner.get("/").notices().is_empty(), "once");
        }
    }
}
