//! A remembered device gets another token after each use, and recovers if a response was lost.

use rocket::http::Status;
use rocket::{Route, get, routes};
use vestibule::people::User;
use vestibule::web::Error;

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

pub const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

/// Ada, on a device that remembers her, after its browser was closed.
pub fn device(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    assert_eq!(ada.log_in_remembered("ada@example.org", PASSWORD).location(), "/profile");
    closed(&ada)
}

/// The same device after its browser was closed.
pub fn closed<'s>(visitor: &Visitor<'s>) -> Visitor<'s> {
    let visitor = without_session(visitor);
    assert_eq!(visitor.jar.len(), 1, "it is remembered");
    visitor
}

pub fn without_session<'s>(visitor: &Visitor<'s>) -> Visitor<'s> {
    let mut visitor = visitor.clone();
    visitor.jar.retain(|(name, _)| name == "remember");
    visitor
}

#[test]
fn each_use_rotates_the_token_for_the_rest_of_its_lifetime() {
    let site = TestSite::new();
    let mut ada = device(&site);
    let mut seen = vec![(
        ada.cookie("remember").unwrap().to_owned(),
        site.text("select token_hash from remember_tokens"),
    )];
    for use_ in 1..4 {
        site.clock.advance(DAY);
        ada = closed(&ada);
        let answer = ada.get("/profile");
        assert_eq!(answer.status, Status::Ok);
        let line = answer.set_cookie("remember");
        for attribute in
            ["; HttpOnly", "; SameSite=Lax", "; Path=/", &format!("; Max-Age={};", (30 - use_) * DAY)]
        {
            assert!(line.contains(attribute), "{line} lacks {attribute}");
        }
        seen.push((
            ada.cookie("remember").unwrap().to_owned(),
            site.text("select token_hash from remember_tokens"),
        ));
    }
    for (at, (cookie, hash)) in seen.iter().enumerate() {
        assert!(
            seen[..at].iter().all(|(other, _)| other != cookie)
                && seen[..at].iter().all(|(_, other)| other != hash)
        );
    }
    assert_eq!(site.number("select count(*) from remember_tokens"), 1);
}

#[test]
fn a_device_keeps_its_token_while_its_session_lives() {
    let site = TestSite::new();
    let mut ada = device(&site);
    ada.get("/profile");
    for path in ["/", "/profile", "/settings/devices"] {
        assert!(ada.get(path).set_cookie("remember").is_empty(), "{path}");
    }
}

#[test]
fn tabs_that_open_together_are_all_logged_in() {
    let site = TestSite::new();
    let ada = device(&site);
    let mut first = ada.clone();
    assert!(first.is_logged_in());
    for seconds in [0, 1, 29, 30] {
        site.clock.advance(seconds);
        let mut tab = ada.clone();
        let answer = tab.get("/profile");
        assert_eq!(answer.status, Status::Ok, "after {seconds} more");
        assert!(answer.set_cookie("remember").is_empty(), "the first tab has the new one");
    }
    assert_eq!(
        site.number("select count(*) from sessions"),
        2,
        "the session of the login, and one for all of them"
    );
    assert_eq!(site.number("select count(*) from audit where event = 'resumed_by_device'"), 1);
    assert!(closed(&first).is_logged_in(), "the token stays valid");
    assert_eq!(site.number("select count(*) from audit where event = 'device_reused'"), 0);
    let mut next = site.visitor();
    next.log_in("ada@example.org", PASSWORD);
    assert!(next.get("/profile").notices().is_empty());
}

/// Comes back after its browser was closed. Returns whether it is logged in.
pub fn comes_back(visitor: &mut Visitor<'_>) -> bool {
    visitor.site.clock.advance(MINUTE + 1);
    *visitor = without_session(visitor);
    visitor.is_logged_in()
}

#[test]
fn a_device_recovers_from_any_number_of_lost_answers_in_a_row() {
    let site = TestSite::new();
    let mut ada = device(&site);
    for lost in 1..=4 {
        for _ in 0..lost {
            assert!(ada.clone().is_logged_in(), "the answer is lost");
            assert!(ada.clone().is_logged_in(), "a reload a moment later");
            site.clock.advance(MINUTE + 1);
        }
        assert!(comes_back(&mut ada), "after {lost}");
    }
    let told = site.number("select count(*) from audit where event = 'device_reused'");
    assert_eq!((told, site.number("select count(*) from remember_tokens")), (0, 1));
    ada.post("/logout", "");
    ada.log_in("ada@example.org", PASSWORD);
    assert!(ada.get("/profile").notices().is_empty(), "there is no notice of a theft");
}

#[test]
fn a_reload_a_moment_later_is_logged_in_but_gets_no_new_cookie() {
    let site = Setup::new().patient().build();
    let ada = device(&site);
    let mut other_tab = ada.clone();
    assert!(other_tab.is_logged_in());
    assert_eq!(other_tab.submit("/reauthenticate", &[("password", PASSWORD)]).location(), "/profile");
    assert_eq!(other_tab.get("/settings/password").status, Status::Ok, "that one is fresh now");
    let mut reload = ada.clone();
    let page = reload.get("/profile");
    assert!(page.says("Welcome, Ada!") && page.all("set-cookie").is_empty());
    let fresh = reload.get("/settings/password");
    assert_eq!(fresh.location(), "/reauthenticate?next=%2Fsettings%2Fpassword");
}

