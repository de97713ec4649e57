//! Clients that begin to send a form and then send nothing more. Pages and logins still work.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor, form};

/// Every path that reads a form.
const FORMS: [&str; 8] = [
    "/signup",
    "/login",
    "/reauthenticate",
    "/reset",
    "/settings/account",
    "/settings/password",
    "/settings/close",
    "/settings/devices/end",
];

/// Begins to send this many forms, each with its first bytes. Rocket reads fourteen bytes before it calls any code
/// of the site.
fn begin(visitor: &Visitor, path: &str, count: usize) -> Vec<TcpStream> {
    let request = visitor.head("POST", path, 1_000) + "password=a-very-slow-one";
    let begin = || {
        let mut stream = visitor.connect().unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    };
    (0..count).map(|_| begin()).collect()
}

/// The time of the slowest of a few visits.
fn longest(mut visit: impl FnMut()) -> Duration {
    let times = (0..5).map(|_| {
        let begun = Instant::now();
        visit();
        begun.elapsed()
    });
    times.max().unwrap()
}

#[test]
fn a_hundred_slow_clients_at_each_form_do_not_slow_others_down() {
    let folder = Folder::new();
    let server = folder.command(&["--port", "0"]).patient().start();
    let mut ada = Visitor::ada(server.address);
    let slow: Vec<_> = FORMS.iter().flat_map(|path| begin(&ada, path, 100)).collect();
    assert_eq!(slow.len(), 800);
    // Connections are accepted in the order in which they came. While the system's queue of them is full, a new one is
    // dropped and tried again after a second: a visit that is answered shows that the 800 have left the queue.
    assert_eq!(Visitor::at(server.address).get("/").status, 200);
    let page = longest(|| assert_eq!(Visitor::at(server.address).get("/").status, 200));
    let profile = longest(|| assert!(ada.is_logged_in()));
    let log_in =
        longest(|| assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile"));
    println!("with 800 slow forms: front page {page:?}, profile {profile:?}, login {log_in:?}");
    assert!(
        page < Duration::from_secs(1) && profile < Duration::from_secs(1) && log_in < Duration::from_secs(2)
    );
    drop(slow);
    let ended = server.stop();
    assert!(ended.status == Some(0) && !ended.err.contains("panic"), "{ended:?}");
}

#[test]
fn a_form_that_does_not_arrive_in_time_gets_a_408_and_changes_nothing() {
    let folder = Folder::new();
    let server = folder.serve();
    let ada = Visitor::ada(server.address);
    let begun = Instant::now();
    let slow: Vec<_> = FORMS.iter().map(|path| (*path, begin(&ada, path, 1).remove(0))).collect();
    for (path, mut stream) in slow {
        let mut answer = [0; 64];
        let read = stream.read(&mut answer).unwrap();
        let waited = begun.elapsed();
        assert!(
            answer[..read].starts_with(b"HTTP/1.1 408 "),
            "{path}: {:?}",
            String::from_utf8_lossy(&answer[..read])
        );
        assert!((Duration::from_secs(14)..Duration::from_secs(18)).contains(&waited), "{path}: {waited:?}");
    }
    assert!(ada.clone().is_logged_in());
}

#[test]
fn a_form_that_arrives_in_pieces_is_recognized_when_it_is_submitted_again() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    let page = ada.get("/settings/account").body;
    let value = page.rsplit_once("name=\"form\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let body = form(&[("form", &value), ("name", "Ada the first")]);
    let pieces = [&body[..3], &body[3..40], &body[40..body.len() - 1], &body[body.len() - 1..]];
    let mut stream = ada.connect().unwrap();
    let head = ada.head("POST", "/settings/account", body.len());
    stream.write_all(head.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes()).unwrap();
    for piece in pieces {
        std::thread::sleep(Duration::from_millis(100));
        stream.write_all(piece.as_bytes()).unwrap();
    }
    let mut again = ada.clone();
    assert_eq!(ada.read(&mut stream).unwrap().leads_to(), "/settings/account");
    assert_eq!(again.send("POST", "/settings/account", &body).unwrap().leads_to(), "/settings/account");
    assert_eq!(server.stop().status, Some(0));
    assert_eq!(folder.rows("submissions"), 1);
    assert_eq!(folder.rows("audit"), 3, "a sign-up, a login, and one change of the name");
}
