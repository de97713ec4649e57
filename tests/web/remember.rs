//! "Remember me": a device that is logged in again after its session has ended.

use rocket::http::Status;
use rocket::time::OffsetDateTime;
use rocket::time::format_description::well_known::Rfc2822;

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// Ada, on a device that remembers her.
fn remembered(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    assert_eq!(ada.log_in_remembered("ada@example.org", PASSWORD).location(), "/profile");
    ada
}

/// The same device after its browser was closed.
fn reopened<'s>(visitor: &Visitor<'s>) -> Visitor<'s> {
    let mut visitor = visitor.clone();
    visitor.jar.retain(|(name, _)| name == "remember");
    assert_eq!(visitor.jar.len(), 1);
    visitor
}

#[test]
fn a_ticked_box_sets_a_cookie_with_both_lifetimes_of_thirty_days() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    let answer = ada.log_in_remembered("ada@example.org", PASSWORD);
    let line = answer.set_cookie("remember");
    for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=2592000"] {
        assert!(line.contains(attribute), "{line} lacks {attribute}");
    }
    let expires = line.split("Expires=").nth(1).unwrap().split(';').next().unwrap();
    let expires = OffsetDateTime::parse(expires, &Rfc2822).unwrap();
    let left = (expires - OffsetDateTime::now_utc()).whole_seconds();
    assert!((30 * DAY - 60..=30 * DAY).contains(&left), "{line}");
    assert_eq!(site.number("select count(*) from remember_tokens"), 1);
    let session = answer.set_cookie("session");
    assert!(!session.contains("Max-Age") && !session.contains("Expires"), "{session}");
}

#[test]
fn an_unticked_box_sets_no_cookie_that_outlives_the_browser() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    ada.get("/login");
    let answer = ada.log_in("ada@example.org", PASSWORD);
    for line in answer.all("set-cookie") {
        // The `device` cookie outlives the browser, but opens nothing.
        let session = line.starts_with(&site.cookie_name("session"))
            && !line.contains("Max-Age")
            && !line.contains("Expires");
        let removed = line.contains("Max-Age=0");
        assert!(session || removed || line.starts_with(&site.cookie_name("device")), "{line}");
    }
    assert!(ada.cookie("remember").is_none());
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    site.clock.advance(HOUR);
    assert!(!ada.is_logged_in());
}

#[test]
fn the_box_keeps_its_tick_when_the_form_comes_back() {
    let site = TestSite::new();
    let page = site.visitor().log_in_remembered("ada@example.org", "");
    assert_eq!(page.status, Status::UnprocessableEntity);
    assert!(page.says("name=\"remember\" value=\"yes\" checked"));
}

#[test]
fn a_remembered_device_is_logged_in_after_its_session_is_gone() {
    let site = TestSite::new();
    let ada = remembered(&site);
    let mut later = reopened(&ada);
    let profile = later.get("/profile");
    assert!(profile.says("Welcome, Ada!"), "{}", profile.status);
    let line = profile.set_cookie("session");
    assert!(!line.is_empty() && !line.contains("Max-Age") && !line.contains("Expires"), "{line}");
    assert_ne!(later.cookie("session"), ada.cookie("session"), "a session of its own");
    let again = later.get("/profile");
    assert!(
        again.status == Status::Ok && again.all("set-cookie").is_empty(),
        "now it is an ordinary session"
    );
    assert_eq!(site.number("select count(*) from sessions"), 2);
}

#[test]
fn a_session_that_ended_unused_is_followed_by_another() {
    let site = TestSite::new();
    let mut ada = remembered(&site);
    let old = ada.cookie("session").map(str::to_owned);
    site.clock.advance(HOUR);
    for path in ["/nowhere", "/"] {
        assert_eq!(ada.get(path).menu(), ["Home", "Profile", "Settings", "Logout"], "{path}");
    }
    assert!(ada.is_logged_in());
    assert_ne!(ada.cookie("session").map(str::to_owned), old);
}

