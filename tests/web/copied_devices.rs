//! The token of a remembered device was copied. The device is ended as soon as both holders have come back,
//! and its owner gets a notice.

use rocket::http::Status;

use crate::rotation::{MINUTE, closed, comes_back, device, without_session};
use crate::support::{PASSWORD, TestSite, Visitor};

const TOLD: &str = "We logged a device out: we saw the same login used in two places, so someone may have copied it. If you \
                    can't explain that, change your password.";

#[test]
fn a_copy_ends_the_device_with_all_its_sessions_once_both_have_come_back() {
    // Who comes back, in this order. The last of them is refused.
    for order in
        [&["owner", "thief", "owner"][..], &["thief", "owner", "thief"], &["owner", "owner", "thief"]]
    {
        let site = TestSite::new();
        let stolen = device(&site);
        let (mut owner, mut thief) = (stolen.clone(), stolen);
        let (last, before) = order.split_last().unwrap();
        for who in before {
            assert!(comes_back(if *who == "owner" { &mut owner } else { &mut thief }), "{order:?}");
        }
        let (last, other) = if *last == "owner" { (owner, thief) } else { (thief, owner) };
        site.clock.advance(MINUTE + 1);
        let mut last = without_session(&last);
        let refused = last.get("/profile");
        assert!(refused.status == Status::SeeOther && refused.takes_back("remember"), "{order:?}");
        assert!(
            !other.clone().is_logged_in() && !without_session(&other).is_logged_in(),
            "both are logged out"
        );
        assert_eq!(site.number("select count(*) from remember_tokens"), 0);
        assert_eq!(site.number("select count(*) from sessions where remember_token_id is not null"), 0);
        assert_eq!(site.number("select count(*) from audit where event = 'device_reused'"), 1, "{order:?}");
    }
}

#[test]
fn any_token_older_than_the_previous_one_is_a_copy() {
    for (generations, later, gets_in) in
        [(1, 0, true), (2, MINUTE, true), (2, MINUTE + 1, false), (3, 0, false), (5, 0, false)]
    {
        let site = TestSite::new();
        let mut ada = device(&site);
        let oldest = ada.clone();
        for _ in 0..generations {
            ada = closed(&ada);
            assert!(ada.is_logged_in());
        }
        site.clock.advance(later);
        let answer = oldest.clone().get("/profile");
        assert_eq!(answer.status == Status::Ok, gets_in, "{generations} {later}");
        assert!(answer.set_cookie("session").is_empty());
        assert_eq!(closed(&ada).is_logged_in(), gets_in, "{generations} {later}");
    }
}

/// A thief copies a device, and both come back until it is ended.
fn found_copied(stolen: &Visitor<'_>) {
    let mut owner = stolen.clone();
    assert!(comes_back(&mut owner) && comes_back(&mut owner));
    assert!(!comes_back(&mut stolen.clone()));
}

#[test]
fn other_devices_and_sessions_are_left_alone() {
    let site = TestSite::new();
    let stolen = device(&site);
    let (mut other, mut plain) = (site.visitor(), site.visitor());
    other.log_in_remembered("ada@example.org", PASSWORD);
    plain.log_in("ada@example.org", PASSWORD);
    found_copied(&stolen);
    assert!(plain.is_logged_in() && other.is_logged_in() && closed(&other).is_logged_in());
}

#[test]
fn the_owner_gets_one_notice_at_the_next_login() {
    let site = TestSite::new();
    let stolen = device(&site);
    let mut bob = site.visitor();
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    found_copied(&stolen);
    bob.log_in("bob@example.org", PASSWORD);
    assert!(bob.get("/profile").notices().is_empty(), "another user gets no notice");
    let mut ada = site.visitor();
    assert_eq!(
        ada.submit("/login", &[("email", "ada@example.org"), ("password", "wrong")]).location(),
        "/login"
    );
    assert_eq!(ada.get("/login").notices(), ["Please check your login details and try again."]);
    assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
    assert_eq!(ada.get("/profile").notices(), [TOLD]);
    assert!(ada.get("/profile").notices().is_empty());
    let mut again = site.visitor();
    again.log_in("ada@example.org", PASSWORD);
    assert!(again.get("/profile").notices().is_empty(), "once");
    let activity = ada.get("/settings/activity");
    assert!(activity.says("A remembered login was used twice, so we logged that device out"));
}
