//! The events in the log. Each is one line, with its name from OWASP's Logging Vocabulary.

use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::folder::Folder;
use crate::log::{events, named};
use crate::visitor::{ADA, Answer, PASSWORD, Visitor, wait_for_a_second_to_begin};

const FIREFOX: &str = "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/// The log lines of a request.
fn of<'e>(events: &'e [Value], answer: &Answer) -> Vec<&'e Value> {
    events.iter().filter(|event| event["request_id"] == *answer.header("x-request-id")).collect()
}

/// The ID in the devices page's form for the other device.
fn other_device(page: &Answer) -> String {
    let ids = page.body.split("name=\"id\" value=\"").skip(1);
    ids.filter_map(|rest| rest.split('"').next()).nth(1).unwrap().to_owned()
}

#[test]
fn each_event_is_logged_once_with_request_account_address_and_browser() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    ada.headers.push(FIREFOX.into());
    let mut told: Vec<(Answer, &[&str])> = vec![(ada.sign_up(ADA), &["user_created"])];
    wait_for_a_second_to_begin();
    for _ in 0..4 {
        told.push((ada.log_in(ADA, "wrong"), &["authn_login_fail"]));
    }
    told.push((ada.log_in(ADA, "wrong"), &["authn_login_fail", "authn_login_fail_max"]));
    told.push((ada.log_in(ADA, PASSWORD), &["excess_rate_limit_exceeded"]));
    sleep(Duration::from_millis(1_100));
    let remembered = [("email", ADA), ("password", PASSWORD), ("remember", "yes")];
    told.push((ada.post("/login", &remembered), &["authn_login_success", "authn_token_created"]));
    told.push((ada.post("/reauthenticate", &[("password", "wrong")]), &["authn_login_fail"]));
    told.push((ada.post("/reauthenticate", &[("password", PASSWORD)]), &["authn_login_success"]));
    let mut other = Visitor::at(server.address);
    other.headers.push(FIREFOX.into());
    for _ in 0..2 {
        told.push((other.log_in(ADA, PASSWORD), &["authn_login_success"]));
        other.jar.clear();
    }
    let id = other_device(&ada.get("/settings/devices"));
    told.push((ada.post("/settings/devices/end", &[("id", &id)]), &["session_expired"]));
    told.push((ada.post("/settings/devices/end-others", &[]), &["session_expired"]));
    // Three times, since the token before the previous one is still accepted for tabs that open together.
    let mut copy = ada.clone();
    for _ in 0..3 {
        ada.jar.retain(|name, _| name == "remember");
        told.push((ada.get("/profile"), &["authn_login_success"]));
    }
    copy.jar.retain(|name, _| name == "remember");
    told.push((copy.get("/profile"), &["authn_token_reuse"]));
    told.push((ada.log_in(ADA, PASSWORD), &["authn_login_success"]));
    told.push((ada.post("/logout", &[]), &["session_expired"]));
    let mut lured = ada.clone();
    lured.headers.push("Sec-Fetch-Site: cross-site".into());
    told.push((lured.post("/logout", &[]), &["malicious_csrf"]));

    let events = events(&server.stop());
    let account = named(&events, "user_created")[0]["account"].as_str().unwrap();
    for (answer, names) in told {
        let lines = of(&events, &answer);
        let found: Vec<_> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
        assert_eq!(found, names, "{answer:?}");
        for line in lines {
            assert!(line["browser"] == "Firefox on Linux" && line["address"] == "127.0.0.1", "{line}");
            // It is refused before the user is looked up, so the account is unknown.
            assert!(line["account"] == account || line["event"] == "malicious_csrf", "{line}");
        }
    }
    assert!(events.iter().all(|event| event["level"] != "error"), "{events:#?}");
}

