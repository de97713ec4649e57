//! Copies of cookies: those who change the password, or log out all other devices, continue with new ones,
//! and no copy opens anything any more.

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const DAY: i64 = 24 * 3_600;
const NEW: &str = "seven lazy violet teapots";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/// Ada, on a device that remembers her.
fn ada(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    assert_eq!(ada.log_in_remembered("ada@example.org", PASSWORD).location(), "/profile");
    ada
}

/// A visitor who has one of these cookies and nothing else.
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
fn copies_open_nothing_and_the_owner_stays_logged_in_and_remembered() {
    for (what, act) in ACTS {
        for cookie in ["session", "remember"] {
            let site = Setup::new().patient().build();
            let mut ada = ada(&site);
            let copy = only(&ada, cookie);
            act(&mut ada);
            assert!(ada.is_logged_in(), "{what}");
            assert_eq!(site.number("select count(*) from sessions"), 1, "{what}: it is the same session");
            for seconds in [0, 60, 1] {
                site.clock.advance(seconds);
                assert!(!copy.clone().is_logged_in(), "{what}: a copied {cookie}");
            }
            // A slow response to its owner would look the same, so nothing is said of a copy.
            assert_eq!(site.number("select count(*) from audit where event = 'device_reused'"), 0, "{what}");
            assert!(ada.is_logged_in() && only(&ada, "remember").is_logged_in(), "{what}");
        }
        let site = Setup::new().patient().build();
        let mut ada = self::ada(&site);
        act(&mut ada);
        let places = ada.get("/settings/devices");
        assert!(places.says("This device") && places.says("Stays logged in"), "{what}: {}", places.body);
        let mut reopened = only(&ada, "remember");
        assert!(reopened.is_logged_in(), "{what}");
        assert!(only(&reopened, "remember").is_logged_in(), "{what}: a second time");
    }
}

#[test]
fn a_stolen_session_does_not_become_a_remembered_one() {
    for (what, act) in ACTS {
        let site = Setup::new().patient().build();
        let ada = ada(&site);
        let mut thief = only(&ada, "session");
        act(&mut thief);
        assert!(thief.cookie("remember").is_none() && thief.is_logged_in(), "{what}");
        assert_eq!(site.number("select count(*) from remember_tokens"), 0, "{what}: the device is ended");
        assert!(!only(&ada, "remember").is_logged_in(), "{what}");
        assert_eq!(site.number("select count(*) from audit where event = 'device_reused'"), 0, "{what}");
        assert_eq!(only(&ada, "remember").get("/").notices().len(), 1, "{what}: its owner gets a notice");
    }
}

