//! Tabs that still send the session token from before a moment ago, when it was rotated: none of their
//! cookies is removed.

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";

/// Ada with and without "Remember me". Her password was entered some time ago.
fn adas(remembered: bool) -> (TestSite, Vec<(String, String)>) {
    let site = Setup::new().patient().build();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    match remembered {
        true => ada.log_in_remembered("ada@example.org", PASSWORD),
        false => ada.log_in("ada@example.org", PASSWORD),
    };
    let jar = ada.jar;
    (site, jar)
}

/// A browser with these cookies.
fn browser<'s>(site: &'s TestSite, jar: &[(String, String)]) -> Visitor<'s> {
    let mut browser = site.visitor();
    browser.jar = jar.to_vec();
    browser
}

/// What rotates a session's token.
type Act = fn(&mut Visitor<'_>);

const ACTS: [(&str, Act); 3] = [
    ("password given again", |ada| {
        assert_eq!(ada.submit("/reauthenticate", &[("password", PASSWORD)]).location(), "/profile");
    }),
    ("password changed", |ada| {
        let fields = [("current_password", PASSWORD), ("new_password", NEW)];
        assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    }),
    ("all others logged out", |ada| {
        assert_eq!(ada.post("/settings/devices/end-others", "").location(), "/settings/devices");
    }),
];

#[test]
fn within_a_minute_an_old_token_is_anonymous_and_changes_no_cookie() {
    for (what, act) in ACTS {
        for remembered in [false, true] {
            let (site, before) = adas(remembered);
            let mut ada = browser(&site, &before);
            act(&mut ada);
            for seconds in [0, 30, 30] {
                site.clock.advance(seconds);
                for path in ["/profile", "/", "/nowhere"] {
                    let answer = browser(&site, &before).get(path);
                    assert!(!answer.says("Welcome, Ada!") && !answer.menu().contains(&"Logout".to_owned()));
                    for cookie in ["session", "remember", "device"] {
                        assert!(answer.set_cookie(cookie).is_empty(), "{what}: {cookie} by {path}");
                    }
                }
            }
            assert!(ada.is_logged_in(), "{what}");
            assert_eq!(site.number("select count(*) from sessions"), 1, "{what}");
            let reused = "select count(*) from audit where event in ('device_reused', 'resumed_by_device')";
            assert_eq!(site.number(reused), 0, "{what}");
        }
    }
}

#[test]
fn after_a_minute_an_old_token_is_a_cookie_that_opens_nothing() {
    for (what, act) in ACTS {
        let (site, before) = adas(false);
        let mut ada = browser(&site, &before);
        act(&mut ada);
        site.clock.advance(61);
        let answer = browser(&site, &before).get("/profile");
        assert!(answer.takes_back("session") && ada.is_logged_in(), "{what}");
    }
}

#[test]
fn only_the_previous_token_is_spared_and_only_while_the_session_lives() {
    let (site, first) = adas(false);
    let mut ada = browser(&site, &first);
    let (_, again) = ACTS[0];
    again(&mut ada);
    let second = ada.jar.clone();
    again(&mut ada);
    assert!(browser(&site, &first).get("/profile").takes_back("session"));
    assert!(!browser(&site, &second).get("/profile").takes_back("session"));
    ada.post("/logout", "");
    assert!(browser(&site, &second).get("/profile").takes_back("session"));
}
