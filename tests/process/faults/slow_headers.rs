//! Request headers that do not end. Rocket has no timeout for them and no way to add one, so a proxy must close such
//! connections. This test measures how many the program can handle, and the response times of pages meanwhile.

use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::sites::{assert_log_is_clean, patient};
use super::tools::{Times, memory, open_files, raise_file_limit, sized, until};
use super::turns::alone;
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Starts this many requests, none of which ends.
fn begin(visitor: &Visitor, count: usize) -> Vec<TcpStream> {
    let begin = |_| {
        let mut stream = visitor.connect().unwrap();
        stream.write_all(b"GET /profile HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").unwrap();
        stream
    };
    (0..count).map(begin).collect()
}

#[test]
#[ignore = "a fault: thousands of connections"]
fn pages_stay_fast_during_thousands_of_unfinished_request_headers() {
    let _alone = alone();
    raise_file_limit();
    let folder = Folder::new();
    let server = patient(&folder).start();
    let mut ada = Visitor::ada(server.address);
    let (before, files) = (memory(&server, "VmRSS"), open_files(&server));
    for count in sized(&[2_000, 8_000][..], &[1_000]) {
        let slow = begin(&ada, *count);
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                // A byte now and then, like a client that keeps its connection open.
                while !over.load(Ordering::SeqCst) {
                    let alive = slow.iter().filter(|stream| (&mut &**stream).write_all(b"a").is_ok()).count();
                    assert_eq!(alive, *count, "connections were closed: then docs/faults.md is out of date");
                    thread::sleep(Duration::from_millis(500));
                }
            });
            let page = Times::of(sized(Duration::from_secs(10), Duration::from_secs(2)), || {
                assert_eq!(Visitor::at(server.address).get("/").status, 200);
            });
            let profile = Times::of(Duration::from_secs(2), || assert!(ada.is_logged_in()));
            assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
            over.store(true, Ordering::SeqCst);
            println!(
                "{count} unfinished request headers: front page p99 {:?} (median {:?}), profile p99 {:?}, memory {before} -> {} MiB",
                page.p99(),
                page.median(),
                profile.p99(),
                memory(&server, "VmRSS")
            );
            assert!(page.p99() < Duration::from_millis(250), "{:?}", page.p99());
        });
        assert!(open_files(&server) + 20 >= files + count, "all connections are still open");
        drop(slow);
        let gone =
            until("all connections are freed", Duration::from_secs(20), || open_files(&server) <= files + 20);
        println!("{count} unfinished request headers: freed {gone:?} after the connections were closed");
    }
    assert_log_is_clean(&server.stop().err);
}
