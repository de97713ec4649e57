//! What the gate writes into the log, and what it makes of bytes that are no text. Strangers can cause both at will, for every
//! request to an app: a cause is one line a minute.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::folder::Folder;
use crate::log::{events, named};
use crate::support::{Ended, Server};

const WIKI: &[u8] = b"X-Forwarded-Host: wiki.example.org";
const PAGE: &[u8] = b"X-Forwarded-Uri: /page";
const HERE: &[u8] = b"Host: 127.0.0.1:8000";
const ADDRESSES: [&str; 3] = ["/gate/forward-auth", "/gate/auth-request", "/gate/enter"];

/// A site with an app.
fn with_wiki() -> Folder {
    let (folder, _) = Folder::of_ada();
    folder.run(&["app", "add", "wiki", "--at", "https://wiki.example.org"]).succeeded();
    folder
}

/// Starts it behind a proxy on this machine.
fn serve(folder: &Folder, trusted: &str) -> Server {
    let run = folder.command(&["--port", "0"]).var("VESTIBULE_TRUSTED_PROXIES", trusted);
    run.var("VESTIBULE_BASE_URL", "https://login.example.org").announced()
}

/// The status of the answer to a question with these lines, whatever bytes are in them. The answer lets no one in.
fn ask(server: SocketAddr, address: &str, lines: &[&[u8]]) -> u16 {
    let mut stream = TcpStream::connect(server).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!("GET {address} HTTP/1.1\r\nConnection: close\r\n").into_bytes();
    stream.write_all(&[head, lines.join(&b"\r\n"[..]), b"\r\n\r\n".to_vec()].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(!answer.contains("\r\nremote-"), "{answer}");
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{answer:?}"))
}

/// A header.
fn line(name: &str, value: &[u8]) -> Vec<u8> {
    [name.as_bytes(), b": ", value].concat()
}

/// The minute that it is now.
fn minute() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 60
}

/// Asserts that in so many minutes each event has at most as many lines for each host. The minute of a question counts, and
/// its line may be written in the next one.
fn assert_once_a_minute(events: &[Value], minutes: u64) {
    let mut counts: BTreeMap<_, u64> = BTreeMap::new();
    for event in events {
        *counts.entry((event["event"].to_string(), event["host"].to_string())).or_default() += 1;
    }
    assert!(counts.values().all(|count| *count <= minutes), "{minutes} minutes: {counts:?}\n{events:#?}");
}

/// The lines of a log but those of a start and an end.
fn about_the_gate(ended: &Ended) -> Vec<Value> {
    let own = ["sys_startup", "sys_shutdown"];
    let all = events(ended).into_iter();
    all.filter(|event| !event["event"].as_str().is_some_and(|name| own.contains(&name))).collect()
}

#[test]
fn each_cause_is_one_line_a_minute_and_what_is_usual_is_none() {
    let (folder, begun) = (with_wiki(), minute());
    let server = serve(&folder, "127.0.0.1");
    for _ in 0..20 {
        for address in ADDRESSES {
            let status = |lines: &[&[u8]]| ask(server.address, address, lines);
            assert_eq!(status(&[HERE]), 403);
            assert_eq!(status(&[HERE, WIKI, b"X-Forwarded-Uri: \xff"]), 403);
            assert_eq!(status(&[HERE, b"X-Forwarded-Host: evil.test", PAGE]), 403);
            assert_eq!(status(&[b"Host: login.example.org", WIKI, PAGE]), 404);
            // Nothing is wrong with these: someone is not logged in, or another app's cookies came along.
            assert_eq!(status(&[HERE, WIKI, PAGE]), 401);
            assert_eq!(
                status(&[HERE, WIKI, PAGE, b"Cookie: a=b; __Host-gate=x; __Host-gate=y; \xc3\xa9=z"]),
                401
            );
        }
        let page = [HERE, WIKI, PAGE, b"Sec-Fetch-Mode: navigate"];
        assert_eq!(ask(server.address, "/gate/forward-auth", &page), 303);
    }
    let lines = about_the_gate(&server.stop());
    assert_once_a_minute(&lines, minute() - begun + 1);
    for (name, word) in [
        ("gate_unreadable", "X-Forwarded-Uri"),
        ("gate_unknown_host", "evil.test"),
        ("gate_front_door", "https://login.example.org"),
    ] {
        let of_it = named(&lines, name);
        assert!(!of_it.is_empty(), "{name}: {lines:#?}");
        for line in of_it {
            assert!(line["level"] == "warn" && line["message"].as_str().unwrap().contains(word), "{line}");
        }
    }
    let known = ["gate_unreadable", "gate_unknown_host", "gate_front_door"];
    assert!(lines.iter().all(|line| known.iter().any(|name| line["event"] == *name)), "{lines:#?}");
}

