//! A browser that has logged in before: strangers who guess cannot keep its owner out, and its own guesses
//! are counted separately.

use rocket::http::Status;

use vestibule::base::Password;
use vestibule::people::Actor;
use vestibule::services::passwords;

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const WRONG: &str = "wrong horse battery";
const NEW: &str = "seven lazy violet teapots";

/// Ways to a new password, one second after everything before.
type Way = fn(&TestSite);

const WAYS: [(&str, Way); 3] = [
    ("by a link", |site| {
        let mut owner = site.visitor_from("192.0.2.1");
        owner.get(&site.reset_link("ada@example.org"));
        assert_eq!(owner.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    }),
    ("by the operator", |site| {
        let new = Password::typed(NEW);
        site.runtime
            .block_on(passwords::replace(
                &site.site,
                &site.account("ada@example.org"),
                &new,
                Actor::CommandLine,
            ))
            .unwrap();
    }),
    ("by its owner, elsewhere", |site| {
        let mut owner = site.visitor_from("192.0.2.1");
        assert_eq!(owner.log_in("ada@example.org", PASSWORD).location(), "/profile");
        let fields = [("current_password", PASSWORD), ("new_password", NEW)];
        assert_eq!(owner.submit("/settings/password", &fields).location(), "/settings/account");
    }),
];

/// Ada's browser, in which she has logged in and out.
fn known<'s>(site: &'s TestSite, email: &str) -> Visitor<'s> {
    let mut ada = site.visitor_from("203.0.113.7");
    assert_eq!(ada.sign_up(email, "Ada", PASSWORD).location(), "/login");
    assert_eq!(ada.log_in(email, PASSWORD).location(), "/profile");
    ada.post("/logout", "");
    ada
}

/// A browser that has only this `device` cookie.
fn holding<'s>(visitor: &Visitor<'s>, device: &str) -> Visitor<'s> {
    let mut other = visitor.clone();
    other.jar.clear();
    other.plant("device", device);
    other
}

/// Uses up the guesses at Ada's account, from her own network.
fn besiege(site: &TestSite) {
    for _ in 0..5 {
        assert_eq!(site.visitor_from("203.0.113.7").log_in("ada@example.org", WRONG).location(), "/login");
    }
    let refused = site.visitor_from("203.0.113.7").log_in("ada@example.org", PASSWORD);
    assert_eq!(refused.status, Status::TooManyRequests);
}

#[test]
fn strangers_cannot_lock_a_user_out_of_a_known_browser() {
    let site = TestSite::new();
    let mut ada = known(&site, "ada@example.org");
    besiege(&site);
    for number in 0..40 {
        // The network's limit is used up too.
        site.visitor_from("203.0.113.7").log_in(&format!("nobody{number}@example.org"), WRONG);
    }
    assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
    assert_eq!(
        site.visitor().log_in("ada@example.org", PASSWORD).status,
        Status::TooManyRequests,
        "an unknown browser has to wait"
    );
}