#[test]
fn another_users_device_in_the_same_browser_is_left_alone() {
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
fn logging_others_out_makes_no_session_fresh_and_no_device_last_longer() {
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

#[test]
fn a_copy_shows_when_and_from_where_it_was_logged_out_and_is_removed() {
    for (what, act) in ACTS {
        let site = Setup::new().patient().build();
        let ada = ada(&site);
        let mut copy = only(&ada, "remember");
        site.clock.advance(120);
        act(&mut ada.clone().sending("User-Agent", FIREFOX));
        for path in ["/profile", "/"] {
            let answer = copy.get(path);
            assert!(answer.set_cookie("remember").is_empty(), "{what}: it may be an older tab");
            assert!(!answer.says("This device was logged out"), "{what}");
        }
        site.clock.advance(61);
        copy.jar.retain(|(name, _)| name == "remember");
        assert_eq!(copy.get("/profile").location(), "/login?next=%2Fprofile", "{what}");
        assert!(copy.cookie("remember").is_some(), "{what}: no notice was shown yet");
        let login = copy.get("/login");
        let told = "This device was logged out on 1 January 2026 at 00:02 UTC, from Firefox on Linux.";
        assert_eq!(login.notices(), ["Please log in to access this page.", told], "{what}");
        assert!(login.takes_back("remember"), "{what}");
        assert!(copy.get("/login").notices().is_empty(), "{what}: the notice is shown once");
        assert!(only(&ada, "session").get("/profile").takes_back("session"), "{what}");
    }
}

/// What a thief does with a copied cookie, after which the owner's opens nothing any more.
const THEFTS: [(&str, &str, Act); 4] = [
    ("all others logged out from a copied device", "remember", log_out_others),
    ("all others logged out from a copied session", "session", log_out_others),
    ("logged out from a copied device", "remember", |thief| _ = thief.post("/logout", "")),
    ("logged out from a copied session", "session", |thief| _ = thief.post("/logout", "")),
];

#[test]
fn a_copy_that_logs_out_the_original_leaves_a_notice_for_the_owner() {
    for (what, cookie, act) in THEFTS {
        let site = TestSite::new();
        let ada = ada(&site);
        act(&mut only(&ada, cookie).sending("User-Agent", FIREFOX));
        site.clock.advance(2 * 3_600);
        let mut owner = ada.clone();
        let home = owner.get("/");
        let told = "This device was logged out on 1 January 2026 at 00:00 UTC, from Firefox on Linux.";
        assert_eq!(home.notices(), [told], "{what}");
        assert_eq!(home.menu()[1], "Login", "{what}");
        assert!(owner.cookie("remember").is_none() && owner.get("/").notices().is_empty(), "{what}");
        owner.log_in("ada@example.org", PASSWORD);
        assert!(
            owner.get("/profile").notices().is_empty(),
            "{what}: a later login shows no notice of a theft"
        );
    }
}

#[test]
fn the_click_that_reopens_this_device_does_not_forget_it() {
    let site = Setup::new().patient().build();
    let ada = ada(&site);
    let mut other = site.visitor();
    other.log_in_remembered("ada@example.org", PASSWORD);
    site.clock.advance(2 * 3_600);
    // The page was open overnight: its session has ended, and the button sends the first request.
    let mut ada = ada;
    log_out_others(&mut ada);
    assert!(ada.is_logged_in() && !other.is_logged_in());
    assert_eq!(site.number("select count(*) from remember_tokens"), 1);
    for _ in 0..2 {
        site.clock.advance(2 * 3_600);
        assert!(ada.is_logged_in(), "the device is still remembered");
    }
}

#[test]
fn a_reload_that_shares_a_session_continues_with_its_own_action() {
    let site = Setup::new().patient().build();
    let ada = ada(&site);
    let lost = only(&ada, "remember");
    assert!(lost.clone().is_logged_in(), "the answer is lost");
    let mut ada = lost;
    log_out_others(&mut ada);
    assert!(ada.is_logged_in() && only(&ada, "remember").is_logged_in());
    assert_eq!(site.number("select count(*) from remember_tokens"), 1);
}

#[test]
fn twenty_logged_out_devices_are_known_for_thirty_days() {
    let site = Setup::new().patient().with("remember_lifetime", "90d").with("remember_idle", "90d").build();
    site.ada();
    let sentence = "This device was logged out on 1 January 2026 at 00:00 UTC, from an unknown browser.";
    let mut devices = Vec::new();
    for _ in 0..22 {
        let mut device = site.visitor();
        device.log_in_remembered("ada@example.org", PASSWORD);
        devices.push(only(&device, "remember"));
        device.post("/logout", "");
    }
    assert_eq!(site.number("select count(*) from ended_devices"), 20);
    assert!(devices[0].clone().get("/").notices().is_empty());
    assert_eq!(devices[21].clone().get("/").notices(), [sentence]);
    site.clock.advance(30 * DAY - 1);
    assert_eq!(devices[21].clone().get("/").notices(), [sentence]);
    site.clock.advance(1);
    assert!(devices[21].clone().get("/").notices().is_empty());
    site.runtime.block_on(vestibule::features::housekeeping::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from ended_devices"), 0);
}
