//! Log out.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const BYE: &str = "You have been logged out.";

fn site_at(base_url: &str) -> TestSite {
    Setup::new().with("base_url", base_url).build()
}

fn logged_out(answer: &Answer) -> bool {
    (answer.status, answer.location()) == (Status::SeeOther, "/")
}

/// The visitor with all cookies as they were before.
fn replayed<'s>(visitor: &Visitor<'s>) -> Visitor<'s> {
    visitor.clone()
}

#[test]
fn the_button_ends_the_session_in_the_browser_and_in_the_database() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let mut thief = replayed(&ada);
    let answer = ada.post("/logout", "");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/"));
    assert!(answer.takes_back("session") && ada.cookie("session").is_none());
    assert_eq!(site.number("select count(*) from sessions"), 0);
    let home = ada.get("/");
    assert_eq!(home.notices(), [BYE]);
    assert_eq!(home.menu(), ["Home", "Login", "Sign Up"]);
    assert!(!ada.is_logged_in());
    let replay = thief.get("/profile");
    assert_eq!(replay.status, Status::SeeOther, "the old cookie, replayed, opens nothing");
    assert!(replay.takes_back("session"));
}

#[test]
fn a_logout_ends_one_session_and_no_other() {
    let site = TestSite::new();
    let (mut here, mut there) = (site.ada(), site.visitor());
    there.log_in("ada@example.org", PASSWORD);
    here.post("/logout", "");
    assert!(!here.is_logged_in() && there.is_logged_in());
}

#[test]
fn a_logout_ends_a_device_of_another_user_in_the_same_browser_and_leaves_a_notice() {
    let site = TestSite::new();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    let (mut ada, mut bob) = (site.visitor(), site.visitor());
    ada.log_in_remembered("ada@example.org", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    // Bob logged in on her device: its browser has his session and still her device's cookie.
    bob.plant("remember", ada.cookie("remember").unwrap());
    let mut copy = ada.clone();
    copy.jar.retain(|(name, _)| name == "session");
    assert!(copy.is_logged_in(), "the session is cached from now on");
    assert!(logged_out(&bob.post("/logout", "")));
    assert!(!copy.is_logged_in(), "it ends with the very next request");
    let of_ada = "select count(*) from audit join accounts on accounts.id = account_id \
                  where event = 'logged_out' and name = 'Ada'";
    assert_eq!(site.number(of_ada), 1);
}

#[test]
fn a_stranger_who_logs_out_is_sent_home_without_a_notice() {
    let site = TestSite::new();
    site.ada();
    for cookie in [None, Some("garbled")] {
        let mut stranger = site.visitor();
        cookie.into_iter().for_each(|value| stranger.plant("session", value));
        assert!(logged_out(&stranger.post("/logout", "")));
        assert!(stranger.cookie("session").is_none());
        assert_eq!(stranger.get("/").notices(), Vec::<String>::new());
    }
    assert_eq!(site.number("select count(*) from sessions"), 1);
}

#[test]
fn a_stranger_at_the_logout_address_is_sent_to_the_login_and_not_back() {
    let site = TestSite::new();
    let mut stranger = site.visitor();
    let answer = stranger.get("/logout");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login"));
    assert_eq!(stranger.get("/login").notices(), ["Please log in to access this page."]);
}

#[test]
fn ones_own_click_or_typed_address_logs_out() {
    for base_url in ["http://localhost:8000", "http://intranet.example", "https://login.example.org"] {
        let site = site_at(base_url);
        for asked in ["same-origin", "none"] {
            let mut ada = ada_at(&site).sending("Sec-Fetch-Site", asked);
            assert!(logged_out(&ada.get("/logout")), "{base_url} {asked}");
            assert_eq!(ada.get("/").notices(), [BYE]);
            assert!(!ada.is_logged_in());
        }
        assert_eq!(site.number("select count(*) from sessions"), 0, "{base_url}");
    }
}

#[test]
fn another_site_gets_a_page_with_a_button_and_nothing_happens() {
    for base_url in ["http://localhost:8000", "http://intranet.example", "https://login.example.org"] {
        let site = site_at(base_url);
        for asked in ["cross-site", "same-site", "", "SAME-ORIGIN", "none, none"] {
            let mut ada = ada_at(&site).sending("Sec-Fetch-Site", asked);
            still_logged_in(&mut ada, &format!("{base_url} {asked}"));
        }
        let mut twice = ada_at(&site).sending("Sec-Fetch-Site", "none").sending("Sec-Fetch-Site", "none");
        still_logged_in(&mut twice, base_url);
    }
}

#[test]
fn a_request_that_may_come_from_elsewhere_gets_a_page_with_a_button() {
    for base_url in ["https://login.example.org", "http://localhost:8000", "http://intranet.example"] {
        let site = site_at(base_url);
        still_logged_in(&mut ada_at(&site), base_url);
    }
}

#[test]
fn a_browser_that_prefetches_logs_no_one_out() {
    let site = TestSite::new();
    for (name, value) in [
        ("Sec-Purpose", "prefetch"),
        ("Sec-Purpose", "prefetch;prerender"),
        ("Sec-Purpose", "prefetch;anonymous-client-ip"),
        ("Purpose", "prefetch"),
    ] {
        for asked in ["same-origin", "none"] {
            let mut ada = ada_at(&site).sending("Sec-Fetch-Site", asked).sending(name, value);
            still_logged_in(&mut ada, value);
        }
    }
}

#[test]
fn a_head_request_logs_no_one_out() {
    let site = TestSite::new();
    let mut ada = site.ada().sending("Sec-Fetch-Site", "same-origin");
    let head = ada.request("HEAD", "/logout", None, "");
    assert_eq!((head.status, head.body.as_str()), (Status::Ok, ""));
    assert!(ada.is_logged_in());
}

#[test]
fn a_logout_that_cannot_be_stored_is_not_claimed() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.silence_database();
    for answer in [ada.post("/logout", ""), ada.get("/logout")] {
        assert_eq!((answer.status, answer.header("retry-after")), (Status::ServiceUnavailable, "5"));
        assert!(!answer.says(BYE) && answer.set_cookie("session").is_empty());
    }
    assert!(ada.cookie("session").is_some(), "the button can be pressed again");
}

/// Ada, logged in on a site that has her account or creates it.
fn ada_at(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
    ada.get("/login"); // any notice that waited is gone
    ada
}

fn still_logged_in(ada: &mut Visitor<'_>, why: &str) {
    let page = ada.get("/logout");
    assert_eq!(page.status, Status::Ok, "{why}");
    assert!(page.text().contains("<button type=\"submit\" class=\"primary\">Log out</button>"), "{why}");
    assert_eq!(
        page.text().matches("<form method=\"post\" action=\"/logout\">").count(),
        2,
        "one form in the menu and one on the page"
    );
    assert!(page.notices().is_empty() && ada.is_logged_in(), "{why}");
}
