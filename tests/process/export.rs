//! A large copy of an account's data: how much memory it takes, and whether other requests wait for it.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use rocket::tokio::net::TcpSocket;
use rocket::tokio::runtime::Runtime;
use serde_json::Value;

use crate::folder::Folder;
use crate::support::Server;
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Nearly the maximum number of rows of an account. Each took 2.4 KB when all rows were read at once.
const ROWS: usize = 9_900;
/// Maximum additional memory for a copy, in KiB: a few hundred rows, and what the allocator does not return to
/// the system.
const MOST: u64 = 12 * 1024;

/// A site with thousands of events in the activity of Ada's account.
fn busy_site(address: &str) -> (Folder, Server, Visitor) {
    let (folder, ada) = Folder::of_ada();
    folder.sql(&[&format!(
        "insert into audit (id, account_id, event, at, address, browser) with recursive n(i) as \
         (select 1 union all select i + 1 from n where i < {ROWS}) select 'row' || i, accounts.id, 'logged_in', \
         accounts.created_at - i, '{address}', 'firefox/linux' from n, accounts"
    )]);
    let server = folder.serve();
    let ada = ada.again_at(server.address);
    (folder, server, ada)
}

/// The peak memory of the program since it was last reset, in KiB.
fn peak(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

/// The body of a chunked answer.
fn unchunked(mut body: &str) -> String {
    let mut text = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        text.push_str(&rest[..length]);
        body = &rest[length + 2..];
    }
    text
}

#[test]
fn a_copy_of_ten_thousand_rows_uses_the_memory_of_a_few_hundred() {
    let (_folder, server, mut ada) = busy_site("203.0.113.7");
    assert!(ada.is_logged_in());
    fs::write(format!("/proc/{}/clear_refs", server.pid()), "5").unwrap(); // resets the peak
    let before = peak(&server);
    let answer = ada.post("/settings/export", &[]);
    assert_eq!((answer.status, answer.header("transfer-encoding")), (200, "chunked"));
    let copy: Value = serde_json::from_str(&unchunked(&answer.body)).unwrap();
    let activity = copy["activity"].as_array().unwrap();
    assert_eq!(activity.len(), ROWS + 3, "including the sign-up, the login and the copy");
    let last = &activity[ROWS + 2];
    assert_eq!(last["what"], "You logged in");
    assert_eq!(last["where"], "Firefox on Linux · 203.0.113.7");
    let grown = peak(&server) - before;
    println!("{ROWS} rows, {} KiB: {grown} KiB more memory than {before} KiB", answer.body.len() / 1024);
    assert!(grown < MOST, "{grown} KiB more than {before} KiB");
}

/// Requests a copy with a small receive buffer, and reads nothing.
fn asked_and_not_read(ada: &Visitor) -> TcpStream {
    let mut stream = Runtime::new().unwrap().block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        socket.connect(ada.address).await.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    stream.write_all(ada.head("POST", "/settings/export", 0).as_bytes()).unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stream
}

#[test]
fn an_unread_copy_blocks_only_further_copies_and_a_closed_connection_ends_it() {
    // The rows are long, so that the copy is larger than the kernel's buffers.
    let (_folder, server, mut ada) = busy_site(&"x".repeat(2_000));
    let unread = asked_and_not_read(&ada);
    let refused = ada.post("/settings/export", &[]);
    assert_eq!((refused.status, refused.header("retry-after")), (429, "60"));
    assert!(refused.body.contains("A copy of your data is already being made."), "{}", refused.body);
    assert!(ada.is_logged_in());
    assert_eq!(ada.get("/ready").status, 200, "the copy holds no database connection");
    drop(unread);
    let gone = Instant::now();
    while ada.post("/settings/export", &[]).status != 200 {
        assert!(gone.elapsed() < Duration::from_secs(5), "the first copy still blocks others");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn an_unread_copy_ends_with_its_session() {
    let (_folder, server, ada) = busy_site(&"x".repeat(2_000));
    let unread = asked_and_not_read(&ada);
    let mut owner = Visitor::at(server.address);
    assert_eq!(owner.log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_eq!(owner.post("/settings/export", &[]).status, 429, "the first copy blocks others");
    assert_eq!(owner.post("/settings/devices/end-others", &[]).status, 303);
    let ended = Instant::now();
    while owner.post("/settings/export", &[]).status != 200 {
        assert!(ended.elapsed() < Duration::from_secs(15), "the first copy still blocks others");
        std::thread::sleep(Duration::from_millis(500));
    }
    drop(unread);
}
