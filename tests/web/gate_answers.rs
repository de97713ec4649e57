//! What the gate answers: each kind of visitor at each of its addresses.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;
use vestibule::services::apps::NewApp;
use vestibule::web::paths::{AUTH_REQUEST, ENTER, FORWARD_AUTH};

use crate::gate_support::{NAMES, Question, WIKI, at, leave, of_family, with_wiki};
use crate::support::{ADA, Answer, TestSite};

const BOB: &str = "bob@example.org";
const PAGE: &str = "https://wiki.example.org/page?a=b";
const VAULT: &str = "https://vault.example.org";
pub const ADDRESSES: [&str; 3] = [AUTH_REQUEST, FORWARD_AUTH, ENTER];

/// The addresses of the gate, and whether a person opens a page.
const COLUMNS: [(&str, bool); 5] =
    [(AUTH_REQUEST, false), (FORWARD_AUTH, true), (FORWARD_AUTH, false), (ENTER, true), (ENTER, false)];

/// The statuses of a question in each of the columns.
fn statuses(question: &Question, site: &TestSite) -> [u16; 5] {
    COLUMNS.map(|(address, navigates)| {
        let question = question.clone().to(address);
        let question = if navigates { question.navigating() } else { question };
        question.ask(site).status()
    })
}

/// Nothing of an answer lets anybody in, or says who is there.
pub fn is_refused(answer: &Answer, what: &str) {
    assert!(!(200..300).contains(&answer.status()), "{what}: {}", answer.status());
    for name in NAMES {
        assert_eq!(answer.all(name), [""; 0], "{what}");
    }
    assert_eq!(answer.header("cache-control"), "no-store", "{what}");
}

#[test]
fn each_address_answers_what_its_proxy_understands() {
    let site = with_wiki();
    site.add_app(&NewApp { fresh_for: Some(900), ..at("vault", &[VAULT]) });
    let ada = of_family(&site, ADA).enter(WIKI).enter(VAULT);
    let bob = of_family(&site, BOB).enter(WIKI);
    leave(&site, BOB, "family");
    site.clock.advance(900);
    let vault = format!("{VAULT}/");
    //                        auth-request, forward-auth of a person, of a program, enter of a person, of a program
    let table = [
        ("nobody", Question::about(PAGE), [401, 303, 401, 303, 401]),
        ("somebody else", bob.question(PAGE), [403, 303, 403, 303, 403]),
        ("too long ago", ada.question(&vault), [401, 303, 401, 303, 401]),
        ("a member", ada.question(PAGE), [200, 200, 200, 303, 303]),
    ];
    for (who, question, expected) in &table {
        assert_eq!(statuses(question, &site), *expected, "{who}");
        let person = question.clone().to(AUTH_REQUEST).navigating().ask(&site);
        assert_eq!(person.status(), expected[0], "nginx passes nothing on: {who}");
    }
    site.silence_database();
    sleep(Duration::from_millis(1_100)); // what was read before is good for a second
    for (who, question, _) in &table {
        assert_eq!(statuses(question, &site), [503; 5], "{who}");
    }
    let answer = Question::about(PAGE).ask(&site);
    assert_eq!((answer.header("retry-after"), &*answer.body), ("5", ""));
    is_refused(&answer, "without a database");
}

#[test]
fn a_refusal_for_nginx_is_a_status_and_nothing_else() {
    let site = with_wiki();
    let bob = of_family(&site, BOB).enter(WIKI);
    leave(&site, BOB, "family");
    for (question, status) in [(Question::about(PAGE), 401), (bob.question(PAGE), 403)] {
        let answer = question.to(AUTH_REQUEST).navigating().ask(&site);
        assert_eq!((answer.status(), &*answer.body), (status, ""));
        let headers: Vec<_> = answer.headers.iter().map(|(name, _)| &**name).collect();
        assert_eq!(headers, ["cache-control"], "no question for a password either");
    }
}

#[test]
fn a_program_reads_why_it_is_refused_and_where_to_log_in() {
    let site = with_wiki();
    site.add_app(&NewApp { fresh_for: Some(900), ..at("vault", &[VAULT]) });
    let ada = of_family(&site, ADA).enter(VAULT);
    let bob = of_family(&site, BOB).enter(WIKI);
    leave(&site, BOB, "family");
    site.clock.advance(900);
    let vault = format!("{VAULT}/x");
    for (question, status, field, address) in [
        (Question::about(PAGE), 401, "login", json!("https://login.example.org/login")),
        (ada.question(&vault), 401, "reauthenticate", json!("https://login.example.org/reauthenticate")),
        (bob.question(PAGE), 403, "login", json!(null)),
    ] {
        for check in [FORWARD_AUTH, ENTER] {
            let answer = question.clone().to(check).with("Accept", "*/*").ask(&site);
            let error = &answer.json()["error"];
            assert_eq!((answer.status(), &error["code"]), (status, &json!(status)), "{check}");
            assert_eq!(error[field], address, "{check}");
            assert_eq!(answer.header("content-type"), "application/json", "{check}");
            assert_eq!(answer.all("www-authenticate"), [""; 0], "no browser asks its user for a password");
            assert_eq!(answer.all("set-cookie"), [""; 0], "{check}");
            is_refused(&answer, check);
        }
    }
}

