//! `vestibule app check`: it says no more than it sees. What is right stays right in slow networks, an app is not taken for
//! the gate, and what cannot be seen from outside is told as such.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::app_check_proxy::{Fault, Stage, proxy, wrong};
use crate::free_address::free_address;

/// What one check says, with its advice.
fn said_by(said: &Value, check: &str) -> String {
    let all = said["at"][0]["checks"].as_array().unwrap().iter().chain(said["itself"].as_array().unwrap());
    let found = all.filter(|found| found["check"] == check);
    found.map(|found| format!("{} {} {}\n", found["state"], found["said"], found["advice"])).collect()
}

#[test]
fn a_proxy_that_is_right_is_fine_in_any_second() {
    let stage = Stage::new("127.0.0.1");
    let (ended, said) = stage.said(Fault::Slow);
    assert_eq!((ended.status, wrong(&said).0), (Some(0), vec![]), "{said:#}");
}

#[test]
fn an_app_that_refuses_strangers_itself_is_not_taken_for_the_gate() {
    let stage = Stage::new("127.0.0.1");
    for (fault, found) in
        [(Fault::AppRefuses, &["asked", "strangers"][..]), (Fault::AppRefusesPages, &["strangers"])]
    {
        let (ended, said) = stage.said(fault);
        let (names, advice) = wrong(&said);
        assert_eq!(names, found, "{fault:?}: {said:#}");
        assert_eq!(ended.status, Some(1));
        let told = said.to_string();
        assert!(told.contains("Something other than the gate answered / (403)"), "{told}");
        assert!(!told.contains("is refused") && !told.contains("does not understand"), "{told}");
        assert!(advice.contains("auth_request /.vestibule/check;"), "{advice}");
    }
    let asked = said_by(&stage.said(Fault::AppRefuses).1, "asked");
    assert!(asked.contains("Something other than the gate answered /.vestibule/ (403)"), "{asked}");
    // The gate's own refusal is known for one.
    let strangers = said_by(&stage.said(Fault::LeadsNobody).1, "strangers");
    assert!(strangers.contains("refused (401), but not led to the login page"), "{strangers}");
}

