//! The protected page, and what protects any page like it.

use rocket::http::Status;
use rocket::{get, post, routes};
use vestibule::people::User;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";
const F1: &str = "Please log in to access this page.";

#[get("/diary/<day>")]
fn diary(user: User, day: &str) -> String {
    format!("{}'s {day}", user.name)
}

#[post("/diary/<day>")]
fn write(user: User, day: &str) -> String {
    format!("{} wrote on {day}", user.name)
}

#[post("/diary/<new_day>")]
fn write_by_another_word(_user: User, new_day: &str) -> String {
    new_day.to_owned()
}

#[post("/<book>/<page>")]
fn any_page(book: &str, page: &str) -> String {
    format!("{page} of {book}")
}

#[test]
fn a_user_is_welcomed_by_name() {
    let site = TestSite::new();
    let profile = site.ada().get("/profile");
    assert_eq!(profile.status, Status::Ok);
    assert!(profile.says(">Welcome, Ada!</h1>"));
    assert_eq!(profile.header("cache-control"), "no-store");
}

#[test]
fn each_user_sees_their_own_profile() {
    let site = TestSite::new();
    let (mut ada, mut bob) = (site.ada(), site.visitor());
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    let (hers, his) = (ada.get("/profile"), bob.get("/profile"));
    assert!(hers.says("Welcome, Ada!") && hers.says("ada@example.org") && !hers.says("bob@example.org"));
    assert!(his.says("Welcome, Bob!") && his.says("bob@example.org") && !his.says("ada@example.org"));
}

#[test]
fn the_profile_shows_the_login_before() {
    let site = TestSite::new();
    let profile = site.ada().get("/profile");
    assert!(!profile.says("Last login") && profile.says(">Activity</a>"), "it is the first");
    site.clock.advance(18 * 3_600 + 120);
    assert_eq!(site.visitor().sending("User-Agent", FIREFOX).log_in(ADA, PASSWORD).location(), "/profile");
    site.clock.advance(86_400);
    let mut ada = site.visitor();
    ada.log_in(ADA, PASSWORD);
    let time = "<time datetime=\"2026-01-01T18:02:00Z\" title=\"1 January 2026, 18:02 UTC\">yesterday, 18:02 UTC</time>";
    let line = format!("Last login: {time} · Firefox on Windows</p>");
    let profile = ada.get("/profile");
    assert!(profile.says(&line) && profile.says(">Wasn't you? Check your activity</a>"), "{}", profile.body);
    // It is the one before the visitor's own, also while others follow.
    site.visitor().log_in(ADA, PASSWORD);
    assert!(ada.get("/profile").says(&line));
    ada.submit("/reauthenticate", &[("password", PASSWORD)]);
    assert!(ada.get("/profile").says(&line), "the password confirmed is no login");
}

#[test]
fn a_login_form_sent_twice_is_one_login() {
    let site = TestSite::new();
    site.ada();
    site.clock.advance(3_600);
    let mut first = site.visitor();
    let value = first.get("/login").form_value();
    let mut second = first.clone();
    for visitor in [&mut first, &mut second] {
        let fields = [("form", &*value), ("email", ADA), ("password", PASSWORD)];
        assert_eq!(visitor.submit("/login", &fields).location(), "/profile");
    }
    let profile = second.get("/profile");
    assert!(profile.says("datetime=\"2026-01-01T00:00:00Z\""), "{}", profile.body);
    assert_eq!(site.number("select logged_in_at from accounts"), site.clock.now().unix());
}

#[test]
fn a_remembered_device_shows_the_last_login_too() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    ada.log_in_remembered(ADA, PASSWORD);
    site.clock.advance(60);
    site.visitor().sending("User-Agent", FIREFOX).log_in(ADA, PASSWORD);
    site.clock.advance(60);
    ada.jar.retain(|(name, _)| name == "remember");
    let profile = ada.get("/profile");
    assert!(profile.says("a minute ago</time> · Firefox on Windows"), "{}", profile.body);
}

/// The statements of a page: the least of several measurements, since tasks of the server may send some at the
/// same time.
fn statements(visitor: &mut Visitor<'_>, path: &str) -> u64 {
    let each = (0..5).map(|_| {
        let before = visitor.site.db.statements();
        visitor.get(path);
        visitor.site.db.statements() - before
    });
    each.min().unwrap()
}

#[test]
fn the_last_login_costs_no_query() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(60);
    ada.post("/logout", "");
    ada.log_in(ADA, PASSWORD);
    assert!(ada.get("/profile").says("Last login"));
    assert_eq!(statements(&mut ada, "/profile"), statements(&mut ada, "/"));
}

#[test]
fn a_stranger_is_sent_to_the_login_with_a_notice() {
    let site = TestSite::new();
    for method in ["GET", "HEAD"] {
        let mut stranger = site.visitor();
        let refused = stranger.request(method, "/profile", None, "");
        assert_eq!((refused.status, refused.location()), (Status::SeeOther, "/login?next=%2Fprofile"));
        assert!(!refused.says("Welcome"));
        assert_eq!(stranger.get("/login?next=%2Fprofile").notices(), [F1], "{method}");
    }
}

#[test]
fn a_browser_of_any_kind_is_redirected() {
    let site = TestSite::new();
    let accepted =
        ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "*/*", "", "text/html"];
    for accept in accepted {
        let mut browser = site.visitor().sending("Accept", accept).sending("Sec-Fetch-Mode", "navigate");
        assert_eq!(browser.get("/profile").status, Status::SeeOther, "{accept}");
    }
    let mut both = site.visitor().sending("Accept", "application/json, text/html");
    assert_eq!(
        both.get("/profile").status,
        Status::SeeOther,
        "a client that also accepts a page gets a page"
    );
}

#[test]
fn a_session_is_read_from_its_cookie_and_nowhere_else() {
    let site = TestSite::new();
    let ada = site.ada();
    let session = ada.cookie("session").unwrap().to_owned();
    let value: String = url::form_urlencoded::byte_serialize(session.as_bytes()).collect();
    let mut thief =
        site.visitor().sending("session", &session).sending("Authorization", &format!("Bearer {session}"));
    assert_eq!(thief.get(&format!("/profile?session={value}")).status, Status::SeeOther);
    assert_eq!(thief.post("/logout", &format!("session={value}")).location(), "/");
    assert_eq!(site.number("select count(*) from sessions"), 1, "it cannot be ended in this way either");
}

#[test]
fn a_page_of_an_app_is_protected_by_its_user_parameter() {
    let site = Setup::new().page(routes![diary, write]).build();
    let refused = site.visitor().get("/diary/monday?page=2");
    assert_eq!(refused.status, Status::SeeOther);
    assert_eq!(refused.location(), "/login?next=%2Fdiary%2Fmonday%3Fpage%3D2");
    let mut ada = site.ada();
    assert_eq!(ada.get("/diary/monday?page=2").body, "Ada's monday");
    assert_eq!(ada.post("/diary/monday", "").body, "Ada wrote on monday");
}

#[test]
fn a_stranger_is_sent_to_the_login_even_if_another_route_matches() {
    for others in [routes![write_by_another_word], routes![any_page]] {
        let site = Setup::new().page(routes![diary]).page(others).build();
        assert_eq!(site.ada().get("/diary/monday").body, "Ada's monday");
        let refused = site.visitor().get("/diary/monday");
        assert_eq!((refused.status, refused.location()), (Status::SeeOther, "/login?next=%2Fdiary%2Fmonday"));
    }
}