#[test]
fn only_who_opens_a_page_is_led_away_from_it() {
    let site = with_wiki();
    let html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let mode = |mode| vec![("Accept", html), ("Sec-Fetch-Mode", mode)];
    for (headers, status) in [
        (mode("navigate"), 303),
        (vec![("Sec-Fetch-Mode", "navigate")], 303),
        (vec![("Accept", html)], 303),
        (vec![], 401),
        (vec![("Accept", "*/*")], 401),
        (vec![("Accept", "application/json")], 401),
        (mode("cors"), 401),
        (mode("no-cors"), 401),
        (mode("same-origin"), 401),
        (mode("websocket"), 401),
        (mode(""), 401),
        (vec![("Accept", html), ("Sec-Fetch-Dest", "image")], 401),
        (vec![("Accept", html), ("Sec-Fetch-Site", "same-origin")], 401),
        (vec![("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Mode", "cors")], 401),
        (vec![("Accept", html), ("X-Requested-With", "XMLHttpRequest"), ("Sec-Fetch-Mode", "cors")], 401),
    ] {
        for check in [FORWARD_AUTH, ENTER] {
            let question = Question::about(PAGE).to(check);
            let asked = headers.iter().fold(question, |question, (name, value)| question.with(name, value));
            assert_eq!(asked.ask(&site).status(), status, "{headers:?} at {check}");
        }
    }
}

#[test]
fn the_method_of_the_check_does_not_matter() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    for method in ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "TRACE", "CONNECT", "PATCH"] {
        let ask = |question: Question, check: &str| question.by(method).to(check).ask(&site).status();
        for check in ADDRESSES {
            let allowed = if check == ENTER { 303 } else { 200 };
            assert_eq!(ask(ada.question(PAGE), check), allowed, "{method} {check}");
            assert_eq!(ask(Question::about(PAGE), check), 401, "{method} {check}");
            assert_eq!(ask(ada.question(PAGE).from("203.0.113.7"), check), 403, "{method} {check}");
            // As a browser sends a form from another site.
            let foreign = ada.question(PAGE).with("Origin", "https://evil.test");
            assert_eq!(ask(foreign.with("Sec-Fetch-Site", "cross-site"), check), allowed, "{method} {check}");
        }
    }
}

#[test]
fn the_query_of_the_check_does_not_matter_and_no_other_path_is_the_gate() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    for check in ["/gate/forward-auth?x=1", "/gate/auth-request?to=/x&to=/y", "/gate/forward-auth?"] {
        assert_eq!(ada.question(PAGE).to(check).ask(&site).status(), 200, "{check}");
        assert_eq!(Question::about(PAGE).to(check).ask(&site).status(), 401, "{check}");
    }
    for path in [
        "/gate/forward-auth/",
        "//gate/forward-auth",
        "/gate//auth-request",
        "/gate/%66orward-auth",
        "/Gate/forward-auth",
        "/gate/forward-auth/x",
        "/gate/x",
    ] {
        let answer = ada.question(PAGE).to(path).ask(&site);
        assert!(!(200..300).contains(&answer.status()), "{path}: {}", answer.status());
        assert!(NAMES.iter().all(|name| answer.all(name).is_empty()), "{path}");
    }
}

#[test]
fn a_cookie_that_is_no_pass_is_none() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA).enter(WIKI);
    let pass = ada.pass(WIKI).unwrap();
    let (upper, lower) = (pass.to_uppercase(), pass.to_lowercase());
    let session = ada.visitor.cookie("__Host-session").unwrap().to_owned();
    let long = "A".repeat(8_000);
    for value in [
        "",
        "x",
        "%",
        "%00",
        "é",
        "\"",
        &pass[1..],
        &format!("{pass}="),
        &format!("{pass}A"),
        &format!(" {pass}"),
        &format!("{pass}\0"),
        &format!("\"{pass}\""),
        &upper,
        &lower,
        &session,
        &long,
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let question = Question::about(PAGE).cookie("__Host-gate", value);
        assert_eq!(statuses(&question, &site), [401, 303, 401, 303, 401], "{value:.50}");
    }
    for name in ["gate", "__Secure-gate", "__host-gate", "__Host-Gate", "session", "__Host-visit"] {
        let question = Question::about(PAGE).cookie(name, &pass);
        assert_eq!(question.ask(&site).status(), 401, "{name}");
    }
    assert_eq!(Question::about(PAGE).cookie("__Host-gate", &pass).ask(&site).status(), 200);
}