#[test]
fn each_rate_limit_is_logged_with_address_browser_and_account() {
    let folder = Folder::new();
    let run = folder.command(&["--port", "0"]).var("VESTIBULE_LIMIT_SIGNUPS", "1");
    let server = run.var("VESTIBULE_LIMIT_LOGINS", "2").var("VESTIBULE_LIMIT_FORMS", "8").start();
    let mut ada = Visitor::at(server.address);
    ada.headers.push(FIREFOX.into());
    ada.sign_up(ADA);
    let mut told = vec![("", ada.sign_up("bob@example.org"))];
    for _ in 0..2 {
        assert_eq!(ada.log_in("nobody@example.org", "wrong").status, 303);
    }
    told.push(("its own", ada.log_in(ADA, PASSWORD)));
    let again = ada.log_in("nobody@example.org", PASSWORD); // within the same minute, so it is counted but not logged
    for _ in 0..2 {
        assert_eq!(ada.post("/nowhere", &[]).status, 404);
    }
    told.push(("", ada.post("/nowhere", &[])));
    let events = events(&server.stop());
    let account = named(&events, "user_created")[0]["account"].as_str().unwrap();
    assert!(again.status == 429 && of(&events, &again).is_empty(), "{again:?}");
    let more: Vec<_> = events.iter().filter(|event| !event["more"].is_null()).collect();
    assert!(more.len() == 1 && more[0]["more"] == 1 && more[0]["address"] == "127.0.0.1", "{more:#?}");
    for (whose, answer) in told {
        let lines = of(&events, &answer);
        assert!(answer.status == 429 && lines.len() == 1, "{answer:?}: {lines:#?}");
        let line = lines[0];
        assert_eq!(line["event"], "excess_rate_limit_exceeded");
        assert!(line["browser"] == "Firefox on Linux" && line["address"] == "127.0.0.1", "{line}");
        let named = line["account"].as_str().unwrap_or_default();
        assert_eq!(named, if whose.is_empty() { "" } else { account }, "{line}");
    }
}

#[test]
fn a_login_to_a_disabled_account_is_logged_with_the_account_and_the_reason() {
    let (folder, _) = Folder::of_ada();
    folder.run(&["account", "disable", ADA]).succeeded();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    let (wrong, right) = (ada.log_in(ADA, "wrong"), ada.log_in(ADA, PASSWORD));
    assert_eq!(
        (right.status, right.leads_to()),
        (wrong.status, wrong.leads_to()),
        "the visitor cannot tell them apart"
    );
    let events = events(&server.stop());
    for (answer, reason) in [(wrong, "wrong password"), (right, "of a disabled account")] {
        let lines = of(&events, &answer);
        assert!(lines.len() == 1 && lines[0]["event"] == "authn_login_fail", "{lines:#?}");
        assert_eq!(lines[0]["account"].as_str().map(str::len), Some(36), "{}", lines[0]);
        assert!(lines[0]["message"].as_str().unwrap().contains(reason), "{}", lines[0]);
    }
}

#[test]
fn an_expired_session_is_logged_when_its_cookie_is_used() {
    let folder = Folder::new();
    let server = folder.command(&["--port", "0"]).var("VESTIBULE_SESSION_IDLE", "1s").start();
    let mut ada = Visitor::at(server.address);
    ada.sign_up(ADA);
    ada.log_in(ADA, PASSWORD);
    sleep(Duration::from_millis(1_100));
    let answer = ada.get("/profile");
    assert_eq!(answer.header("location"), "/login?next=%2Fprofile");
    ada.get("/profile");
    let events = events(&server.stop());
    let expired = named(&events, "session_expired");
    assert_eq!((expired.len(), of(&events, &answer).len()), (1, 1), "{events:#?}");
    assert_eq!(expired[0]["account"], named(&events, "user_created")[0]["account"]);
    assert!(expired[0]["address"] == "127.0.0.1" && expired[0]["browser"] == "an unknown browser");
}

#[test]
fn a_changed_password_appears_in_the_activity() {
    let (folder, _) = Folder::of_ada();
    folder
        .command(&["account", "set-password", ADA])
        .input("another good one, not guessed")
        .finish()
        .succeeded();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.log_in(ADA, "another good one, not guessed").leads_to(), "/profile");
    let activity = ada.get("/settings/activity").body;
    assert!(activity.contains("Your password was changed"), "{activity}");
    assert!(activity.contains("By the people who run this site"), "{activity}");
}

#[test]
fn a_flood_of_refused_forms_is_summarized_in_a_few_lines() {
    const FLOOD: i64 = 300;
    let folder = Folder::new();
    let server = folder.command(&["--port", "0"]).var("VESTIBULE_LIMIT_FORMS", "1").start();
    let visitor = Visitor::at(server.address);
    let lured = Visitor { headers: vec!["Sec-Fetch-Site: cross-site".into()], ..visitor.clone() };
    let (mut early, mut foreign) = (0, 0);
    for _ in 0..FLOOD {
        early += i64::from(visitor.clone().post("/nowhere", &[]).status == 429);
        foreign += i64::from(lured.clone().post("/nowhere", &[]).status == 403);
    }
    assert!(early >= FLOOD - 10 && foreign == FLOOD, "{early} {foreign}");
    let events = events(&server.stop());
    for (name, sent) in [("excess_rate_limit_exceeded", early), ("malicious_csrf", foreign)] {
        let lines = named(&events, name);
        let stand_for = lines.iter().map(|line| line["more"].as_i64().unwrap_or(1)).sum::<i64>();
        // Two for each minute of the test.
        assert!(lines.len() <= 4, "{} lines: {lines:#?}", lines.len());
        assert_eq!(stand_for, sent, "{name}");
    }
}
