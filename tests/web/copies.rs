//! Copies of one's cookies: whoever changes the password, or logs all others out, goes on under new ones, and no copy opens
//! anything any more.

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const DAY: i64 = 24 * 3_600;
const NEW: &str = "seven lazy violet teapots";

/// Ada, at a device that remembers her.
fn ada(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    assert_eq!(ada.log_in_remembered("ada@example.org", PASSWORD).location(), "/profile");
    ada
}

/// Somebody who holds one of these cookies and nothing else.
fn only<'s>(visitor: &Visitor<'s>, cookie: &str) -> Visitor<'s> {
    let mut other = visitor.clone();
    other.jar.retain(|(name, _)| name == cookie);
    assert_eq!(other.jar.len(), 1, "{cookie}");
    other
}

/// What makes copies worthless.
type Act = fn(&mut Visitor<'_>);

const ACTS: [(&str, Act); 2] = [
    ("password changed", |ada| {
        let fields = [("current_password", PASSWORD), ("new_password", NEW)];
        assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    }),
    ("all others logged out", log_out_others),
];

fn log_out_others(ada: &mut Visitor<'_>) {
    assert_eq!(ada.post("/settings/devices/end-others", "").location(), "/settings/devices");
}

#[test]
fn they_open_nothing_and_their_owner_stays_in_and_remembered() {
    for (what, act) in ACTS {
        for cookie in ["session", "remember"] {
            let site = Setup::new().patient().build();
            let mut ada = ada(&site);
            let copy = only(&ada, cookie);
            act(&mut ada);
            assert!(ada.is_logged_in(), "{what}");
            assert_eq!(site.number("select count(*) from sessions"), 1, "{what}: it is the same session");
            assert!(!copy.clone().is_logged_in(), "{what}: a copied {cookie}");
            // Without a grace: of a device's old token it is then known that there are two of it.
            let reused = site.number("select count(*) from audit where event = 'device_reused'");
            assert_eq!(reused, i64::from(cookie == "remember"), "{what}");
            assert_eq!(ada.is_logged_in(), cookie == "session", "{what}");
        }
        let site = Setup::new().patient().build();
        let mut ada = self::ada(&site);
        act(&mut ada);
        let places = ada.get("/settings/devices");
        assert!(places.says("This device") && places.says("remembers you"), "{what}: {}", places.body);
        let mut reopened = only(&ada, "remember");
        assert!(reopened.is_logged_in(), "{what}");
        assert!(only(&reopened, "remember").is_logged_in(), "{what}: and again");
    }
}

#[test]
fn a_stolen_session_alone_is_not_made_a_remembered_one() {
    for (what, act) in ACTS {
        let site = Setup::new().patient().build();
        let ada = ada(&site);
        let mut thief = only(&ada, "session");
        act(&mut thief);
        assert!(thief.cookie("remember").is_none() && thief.is_logged_in(), "{what}");
        assert_eq!(site.number("select count(*) from remembered"), 0, "{what}: the device is ended");
        assert!(!only(&ada, "remember").is_logged_in(), "{what}");
        assert_eq!(site.number("select count(*) from audit where event = 'device_reused'"), 0, "{what}");
    }
}

#[test]
fn a_device_of_somebody_else_in_the_same_browser_is_left_alone() {
    for (what, act) in ACTS {
        let site = Setup::new().patient().build();
        let mut shared = ada(&site);
        let mut bob = site.visitor();
        bob.sign_up("bob@example.org", "Bob", PASSWORD);
        bob.log_in_remembered("bob@example.org", PASSWORD);
        let bobs = bob.cookie("remember").unwrap().to_owned();
        shared.plant("remember", &bobs);
        act(&mut shared);
        assert_eq!(shared.cookie("remember"), Some(&*bobs), "{what}");
        assert!(only(&bob, "remember").is_logged_in(), "{what}");
    }
}

#[test]
fn nobody_becomes_fresh_or_is_remembered_longer_by_logging_others_out() {
    let site = TestSite::new();
    let first = ada(&site);
    site.clock.advance(DAY);
    let mut ada = only(&first, "remember");
    assert!(ada.is_logged_in());
    let answer = ada.post("/settings/devices/end-others", "");
    assert!(answer.set_cookie("remember").contains(&format!("; Max-Age={};", 29 * DAY)));
    let fresh = ada.get("/settings/password");
    assert_eq!(fresh.location(), "/reauthenticate?next=%2Fsettings%2Fpassword");
    assert_eq!(site.number("select count(*) from sessions where authenticated_at is not null"), 0);
}
