//! Responses that are not read use neither unlimited memory nor a database connection.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rocket::tokio::net::TcpSocket;
use rocket::tokio::runtime::Runtime;

use super::sites::{assert_log_is_clean, patient};
use super::tools::{Times, memory, open_files, raise_file_limit, sized, until};
use super::turns::alone;
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Requests a page many times on one connection with a small receive buffer, and reads no response.
fn ask(runtime: &Runtime, visitor: &Visitor, path: &str, times: usize) -> TcpStream {
    let mut stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        socket.connect(visitor.address).await.unwrap().into_std().unwrap()
    });
    let _ = stream.write(visitor.head("GET", path, 0).repeat(times).as_bytes()); // as much as fits
    stream
}

#[test]
#[ignore = "a fault: hundreds of connections"]
fn clients_that_never_read_cost_little_memory_and_delay_no_one() {
    let _alone = alone();
    raise_file_limit();
    let folder = Folder::new();
    let server = patient(&folder).start();
    let mut ada = Visitor::ada(server.address);
    let style = ada.get("/profile").files().into_iter().find(|file| file.ends_with(".css")).unwrap();
    let (before, files) = (memory(&server, "VmRSS"), open_files(&server));
    let runtime = Runtime::new().unwrap();
    let count = sized(1_000, 200);
    let deaf: Vec<_> =
        (0..count).map(|n| ask(&runtime, &ada, if n % 4 == 0 { "/profile" } else { &style }, 100)).collect();
    let filled = until("the server can send no more", Duration::from_secs(60), || {
        let begun = Instant::now();
        ada.get("/profile").status == 200 && begun.elapsed() < Duration::from_millis(50)
    });
    let profile =
        Times::of(sized(Duration::from_secs(10), Duration::from_secs(3)), || assert!(ada.is_logged_in()));
    assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_eq!(Visitor::at(server.address).get("/ready").status, 200, "the database is available");
    let after = memory(&server, "VmHWM");
    println!(
        "{count} clients that do not read 100 responses each, after {filled:?}: profile p99 {:?} (median {:?}), memory {before} -> {after} MiB at most",
        profile.p99(),
        profile.median()
    );
    assert!(profile.p99() < Duration::from_secs(1), "{:?}", profile.p99());
    assert!(after < 400, "{after} MiB");
    drop(deaf);
    until("all connections are freed", Duration::from_secs(20), || open_files(&server) <= files + 20);
    assert_log_is_clean(&server.stop().err);
}
