//! The general rate limit of forms: how many a network may send per minute, whatever they are and wherever
//! they go.

use rocket::http::Status;
use serde_json::Value;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

/// A site that accepts three forms a minute from a network.
fn site() -> TestSite {
    Setup::new().with("limit_forms", "3").build()
}

/// A visitor who has used up the limit of their network.
fn exhausted(site: &TestSite) -> Visitor<'_> {
    let mut visitor = site.visitor_from("203.0.113.7");
    for _ in 0..3 {
        assert_eq!(visitor.post("/nowhere", "").status, Status::NotFound);
    }
    visitor
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == Status::TooManyRequests
}

#[test]
fn three_hundred_forms_a_minute_pass_and_then_five_a_second() {
    let site = TestSite::new();
    let mut visitor = site.visitor_from("203.0.113.7");
    for number in 0..300 {
        assert_eq!(visitor.post("/logout", "").status, Status::SeeOther, "{number}");
    }
    let refused = visitor.post("/logout", "");
    assert_eq!((refused.status, refused.header("retry-after")), (Status::TooManyRequests, "1"));
    assert!(refused.says("<h1>Too many requests from your internet connection</h1>"), "{}", refused.body);
    assert!(refused.says("Wait 1 second, then try again.") && refused.menu().contains(&"Home".to_owned()));
    assert_eq!(site.visitor_from("203.0.113.8").post("/logout", "").status, Status::SeeOther);
    site.clock.advance(1);
    let more = (0..10).filter(|_| !is_refused(&visitor.post("/logout", "")));
    assert_eq!(more.count(), 5, "a second gives back five");
}

#[test]
fn it_applies_to_every_path_and_every_method_that_may_change_something() {
    let site = site();
    let mut visitor = exhausted(&site);
    for path in
        ["/login", "/signup", "/logout", "/reset", "/settings/password", "/profile", "/nowhere", "/health"]
    {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            assert!(is_refused(&visitor.request(method, path, FORM, "")), "{method} {path}");
        }
    }
    for body in ["_method=get", "&_method=get", "_method=head", "_method=options"] {
        assert!(is_refused(&visitor.post("/profile", body)), "{body}");
    }
}

#[test]
fn pages_still_work_and_do_not_count() {
    let site = site();
    let mut reader = site.visitor_from("203.0.113.7");
    for _ in 0..20 {
        for method in ["GET", "HEAD", "OPTIONS"] {
            assert!(!is_refused(&reader.request(method, "/login", None, "")));
        }
    }
    let mut visitor = exhausted(&site);
    assert!(is_refused(&visitor.post("/login", "")));
    assert_eq!(visitor.get("/login").status, Status::Ok);
}

#[test]
fn it_is_checked_before_guards_database_and_body() {
    let site = site();
    let mut visitor = exhausted(&site);
    site.silence_database();
    for (kind, body) in [(FORM, "x".repeat(100_000)), (Some("application/json"), "{}".to_owned())] {
        assert!(is_refused(&visitor.request("POST", "/login", kind, &body)));
    }
    visitor.plant("session", "x");
    let refused = visitor.post("/settings/close", "");
    assert!(is_refused(&refused) && refused.all("set-cookie").is_empty());
}

#[test]
fn a_program_gets_the_refusal_in_json() {
    let site = site();
    let mut program = exhausted(&site).sending("Accept", "application/json");
    let answer = program.log_in("ada@example.org", PASSWORD);
    assert_eq!((answer.status, answer.header("retry-after")), (Status::TooManyRequests, "21"));
    let error: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&error["error"]["code"], &error["error"]["retry_after"]), (&429.into(), &21.into()));
    let description = "Too many requests from your internet connection. Wait 21 seconds, then try again.";
    assert_eq!(error["error"]["description"], description);
}

#[test]
fn forms_sent_from_another_site_do_not_use_up_the_limit() {
    let site = site();
    let mut lured = site.visitor_from("203.0.113.7").sending("Sec-Fetch-Site", "cross-site");
    for _ in 0..10 {
        assert_eq!(lured.post("/logout", "").status, Status::Forbidden);
    }
    assert!(!is_refused(&site.visitor_from("203.0.113.7").post("/logout", "")));
}

#[test]
fn a_strangers_header_does_not_decide_which_network_counts() {
    let site = Setup::new().with("limit_forms", "3").with("trusted_proxies", "10.0.0.1").build();
    let from = |peer: &str, forwarded: &str| {
        is_refused(&site.visitor_from(peer).sending("X-Forwarded-For", forwarded).post("/logout", ""))
    };
    for number in 0..3 {
        assert!(!from("10.0.0.1", &format!("192.0.2.{number}, 203.0.113.7")));
    }
    assert!(from("10.0.0.1", "192.0.2.9, 203.0.113.7") && from("203.0.113.7", "192.0.2.9"));
    assert!(!from("10.0.0.1", "192.0.2.9"));
}