#[test]
fn a_flood_of_requests_with_one_cookie_writes_a_limited_number_of_rows() {
    let site = Setup::new().patient().build();
    let ada = device(&site);
    let rows =
        || ["sessions", "audit"].map(|table| site.number(format!("select count(*) from {table}").leak()));
    let before = rows();
    for _ in 0..200 {
        assert!(ada.clone().is_logged_in());
    }
    assert_eq!(rows(), [before[0] + 1, before[1] + 1], "as by a proxy's requests for one page");
    // A client that keeps the device's cookie and drops each session cookie.
    let mut greedy = ada.clone();
    let refused = (0..200).filter(|_| {
        greedy = without_session(&greedy);
        !greedy.is_logged_in()
    });
    assert_eq!(refused.count(), 0, "the one before: all share a session");
    site.clock.advance(MINUTE + 1);
    let before = rows();
    let mut in_ = 0;
    for _ in 0..200 {
        greedy = without_session(&greedy);
        let answer = greedy.get("/profile");
        in_ += usize::from(answer.status == Status::Ok);
        assert!(answer.status == Status::Ok || answer.location() == "/login?next=%2Fprofile");
        assert!(!answer.takes_back("remember") && greedy.cookie("remember").is_some(), "the cookie is kept");
    }
    assert_eq!(in_, 10, "ten are the limit in a minute");
    let after = rows();
    assert!(after[0] <= 11 && after[1] == before[1] + 10, "{before:?} {after:?}");
    site.clock.advance(6);
    assert!(without_session(&greedy).is_logged_in(), "then one by one again");
}

#[test]
fn a_device_that_opened_too_many_sessions_can_still_be_logged_out() {
    let site = Setup::new().patient().build();
    let mut ada = device(&site);
    let opened = (0..20).take_while(|_| {
        ada = closed(&ada);
        ada.is_logged_in()
    });
    assert_eq!(opened.count(), 10);
    assert!(ada.post("/logout", "").takes_back("remember"));
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
}

#[test]
fn tabs_of_the_same_moment_share_one_session() {
    let site = Setup::new().patient().build();
    let ada = device(&site);
    let cookie = ada.cookie("remember").unwrap();
    let answers = site.at_once_with(12, "/settings/account", &[("name", "Ada")], &[("remember", cookie)]);
    assert!(answers.iter().all(|(_, location)| location == "/settings/account"), "{answers:?}");
    assert_eq!(site.number("select count(*) from sessions"), 2);
    assert_eq!(site.number("select count(*) from audit where event = 'resumed_by_device'"), 1);
}

#[test]
fn ten_devices_are_remembered_and_an_eleventh_replaces_the_oldest() {
    let site = TestSite::new();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    let mut bob = site.visitor();
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in_remembered("bob@example.org", PASSWORD);
    let devices: Vec<_> = (0..11)
        .map(|_| {
            site.clock.advance(1);
            let mut device = site.visitor();
            assert_eq!(device.log_in_remembered("ada@example.org", PASSWORD).location(), "/profile");
            device
        })
        .collect();
    assert_eq!(site.number("select count(*) from remember_tokens"), 11, "ten and Bob's");
    for (at, device) in devices.iter().enumerate() {
        assert_eq!(device.clone().is_logged_in(), at > 0, "the session of {at}");
        assert_eq!(closed(device).is_logged_in(), at > 0, "{at}");
    }
    assert!(closed(&bob).is_logged_in());
}

#[get("/busy")]
fn busy(_user: User) -> Error {
    Error::Busy
}

#[get("/broken")]
fn broken(_user: User) -> Error {
    Error::Broken("for a test")
}

#[get("/panics")]
fn panics(_user: User) -> &'static str {
    panic!("for a test")
}

fn pages() -> Vec<Route> {
    routes![busy, broken, panics]
}

#[test]
fn an_error_page_sets_the_new_token_too() {
    let site = Setup::new().page(pages()).build();
    let mut ada = device(&site);
    for (path, status) in
        [("/busy", 503), ("/broken", 500), ("/panics", 500), ("/nowhere", 404), ("/login/", 404)]
    {
        for accept in ["text/html", "application/json"] {
            site.clock.advance(2 * MINUTE);
            ada = closed(&ada).sending("Accept", accept);
            assert_eq!(ada.get(path).status.code, status, "{path}");
            ada.headers.clear();
        }
    }
    site.clock.advance(2 * MINUTE);
    ada = closed(&ada);
    assert_eq!(ada.post("/reauthenticate", &"x".repeat(20_000)).status, Status::PayloadTooLarge);
    site.clock.advance(2 * MINUTE);
    ada = closed(&ada);
    assert_eq!(ada.request("POST", "/reauthenticate", Some("application/json"), "{}").status.code, 415);
    site.clock.advance(2 * MINUTE);
    assert!(closed(&ada).is_logged_in());
}