#[test]
fn a_logout_ends_the_device_in_the_browser_and_in_the_database() {
    let site = TestSite::new();
    let mut ada = remembered(&site);
    let (mut thief, mut twin) = (reopened(&ada), reopened(&ada));
    assert!(twin.is_logged_in(), "a session that the device opened");
    let answer = ada.post("/logout", "");
    assert!(answer.takes_back("session") && answer.takes_back("remember"));
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    assert_eq!(site.number("select count(*) from sessions"), 0);
    assert!(!ada.is_logged_in() && !twin.is_logged_in());
    assert_eq!(thief.get("/profile").status, Status::SeeOther);
    let replayed = thief.get("/login");
    assert!(replayed.says("This device was logged out on"));
    assert!(replayed.takes_back("remember") && thief.cookie("remember").is_none());
}

#[test]
fn a_logout_with_an_ended_session_still_ends_the_device() {
    let site = TestSite::new();
    let ada = remembered(&site);
    let mut closed = reopened(&ada);
    let mut ended = ada.clone();
    site.clock.advance(HOUR);
    let answer = ended.post("/logout", "");
    assert_eq!(answer.location(), "/");
    assert!(answer.takes_back("remember") && ended.cookie("session").is_none());
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    assert_eq!(site.number("select count(*) from sessions where remember_token_id is not null"), 0);
    assert!(!closed.is_logged_in());
}

#[test]
fn a_logout_elsewhere_leaves_a_remembered_device_alone() {
    let site = TestSite::new();
    let ada = remembered(&site);
    let mut elsewhere = site.visitor();
    elsewhere.log_in_remembered("ada@example.org", PASSWORD);
    elsewhere.post("/logout", "");
    assert!(reopened(&ada).is_logged_in());
}

#[test]
fn a_device_is_forgotten_after_fourteen_days_without_use() {
    let site = TestSite::new();
    let mut ada = reopened(&remembered(&site));
    site.clock.advance(14 * DAY - 1);
    assert!(ada.is_logged_in(), "and it was used now");
    site.clock.advance(14 * DAY - 1);
    assert!(reopened(&ada).is_logged_in());
    let site = TestSite::new();
    let ada = remembered(&site);
    site.clock.advance(14 * DAY);
    let mut late = reopened(&ada);
    let answer = late.get("/profile");
    assert_eq!(answer.status, Status::SeeOther);
    assert!(answer.takes_back("remember"));
}

#[test]
fn a_device_is_forgotten_thirty_days_after_login_however_often_it_is_used() {
    let site = TestSite::new();
    let mut ada = remembered(&site);
    for _ in 0..29 {
        site.clock.advance(DAY);
        ada = reopened(&ada);
        assert!(ada.is_logged_in());
    }
    site.clock.advance(DAY - 1);
    ada = reopened(&ada);
    assert!(ada.is_logged_in(), "a second before");
    site.clock.advance(1);
    assert!(!reopened(&ada).is_logged_in());
}

#[test]
fn the_operator_sets_both_timeouts() {
    let site = Setup::new().with("remember_idle", "2d").with("remember_lifetime", "3d").build();
    let ada = remembered(&site);
    assert_eq!(
        site.visitor()
            .log_in_remembered("ada@example.org", PASSWORD)
            .set_cookie("remember")
            .matches("Max-Age=259200;")
            .count(),
        1
    );
    site.clock.advance(2 * DAY - 1);
    assert!(reopened(&ada).is_logged_in());
    site.clock.advance(DAY + 1);
    assert!(!reopened(&ada).is_logged_in());
}

#[test]
fn a_garbled_device_cookie_is_anonymous_and_removed() {
    let site = TestSite::new();
    let ada = remembered(&site);
    let session = ada.cookie("session").unwrap().to_owned();
    for value in ["x", "", &session, &"y".repeat(8_000)] {
        let mut visitor = site.visitor();
        visitor.plant("remember", value);
        let home = visitor.get("/");
        assert_eq!((home.status, home.menu().len()), (Status::Ok, 3));
        assert!(home.says("Login") && home.takes_back("remember"), "{value}");
        visitor.plant("remember", value);
        let refused = visitor.get("/profile");
        assert!(refused.status == Status::SeeOther && refused.takes_back("remember"), "{value}");
    }
    assert_eq!(site.number("select count(*) from sessions"), 1);
}

#[test]
fn logging_out_by_the_device_alone_forgets_it() {
    let site = TestSite::new();
    // The browser was closed: the session cookie is gone, and the device's cookie opens another session.
    let mut ada = reopened(&remembered(&site));
    let mut copy = ada.clone();
    assert_eq!(ada.post("/logout", "").location(), "/");
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    assert!(!copy.is_logged_in(), "the cookie replayed opens nothing");
}