#[test]
fn a_known_browser_has_its_own_free_guesses_and_pauses() {
    let site = TestSite::new();
    let mut ada = known(&site, "ada@example.org");
    for _ in 0..5 {
        assert_eq!(ada.log_in("ada@example.org", WRONG).location(), "/login");
    }
    let refused = ada.log_in("ada@example.org", PASSWORD);
    assert_eq!((refused.status, refused.header("retry-after")), (Status::TooManyRequests, "1"));
    let mut elsewhere = site.visitor_from("198.51.100.1");
    assert_eq!(
        elsewhere.log_in("ada@example.org", PASSWORD).location(),
        "/profile",
        "the account is not in a pause"
    );
    site.clock.advance(1);
    assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn a_browser_is_known_only_to_accounts_that_logged_in_with_it() {
    let site = TestSite::new();
    known(&site, "ada@example.org");
    let mut mallory = known(&site, "mallory@example.org");
    besiege(&site);
    assert_eq!(mallory.log_in("ada@example.org", PASSWORD).status, Status::TooManyRequests);
    assert_eq!(mallory.log_in("mallory@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn a_household_shares_a_browser() {
    let site = Setup::new().patient().with("limit_free_guesses", "5").build();
    let mut shared = known(&site, "ada@example.org");
    for name in ["bob", "eve", "kim", "mia"] {
        let email = format!("{name}@example.org");
        shared.sign_up(&email, name, PASSWORD);
        assert_eq!(shared.log_in(&email, PASSWORD).location(), "/profile");
        shared.post("/logout", "");
    }
    besiege(&site);
    assert_eq!(shared.clone().log_in("ada@example.org", PASSWORD).location(), "/profile");
    shared.sign_up("ned@example.org", "Ned", PASSWORD);
    assert_eq!(shared.log_in("ned@example.org", PASSWORD).location(), "/profile");
    shared.post("/logout", "");
    let refused = shared.log_in("ada@example.org", PASSWORD);
    assert_eq!(refused.status, Status::TooManyRequests, "the last five of six accounts are known");
}

#[test]
fn a_cookie_that_is_not_ours_is_worth_nothing() {
    let site = TestSite::new();
    let ada = known(&site, "ada@example.org");
    let device = ada.cookie("device").unwrap().to_owned();
    let foreign = known(&TestSite::new(), "ada@example.org").cookie("device").unwrap().to_owned();
    let typed = {
        let mut typist = site.visitor();
        typist.sign_up("ada@example.org", "Ada", PASSWORD);
        typist.cookie("typed").unwrap().to_owned()
    };
    besiege(&site);
    for value in ["", "x", &typed, &foreign, &device[1..], &format!("{device}x"), &"y".repeat(8_000)] {
        let refused = holding(&ada, value).log_in("ada@example.org", PASSWORD);
        assert_eq!(refused.status, Status::TooManyRequests, "{value}");
    }
    assert_eq!(holding(&ada, &device).log_in("ada@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn the_cookie_is_private_lasts_a_year_and_opens_nothing() {
    for (url, name, secure) in
        [("http://localhost:8000", "device", false), ("https://login.example.org", "__Host-device", true)]
    {
        let site = Setup::new().with("base_url", url).build();
        let mut ada = site.visitor();
        assert!(
            ada.sign_up("ada@example.org", "Ada", PASSWORD).set_cookie(name).is_empty(),
            "signing up does not set the cookie"
        );
        assert!(
            ada.log_in("ada@example.org", WRONG).set_cookie(name).is_empty(),
            "a wrong password does not set the cookie"
        );
        let answer = ada.log_in("ada@example.org", PASSWORD);
        let line = answer.set_cookie(name);
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=31536000"] {
            assert!(line.contains(attribute), "{line} lacks {attribute}");
        }
        assert_eq!(line.contains("; Secure"), secure);
        let account = site.text("select id from accounts");
        assert!(!line.contains(&account) && !line.contains("example"), "{line}");
        ada.jar.retain(|(known, _)| known == name);
        assert_eq!(ada.jar.len(), 1);
        assert!(!ada.is_logged_in());
    }
}

#[test]
fn a_new_password_works_in_a_browser_with_many_wrong_guesses() {
    for (way, choose) in WAYS {
        let site = TestSite::new();
        let mut ada = known(&site, "ada@example.org");
        for _ in 0..5 {
            assert_eq!(ada.log_in("ada@example.org", WRONG).location(), "/login");
        }
        site.change("update failed_logins set failures = 50"); // a pause that is longer than the rest of the test
        site.clock.advance(1);
        choose(&site);
        assert_eq!(ada.log_in("ada@example.org", NEW).location(), "/profile", "{way}");
        ada.post("/logout", "");
        besiege(&site);
        assert_eq!(
            ada.log_in("ada@example.org", NEW).location(),
            "/profile",
            "{way}: the former guesses do not count later either"
        );
    }
}

#[test]
fn after_a_new_password_no_browser_is_known_until_it_logs_in_with_it() {
    for (way, choose) in WAYS {
        let site = Setup::new().patient().with("limit_free_guesses", "5").build();
        let mut ada = known(&site, "ada@example.org");
        let mut collected: Vec<Visitor<'_>> = (0..7)
            .map(|_| {
                let mut another = site.visitor();
                assert_eq!(another.log_in("ada@example.org", PASSWORD).location(), "/profile");
                another.post("/logout", "");
                another
            })
            .collect();
        site.clock.advance(1);
        choose(&site);
        let wrong = collected.iter_mut().map(|device| device.log_in("ada@example.org", WRONG));
        let looked_at = wrong.filter(|answer| answer.status == Status::SeeOther).count();
        assert_eq!(looked_at, 5, "{way}: all of these browsers are unknown");
        assert_eq!(ada.log_in("ada@example.org", NEW).status, Status::TooManyRequests, "{way}: so is Ada's");
        site.clock.advance(1);
        assert_eq!(ada.log_in("ada@example.org", NEW).location(), "/profile");
        ada.post("/logout", "");
        let stranger = site.visitor().log_in("ada@example.org", WRONG);
        assert_eq!(stranger.location(), "/login", "{way}: the sixth begins another pause");
        assert_eq!(ada.log_in("ada@example.org", NEW).location(), "/profile", "{way}: it is known again");
    }
}

#[test]
fn the_browser_that_changes_the_password_is_known_at_once_and_strangers_still_wait() {
    let site = Setup::new().patient().with("limit_free_guesses", "5").build();
    let mut ada = site.ada();
    let stranger = || site.visitor().log_in("ada@example.org", WRONG);
    for _ in 0..5 {
        assert_eq!(stranger().location(), "/login");
    }
    site.change("update failed_logins set failures = 50"); // a pause that is longer than the rest of the test
    site.clock.advance(1);
    let fields = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    ada.post("/logout", "");
    assert_eq!(stranger().status, Status::TooManyRequests);
    assert_eq!(ada.log_in("ada@example.org", NEW).location(), "/profile");
}

#[test]
fn a_cookie_without_a_time_makes_no_browser_known() {
    let site = Setup::new().patient().with("limit_free_guesses", "5").build();
    let ada = known(&site, "ada@example.org");
    let id = site.text("select id from accounts");
    besiege(&site);
    for (value, known) in [
        (format!("abc.{id}"), false),
        (format!("abc.{id}:"), false),
        (format!("abc.{id}:soon"), false),
        (format!("abc.{id}:{}", crate::support::BEGINNING - 1), false),
        (format!("abc.{id}:{}:mail", crate::support::BEGINNING - 1), false),
        (format!("abc.{id}:{}:mails", crate::support::BEGINNING), false),
        // The cookie is from the future: no change of the password would end it.
        (format!("abc.{id}:{}", crate::support::BEGINNING + 86_400), false),
        (format!("abc.{id}:{}", crate::support::BEGINNING), true),
        (format!("def.{id}:{}:mail", crate::support::BEGINNING), true),
    ] {
        let device = holding(&ada, &private(&site, &value)).log_in("ada@example.org", PASSWORD);
        assert_eq!(device.location() == "/profile", known, "{value}");
        assert!(known || device.status == Status::TooManyRequests, "{value}");
    }
}

/// A `device` cookie as the site itself would make it.
fn private(site: &TestSite, value: &str) -> String {
    use rocket::http::private::cookie::{Cookie, CookieJar, Key};
    let (mut jar, name) = (CookieJar::new(), site.cookie_name("device"));
    let key = Key::derive_from(site.key.reveal_bytes());
    jar.private_mut(&key).add(Cookie::new(name.clone(), value.to_owned()));
    jar.get(&name).unwrap().value().to_owned()
}
