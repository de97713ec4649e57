//! Bodies and headers that are too large, too many or too deeply nested: refused at once, without more memory.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::sites::{assert_log_is_clean, patient};
use super::tools::memory;
use super::turns::alone;
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor, form};

const MIB: usize = 1024 * 1024;
const GIB: usize = 1024 * MIB;

/// Sends headers and then a body as long as the server reads it, but at most `most` bytes. Returns the status, the
/// number of bytes that were accepted, and the time until the connection was closed.
fn pour(visitor: &Visitor, head: &str, piece: &[u8], most: usize) -> (u16, usize, Duration) {
    let begun = Instant::now();
    let mut stream = visitor.connect().unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    let mut sent = 0;
    while sent < most && stream.write_all(piece).is_ok() {
        sent += piece.len();
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer); // the connection may be closed after the response
    let status = String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.unwrap_or(0), sent, begun.elapsed())
}

#[test]
#[ignore = "a fault: would send gigabytes"]
fn a_body_of_a_gigabyte_is_refused_at_the_limit() {
    let _alone = alone();
    let folder = Folder::new();
    let server = patient(&folder).start();
    let visitor = Visitor::ada(server.address);
    let before = memory(&server, "VmHWM");
    let chunk = [format!("{:x}\r\n", 64 * 1024).as_bytes(), &[b'a'; 64 * 1024], b"\r\n"].concat();
    for path in ["/login", "/signup", "/reauthenticate", "/settings/account", "/nowhere"] {
        let plain = visitor.head("POST", path, GIB);
        let chunked = plain.replace(&format!("Content-Length: {GIB}"), "Transfer-Encoding: chunked");
        for (how, head, piece) in
            [("whole", plain, vec![b'a'; 64 * 1024]), ("in chunks", chunked, chunk.clone())]
        {
            let (status, sent, took) = pour(&visitor, &head, &piece, GIB);
            println!("{path}, a gigabyte {how}: {status} after {} KiB and {took:?}", sent / 1024);
            assert!([0, 404, 413].contains(&status), "{path} {how}: {status}"); // 0: closed before the response was read
            assert!(sent < 16 * MIB, "{path} {how}: {sent} bytes were accepted");
            assert!(took < Duration::from_secs(5), "{path} {how}: {took:?}");
        }
    }
    let after = memory(&server, "VmHWM");
    println!("memory {before} MiB before, at most {after} MiB after");
    assert!(after <= before + 30, "{before} -> {after} MiB");
    assert!(visitor.clone().is_logged_in());
    assert_log_is_clean(&server.stop().err);
}

#[test]
#[ignore = "a fault: odd bodies"]
fn odd_forms_are_refused_quickly_and_cause_no_login() {
    let _alone = alone();
    let folder = Folder::new();
    let server = patient(&folder).start();
    Visitor::ada(server.address);
    let right = form(&[("email", ADA), ("password", PASSWORD)]);
    let bodies = [
        ("16 KiB of fields", "a=&".repeat(5_400)),
        ("10,000 fields", (0..10_000).map(|n| format!("f{n}=1&")).collect::<String>()),
        ("deep nesting", format!("email{}=a&{right}", "[b]".repeat(4_000))),
        ("dots", format!("email{}=a&{right}", ".b".repeat(6_000))),
        ("open brackets", "[".repeat(16_000)),
        ("ampersands", "&".repeat(16_000)),
        ("equals", "=".repeat(16_000)),
        ("percents", "%".repeat(16_000)),
        ("half an escape", format!("{right}%")),
        ("repeated", [&*right; 100].join("&")),
        ("NUL", format!("{right}%00")),
        ("no text", format!("{right}&x=%ff%fe")),
        ("empty", String::new()),
    ];
    for (what, body) in &bodies {
        for path in ["/login", "/signup"] {
            let mut eve = Visitor::at(server.address);
            let begun = Instant::now();
            let answer = eve.send("POST", path, body).unwrap();
            let took = begun.elapsed();
            assert!([303, 413, 422].contains(&answer.status), "{what} to {path}: {answer:?}");
            assert_ne!(answer.leads_to(), "/profile", "{what} to {path}");
            assert!(!eve.jar.contains_key("session"), "{what} to {path}");
            assert!(took < Duration::from_secs(2), "{what} to {path}: {took:?}");
        }
    }
    assert_log_is_clean(&server.stop().err);
}

#[test]
#[ignore = "a fault: odd headers"]
fn odd_headers_are_refused_quickly() {
    let _alone = alone();
    let folder = Folder::new();
    let server = patient(&folder).start();
    let mut visitor = Visitor::at(server.address);
    let before = memory(&server, "VmHWM");
    for (what, header) in [
        ("a cookie of a megabyte", format!("Cookie: session={}", "a".repeat(MIB))),
        ("ten thousand cookies", format!("Cookie: {}", "a=b; ".repeat(10_000))),
        ("a long name", format!("{}: x", "a".repeat(MIB))),
        ("a thousand headers", "X-A: b\r\n".repeat(1_000) + "X-B: c"),
    ] {
        visitor.headers = vec![header, "Connection: close".to_owned()];
        let begun = Instant::now();
        let (status, _, _) = pour(&visitor, &visitor.head("GET", "/", 0), b"", 0);
        println!("{what}: {status} after {:?}", begun.elapsed());
        assert!([0, 200, 400, 431].contains(&status), "{what}: {status}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{what}");
    }
    let after = memory(&server, "VmHWM");
    assert!(after <= before + 30, "{before} -> {after} MiB");
    visitor.headers.clear();
    assert_eq!(visitor.get("/").status, 200);
    assert_log_is_clean(&server.stop().err);
}
