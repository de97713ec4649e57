//! `GET /session`: an app in another language passes on its visitor's cookies and learns who that is. Its answer never
//! reaches the visitor's browser, so nothing may happen that needs one.

use rocket::http::Status;
use serde_json::{Value, json};
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, GroupTitle};

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const HOUR: i64 = 3_600;

fn body(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json", "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// The app asks: all of the visitor's cookies, and none of the answer's.
fn asks(visitor: &Visitor<'_>) -> Answer {
    let answer = visitor.clone().get("/session");
    assert_eq!(answer.all("set-cookie"), [""; 0], "{}", answer.status);
    answer
}

/// The app learns that no one is logged in, and where to log in.
fn knows_no_one(visitor: &Visitor<'_>, what: &str) {
    let answer = asks(visitor);
    assert_eq!(answer.status, Status::Unauthorized, "{what}");
    let error = &body(&answer)["error"];
    assert_eq!(error["login"], "http://localhost:8000/login", "{what}");
    assert_eq!(
        (&error["code"], &error["description"]),
        (&json!(401), &json!("This needs a login.")),
        "{what}"
    );
}

#[test]
fn a_session_says_whose_it_is() {
    let site = TestSite::new();
    let ada = site.ada();
    let account = site.account(ADA);
    let expected = json!({
        "account": account.id.as_str(), "email": ADA, "name": "Ada", "groups": [], "fresh": true,
    });
    assert_eq!(body(&asks(&ada)), expected);
    for group in ["editors", "choir"] {
        let name = GroupName::parse(group).unwrap();
        site.runtime.block_on(async {
            let title = GroupTitle::of(&name);
            groups::create(&site.site, &name, &title, Actor::CommandLine).await.unwrap();
            groups::add(&site.site, &name, &account.id, Actor::CommandLine).await.unwrap();
        });
    }
    site.clock.advance(5 * 60);
    let answer = asks(&ada);
    let later = body(&answer);
    assert_eq!((&later["groups"], &later["fresh"]), (&json!(["choir", "editors"]), &json!(false)));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[test]
fn no_other_origin_may_read_it() {
    let site = TestSite::new();
    let ada = site.ada();
    for origin in ["https://app.example.org", "http://localhost:9000", "null"] {
        let answer = asks(&ada.clone().sending("Origin", origin).sending("Sec-Fetch-Site", "cross-site"));
        assert!(!answer.headers.iter().any(|(name, _)| name.starts_with("access-control-")), "{origin}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{origin}");
    }
}

#[test]
fn without_a_session_it_says_where_to_log_in() {
    let site = TestSite::new();
    let mut ada = site.ada();
    knows_no_one(&site.visitor(), "a stranger");
    let copy = ada.clone();
    assert_eq!(ada.post("/logout", "").location(), "/");
    knows_no_one(&copy, "after the logout");
    let mut garbled = site.visitor();
    garbled.plant("session", "x");
    knows_no_one(&garbled, "a garbled cookie");
    ada.log_in(ADA, PASSWORD);
    assert_eq!(asks(&ada).status, Status::Ok);
    site.change("update accounts set disabled_at = 1");
    knows_no_one(&ada, "a disabled account");

    let https = Setup::new().with("base_url", "https://login.example.org").build();
    let error = body(&asks(&https.visitor()));
    assert_eq!(error["error"]["login"], "https://login.example.org/login");
    assert_eq!(body(&asks(&https.ada()))["email"], ADA);
}

#[test]
fn the_app_passes_on_the_host_that_the_visitor_typed() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    let app = site.visitor_from("127.0.0.1").sending("X-Forwarded-For", "203.0.113.7");
    assert_eq!(asks(&app).status, Status::Unauthorized);
    let other = app.sending("Host", "127.0.0.1:8000").get("/session");
    assert_eq!((other.status.code, &body(&other)["error"]["code"]), (421, &json!(421)));
}

#[test]
fn a_remembered_device_keeps_its_token() {
    let site = TestSite::new();
    site.ada();
    let mut device = site.visitor();
    assert_eq!(device.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    device.jar.retain(|(name, _)| name == "remember");
    let before = site.rows_without("last_used_at");
    for seconds in [0, 61, 61] {
        site.clock.advance(seconds);
        knows_no_one(&device, "only the cookie of a device");
        // Nor do mistakes of the app cost it its token.
        for (method, path, status) in [
            ("POST", "/session", 405),
            ("PUT", "/session", 405),
            ("GET", "/session/", 404),
            ("POST", "/session/", 404),
            ("POST", "/%73ession", 405),
        ] {
            let answer = device.clone().request(method, path, None, "");
            assert_eq!((answer.status.code, answer.all("set-cookie").len()), (status, 0), "{method} {path}");
            assert_eq!(body(&answer)["error"]["code"], status, "{method} {path}");
        }
    }
    assert_eq!(site.rows_without("last_used_at"), before);
    assert!(device.is_logged_in(), "a page lets it in, in the browser");
    assert_eq!(asks(&device).status, Status::Ok);
    assert_eq!(body(&asks(&device))["fresh"], false);
    assert_eq!(site.number("select count(*) from audit where event = 'device_reused'"), 0);
}

#[test]
fn an_expired_session_is_explained_by_the_next_page() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(2 * HOUR);
    knows_no_one(&ada, "an expired session");
    knows_no_one(&ada, "the same again");
    let login = ada.get("/profile").location().to_owned();
    let notices = ada.get(&login).notices();
    assert!(notices[0].contains("without activity"), "{notices:?}");
}

#[test]
fn a_session_that_is_used_only_by_the_app_stays_alive() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for _ in 0..4 {
        site.clock.advance(HOUR / 2 + 60);
        assert_eq!(asks(&ada).status, Status::Ok);
    }
    assert!(ada.is_logged_in());
}

