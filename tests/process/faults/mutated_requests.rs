//! A hundred thousand malformed requests, each made from a normal one by changing its method, path, headers, cookies
//! or body. No response is a 500, none lacks the security headers, and the log contains no panic. Requests that the
//! server's parser refuses before the program sees them (400, 414, 431) get neither a body nor these headers.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use super::invariants;
use super::mutations::Dice;
use super::sites::{assert_log_is_clean, patient};
use super::tools::rounds;
use super::turns::alone;
use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

/// The seed, so that every run sends the same requests. A failure prints the request.
const SEED: u64 = 0x5653_5442;

/// Threads that send at once. Most of the time they wait.
const SENDERS: u64 = 16;

/// The headers that every response of the program has.
const HEADERS: [&str; 9] = [
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "cache-control",
    "x-request-id",
];

/// Sends a request and reads the response. If the server waits for more, the connection is closed for writing after
/// a moment.
fn send(address: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let _ = stream.write_all(request); // it may be refused half-way
    let mut answer = Vec::new();
    if stream.read_to_end(&mut answer).is_err() {
        let _ = stream.shutdown(Shutdown::Write); // it may already be closed
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let _ = stream.read_to_end(&mut answer);
    }
    answer
}

/// The status, and what is wrong with the response, if anything. If the bytes contained more than one request, only
/// the first response is read.
fn examine(answer: &[u8]) -> (u16, Option<String>) {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        // Closed without a response, because the parser saw no complete request.
        return (0, (!text.is_empty()).then(|| "half an answer".to_owned()));
    };
    let head = head.to_lowercase();
    if head.starts_with("http/1.1 100 ") {
        return examine(body.as_bytes()); // sent by the parser before the response, as `Expect` asked for
    }
    let status: u16 = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let lacking = HEADERS.iter().find(|name| !head.contains(&format!("\n{name}: ")));
    let by_the_parser =
        [400, 414, 431].contains(&status) && head.contains("content-length: 0") && body.is_empty();
    let wrong = match status {
        500 => Some("a 500".to_owned()),
        200..=599 => lacking.filter(|_| !by_the_parser).map(|name| format!("no {name}")),
        _ => Some("no status".to_owned()),
    };
    (status, wrong)
}

#[test]
#[ignore = "takes minutes in its full form"]
fn a_hundred_thousand_malformed_requests_break_nothing() {
    let _alone = alone();
    let folder = Folder::new();
    let server = patient(&folder).start();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.sign_up(ADA).leads_to(), "/login");
    let count = rounds(100) * 1_000;
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    thread::scope(|scope| {
        let senders: Vec<_> = (0..SENDERS)
            .map(|part| {
                let mut ada = Visitor::at(server.address);
                let address = server.address;
                scope.spawn(move || {
                    let mut dice = Dice(SEED + part);
                    let mut statuses = BTreeMap::new();
                    for number in 0..count / SENDERS as usize {
                        if number % 200 == 0 {
                            // If one of them logged Ada out, she logs in again.
                            let fields = [("email", ADA), ("password", PASSWORD), ("remember", "on")];
                            assert_eq!(ada.post("/login", &fields).status, 303);
                        }
                        let request = dice.request(&ada);
                        let (status, wrong) = examine(&send(address, &request));
                        if let Some(wrong) = wrong {
                            let request = String::from_utf8_lossy(&request).into_owned();
                            panic!(
                                "seed {SEED} + {part}, request {number}: {wrong} ({status}) to {request:?}"
                            );
                        }
                        *statuses.entry(status).or_insert(0) += 1;
                    }
                    statuses
                })
            })
            .collect();
        for sender in senders {
            for (status, times) in sender.join().unwrap() {
                *statuses.entry(status).or_insert(0) += times;
            }
        }
    });
    println!("{count} malformed requests, responses by status (0: closed without one): {statuses:?}");
    assert!(statuses.len() > 8, "the requests are too similar");
    assert_eq!(Visitor::at(server.address).get("/").status, 200);
    let ended = server.stop();
    assert_eq!(ended.status, Some(0));
    assert_log_is_clean(&ended.err);
    invariants::assert_consistent(&folder.database());
}