#[test]
fn a_peer_that_is_not_trusted_is_named_once_a_minute_whatever_it_sends() {
    let (folder, begun) = (with_wiki(), minute());
    let server = serve(&folder, "10.0.0.2");
    for _ in 0..20 {
        for address in ADDRESSES {
            for lines in [&[HERE][..], &[HERE, WIKI, PAGE], &[HERE, b"X-Forwarded-Host: evil.test", PAGE]] {
                assert_eq!(ask(server.address, address, lines), 403);
            }
            assert_eq!(ask(server.address, address, &[HERE, WIKI, PAGE, b"X-Forwarded-For: 10.0.0.2"]), 403);
        }
    }
    let lines = about_the_gate(&server.stop());
    assert_once_a_minute(&lines, minute() - begun + 1);
    assert!(
        lines.iter().all(|line| line["event"] == "gate_untrusted" && line["peer"] == "127.0.0.1"),
        "{lines:#?}"
    );
}

#[test]
fn a_flood_of_names_writes_a_hundred_lines_a_minute() {
    let (folder, begun) = (with_wiki(), minute());
    let server = serve(&folder, "127.0.0.1");
    for number in 0..300 {
        let host = format!("X-Forwarded-Host: name-{number}.example.org");
        for _ in 0..2 {
            assert_eq!(ask(server.address, ADDRESSES[number % 3], &[HERE, host.as_bytes(), PAGE]), 403);
        }
    }
    let lines = about_the_gate(&server.stop());
    assert_once_a_minute(&lines, minute() - begun + 1);
    let most = 100 * (minute() - begun + 1);
    assert!((100..=most).contains(&(lines.len() as u64)), "{} lines, {most} at most", lines.len());
}

#[test]
fn bytes_that_are_no_text_let_nobody_in() {
    let folder = with_wiki();
    let server = serve(&folder, "127.0.0.1");
    for address in ADDRESSES {
        let status = |lines: &[&[u8]]| ask(server.address, address, lines);
        for odd in
            [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"/\xff", b"/page\xfe", b"/\x80/../page"]
        {
            assert_eq!(status(&[HERE, WIKI, &line("X-Forwarded-Uri", odd)]), 403, "{odd:?}");
            assert_eq!(
                status(&[HERE, &line("X-Forwarded-Host", &[&b"wiki.example.org"[..], odd].concat()), PAGE]),
                403,
                "{odd:?}"
            );
            assert_eq!(
                status(&[HERE, WIKI, PAGE, &line("Cookie", &[&b"__Host-gate="[..], odd].concat())]),
                401,
                "{odd:?}"
            );
            assert_eq!(status(&[HERE, WIKI, PAGE, &line("X-Forwarded-Method", odd)]), 401, "{odd:?}");
        }
        let long = format!("/{}", "a".repeat(8_192));
        assert_eq!(status(&[HERE, WIKI, &line("X-Forwarded-Uri", long.as_bytes())]), 403);
    }
    let lines = about_the_gate(&server.stop());
    assert!(lines.iter().all(|line| line["event"] == "gate_unreadable"), "{lines:#?}");
}