#[test]
fn errors_are_json_whatever_the_app_accepts() {
    let site = TestSite::new();
    let ada = site.ada();
    for accept in ["*/*", "text/html"] {
        let mut app = ada.clone().sending("Accept", accept);
        let answer = app.post("/session", "");
        assert_eq!((answer.status, &body(&answer)["error"]["code"]), (Status::MethodNotAllowed, &json!(405)));
        let other = app.sending("Host", "").get("/session");
        assert_eq!((other.status, &body(&other)["error"]["code"]), (Status::BadRequest, &json!(400)));
    }
    site.silence_database();
    let answer = asks(&ada);
    assert_eq!((answer.status, &body(&answer)["error"]["code"]), (Status::ServiceUnavailable, &json!(503)));
}

#[test]
fn twenty_questions_a_second_without_a_session_pass_from_one_network() {
    let site = TestSite::new();
    let (mut app, mut other) = (site.visitor_from("203.0.113.7"), site.visitor_from("203.0.113.8"));
    let mut ada = site.visitor_from("203.0.113.7");
    ada.sign_up(ADA, "Ada", PASSWORD);
    ada.log_in(ADA, PASSWORD);
    let mut late = ada.clone();
    ada.post("/logout", "");
    ada.log_in(ADA, PASSWORD);
    for number in 0..1_200 {
        // A cookie that is no session, or no more, is none.
        let asks = if number % 2 == 0 { &mut app } else { &mut late };
        assert_eq!(asks.get("/session").status, Status::Unauthorized, "{number}");
    }
    assert_eq!(late.get("/session").status, Status::TooManyRequests);
    assert_eq!(ada.get("/session").status, Status::Ok, "her session does not wait for the others");
    let refused = app.get("/session");
    assert_eq!((refused.status, refused.header("retry-after")), (Status::TooManyRequests, "1"));
    assert_eq!(body(&refused)["error"]["retry_after"], 1);
    assert_eq!(other.get("/session").status, Status::Unauthorized);
    assert_eq!(app.get("/login").status, Status::Ok, "pages do not count");
    site.clock.advance(1);
    assert_eq!(app.get("/session").status, Status::Unauthorized);
}

#[test]
fn twenty_questions_a_second_pass_for_one_session() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let mut bob = site.visitor();
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    for number in 0..1_200 {
        assert_eq!(ada.get("/session").status, Status::Ok, "{number}");
    }
    let refused = ada.get("/session");
    assert_eq!((refused.status, refused.header("retry-after")), (Status::TooManyRequests, "1"));
    assert_eq!(body(&refused)["error"]["retry_after"], 1);
    assert_eq!(bob.get("/session").status, Status::Ok, "from the same network");
    assert_eq!(site.visitor().get("/session").status, Status::Unauthorized);
    site.clock.advance(1);
    assert_eq!(ada.get("/session").status, Status::Ok);
}

#[test]
fn no_login_leads_there() {
    let site = TestSite::new();
    let mut ada = site.ada();
    ada.post("/logout", "");
    for next in ["/session", "/%73ession", "/session?a=b"] {
        let fields = [("email", ADA), ("password", PASSWORD), ("next", next)];
        assert_eq!(ada.submit("/login", &fields).location(), "/profile", "{next}");
        ada.post("/logout", "");
    }
}