#[test]
fn the_gate_marks_its_refusals_for_nobody_else() {
    let stage = Stage::new("127.0.0.1");
    let site = stage.server.address;
    for cookie in ["a=b", "vestibule-probe=1", "vestibule-probe=1795892616.jacjacjac", "vestibule-probe="] {
        let mut stream = TcpStream::connect(site).unwrap();
        let ask = format!(
            "GET /gate/forward-auth HTTP/1.1\r\nHost: {site}\r\nX-Forwarded-Host: wiki.localhost\r\n\
             X-Forwarded-Uri: /\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(ask.as_bytes()).unwrap();
        let mut told = String::new();
        stream.read_to_string(&mut told).unwrap();
        let told = told.to_lowercase();
        assert!(told.starts_with("http/1.1 401") && !told.contains("www-authenticate"), "{cookie}: {told}");
    }
}

#[test]
fn a_gate_that_is_not_reached_is_not_said_to_be_asked() {
    let stage = Stage::new("127.0.0.1");
    for status in [500, 502, 503] {
        let said = stage.said(Fault::Lost(status)).1;
        let asked = said_by(&said, "asked");
        assert!(asked.contains(&format!("does not reach the gate: it answers {status}")), "{asked}");
    }
    let url = format!("http://{}", proxy(stage.server.address, Fault::AsksElsewhere));
    let out = stage.check(&["--url", &url, "--proxy", "nginx"]).out;
    assert!(
        out.contains("  wrong  nginx answers / with 500: what it asks there is not the gate's."),
        "{out}"
    );
    assert!(out.contains("proxy_pass http://vestibule/gate/auth-request;"), "{out}");
}

#[test]
fn a_host_that_a_visitor_names_does_not_reach_the_gate() {
    let stage = Stage::new("127.0.0.1");
    for fault in [Fault::AnyHost, Fault::SecondHost] {
        let (ended, said) = stage.said(fault);
        let (names, advice) = wrong(&said);
        assert_eq!((ended.status, names), (Some(1), vec!["forged-host".to_owned()]), "{fault:?}: {said:#}");
        assert!(advice.contains("X-Forwarded-Host $server_name; in vestibule_ask.conf"), "{advice}");
    }
}

#[test]
fn another_apps_part_of_the_proxy_is_named() {
    let stage = Stage::new("127.0.0.1");
    stage.folder.run(&["app", "add", "blog", "--at", "http://blog.localhost:8080"]).succeeded();
    let url = format!("http://{}", proxy(stage.server.address, Fault::OtherApp));
    let ended = stage.check(&["--url", &url, "--proxy", "haproxy"]);
    assert_eq!(ended.status, Some(1));
    for told in [
        "The gate is told blog.localhost, which is the app blog: the proxy has no part of its own for wiki.localhost.",
        "vestibule app snippet wiki haproxy",
    ] {
        assert!(ended.out.contains(told), "{ended:?}");
    }
}

#[test]
fn the_advice_is_that_of_the_named_proxy_alone() {
    let stage = Stage::new("127.0.0.1");
    let url = format!("http://{}", proxy(stage.server.address, Fault::LetsIn));
    let out = stage.check(&["--url", &url, "--proxy", "traefik"]).out;
    assert!(out.starts_with("http://wiki.localhost:8080, behind Traefik\n"), "{out}");
    assert!(out.contains("In Traefik: the forwardAuth middleware") && !out.contains("In nginx:"), "{out}");
    let out = stage.check(&["--url", &url]).out;
    assert!(out.contains("In Traefik:") && out.contains("In nginx:"), "{out}");
    let ended = stage.check(&["--url", &url, "--proxy", "apache"]);
    assert!(ended.status != Some(0) && ended.err.contains("type one of nginx, caddy"), "{ended:?}");
}

#[test]
fn visitors_who_all_seem_to_be_the_proxy_are_told() {
    let stage = Stage::new("127.0.0.1");
    let (names, advice) = wrong(&stage.said(Fault::NoVisitor).1);
    assert_eq!(names, ["visitor"]);
    assert!(advice.contains("proxy_set_header X-Forwarded-For $remote_addr;"), "{advice}");
}

#[test]
fn http_on_a_port_of_https_is_no_open_door() {
    let stage = Stage::new("127.0.0.1");
    let (ended, said) = stage.said(Fault::Tls);
    let (names, advice) = wrong(&said);
    assert_eq!((ended.status, names), (Some(1), vec!["asked".to_owned()]), "{said:#}");
    assert!(advice.contains("Is it https there?") && advice.contains("--url https://127.0.0.1:"), "{advice}");
    assert!(!said.to_string().contains("gets in"), "{said:#}");
}

#[test]
fn what_is_not_seen_is_a_note_with_what_to_type() {
    let stage = Stage::new("127.0.0.1");
    let said = stage.said(Fault::Nothing).1;
    let note = said_by(&said, "remote-user");
    for told in [
        "\"note\"",
        "cannot be seen from outside",
        "curl -H 'Remote-User: root'",
        "gate-",
        "http://wiki.localhost:8080/",
    ] {
        assert!(note.contains(told), "{told}: {note}");
    }
    let spellings = said_by(&said, "spellings");
    assert!(spellings.contains("do not come to the gate"), "{spellings}");
}

#[test]
fn an_app_that_is_not_there_is_told() {
    let stage = Stage::new("127.0.0.1");
    let url = format!("http://{}", proxy(stage.server.address, Fault::Nothing));
    let closed = free_address().to_string();
    let ended = stage.check(&["--url", &url, "--app", &closed]);
    let told = format!("  wrong  Nothing listens at {closed}.");
    assert!(ended.status == Some(1) && ended.out.contains(&told), "{ended:?}");
    assert!(!ended.out.contains("nothing is reached at"), "{ended:?}");
    let there = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = there.local_addr().unwrap().to_string();
    let out = stage.check(&["--url", &url, "--app", &at]).succeeded().out;
    assert!(out.contains(&format!("  fine   Something listens at {at}.")), "{out}");

    // A path that is open shows it without --app.
    stage.folder.run(&["app", "set", "wiki", "--open", "/public"]).succeeded();
    thread::sleep(Duration::from_millis(1_100)); // until the site has read it
    let (names, advice) = wrong(&stage.said(Fault::NoApp).1);
    assert_eq!(names, ["app-answers"], "{advice}");
    assert!(advice.contains("vestibule app snippet wiki PROXY --app"), "{advice}");
    let said = stage.said(Fault::Nothing).1;
    assert!(said_by(&said, "app-answers").contains("/public is open, and is answered 200"), "{said:#}");
}
