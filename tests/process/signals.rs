//! SIGTERM and SIGINT: running requests finish while the database is open, the write-ahead log is checkpointed,
//! and the program exits with 0.

use std::io::{Read, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor, form};

#[test]
fn each_signal_makes_it_exit_with_0_and_checkpoint_the_log() {
    let signals = [Signal::TERM, Signal::INT, Signal::HUP];
    for signal in signals.into_iter().filter(|signal| *signal != Signal::HUP || !hangup_is_ignored()) {
        let folder = Folder::new();
        let server = folder.serve();
        let ada = Visitor::ada(server.address);
        assert!(folder.data().join("vestibule.sqlite-wal").exists());
        server.signal(signal);
        let ended = server.ended();
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert!(ended.took < Duration::from_secs(3), "{ended:?}");
        for left in ["vestibule.sqlite-wal", "vestibule.sqlite-shm"] {
            assert!(!folder.data().join(left).exists(), "{left}");
        }
        assert!(ada.connect().is_err(), "the port is closed");
        assert!(ended.err.contains("sys_shutdown") && !ended.err.contains("panic"), "{ended:?}");
    }
}

/// Whether these tests were started with SIGHUP ignored, as by `nohup`. Every program that they start ignores it too.
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

#[test]
fn under_nohup_a_hangup_does_not_stop_it() {
    let folder = Folder::new();
    let server = folder.command(&["--port", "0"]).after("trap '' HUP").start();
    server.signal(Signal::HUP);
    thread::sleep(Duration::from_millis(300));
    assert_eq!(Visitor::at(server.address).get("/health").status, 200);
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn it_can_be_stopped_as_soon_as_it_is_ready() {
    let folder = Folder::new();
    for _ in 0..20 {
        let ended = folder.command(&["--port", "0"]).announced().stop();
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert!(!folder.data().join("vestibule.sqlite-wal").exists());
    }
}

#[test]
fn a_request_in_flight_is_answered_with_the_database_open() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    let body = form(&[("email", ADA), ("name", "Ada"), ("password", PASSWORD)]);
    let (first, rest) = body.split_at(body.len() / 2);
    let mut stream = ada.connect().unwrap();
    stream.write_all((ada.head("POST", "/signup", body.len()) + first).as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(200));
    server.signal(Signal::TERM);
    thread::sleep(Duration::from_millis(400));
    stream.write_all(rest.as_bytes()).unwrap();
    let answer = ada.read(&mut stream).unwrap();
    assert_eq!(answer.leads_to(), "/login", "{answer:?}");
    let ended = server.ended();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert_eq!(Visitor::at(folder.serve().address).log_in(ADA, PASSWORD).leads_to(), "/profile");
}

#[test]
fn a_hanging_request_delays_the_shutdown_by_at_most_five_seconds() {
    let folder = Folder::new();
    let server = folder.serve();
    let ada = Visitor::ada(server.address);
    let hanging: Vec<_> = ["", "email=a", "email=ada@example.org&name="]
        .map(|part| {
            let mut stream = ada.connect().unwrap();
            stream.write_all((ada.head("POST", "/signup", 300) + part).as_bytes()).unwrap();
            stream
        })
        .into();
    thread::sleep(Duration::from_millis(200));
    server.signal(Signal::TERM);
    let ended = server.ended();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(ended.took < Duration::from_millis(5500), "{ended:?}");
    assert!(!ended.err.contains("panic"), "{ended:?}");
    assert!(!folder.data().join("vestibule.sqlite-wal").exists());
    drop(hanging);
    assert!(ada.again_at(folder.serve().address).is_logged_in());
}

#[test]
fn idle_connections_do_not_delay_the_shutdown() {
    let folder = Folder::new();
    let server = folder.serve();
    let ada = Visitor::at(server.address);
    let idle: Vec<_> = (0..8)
        .map(|n| {
            let mut stream = ada.connect().unwrap();
            if n % 2 == 0 {
                stream.write_all(ada.head("GET", "/health", 0).as_bytes()).unwrap();
                let mut answer = [0; 2048];
                let read = stream.read(&mut answer).unwrap();
                assert!(answer[..read].starts_with(b"HTTP/1.1 200 "));
            }
            stream
        })
        .collect();
    server.signal(Signal::TERM);
    let ended = server.ended();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(ended.took < Duration::from_secs(3), "{ended:?}");
    drop(idle);
}

#[test]
fn repeated_stops_under_load_lose_nothing() {
    let folder = Folder::new();
    let (made, answered) = (AtomicUsize::new(0), AtomicUsize::new(0));
    for _ in 0..5 {
        let server = folder.command(&["--port", "0"]).patient().start();
        let address = server.address;
        let (stopping, strange) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let ended = thread::scope(|scope| {
            scope.spawn(|| {
                let mut visitor = Visitor::at(address);
                while !stopping.load(Ordering::SeqCst) {
                    let next = made.load(Ordering::SeqCst);
                    let body = form(&[
                        ("email", &format!("n{next}@example.org")),
                        ("name", "N"),
                        ("password", PASSWORD),
                    ]);
                    match visitor.send("POST", "/signup", &body) {
                        Ok(answer) if answer.leads_to() == "/login" => made.fetch_add(1, Ordering::SeqCst),
                        Ok(answer) if answer.leads_to() == "/signup" => made.fetch_add(1, Ordering::SeqCst),
                        Ok(answer) => return strange.lock().unwrap().push(answer),
                        Err(_) => break, // the site has ended
                    };
                }
            });
            scope.spawn(|| {
                let mut visitor = Visitor::at(address);
                while !stopping.load(Ordering::SeqCst) {
                    match visitor.send("GET", "/ready", "") {
                        Ok(answer) if answer.status == 200 => answered.fetch_add(1, Ordering::SeqCst),
                        Ok(answer) => return strange.lock().unwrap().push(answer),
                        Err(_) => break,
                    };
                }
            });
            let begun = Instant::now();
            let before = answered.load(Ordering::SeqCst);
            while begun.elapsed() < Duration::from_millis(250) || answered.load(Ordering::SeqCst) == before {
                thread::sleep(Duration::from_millis(10));
                assert!(begun.elapsed() < Duration::from_secs(10), "no request is answered");
            }
            let ended = server.stop();
            stopping.store(true, Ordering::SeqCst);
            ended
        });
        let strange = strange.into_inner().unwrap();
        assert!(strange.is_empty(), "{strange:?} {}", ended.err);
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert!(ended.took < Duration::from_millis(5500) && !ended.err.contains("panic"), "{ended:?}");
        assert!(!folder.data().join("vestibule.sqlite-wal").exists());
    }
    let made = made.into_inner();
    assert!(made > 0);
    let server = folder.command(&["--port", "0"]).patient().start();
    for n in 0..made {
        let mut visitor = Visitor::at(server.address);
        assert_eq!(
            visitor.sign_up(&format!("n{n}@example.org")).leads_to(),
            "/signup",
            "{n} of {made} is lost"
        );
    }
}
