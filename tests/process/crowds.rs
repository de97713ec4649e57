//! Two hundred and fifty at a time send each form the worst that is known for it, from addresses that have their whole allowance;
//! meanwhile somebody else logs in, and the program takes neither the machine nor its memory.

use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use rocket::tokio::net::TcpSocket;
use rocket::tokio::runtime::Builder;

use crate::faults::bench::memory;
use crate::folder::Folder;
use crate::support::Server;
use crate::visitor::{ADA, PASSWORD, Visitor, form};

const AT_ONCE: usize = 250;
/// Every sign that zxcvbn takes for a letter.
const SIGNS: &str = "4@8({[<69#1!|7$5+0%23";

/// Connects from an address of this machine.
fn connect(from: IpAddr, site: SocketAddr) -> TcpStream {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let stream = runtime.block_on(async {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(from, 0)).unwrap();
        socket.connect(site).await.unwrap().into_std().unwrap()
    });
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// Sends a form from an address; the status of the answer.
fn ask(from: IpAddr, site: SocketAddr, path: &str, body: &str) -> u16 {
    let mut stream = connect(from, site);
    let head =
        Visitor::at(site).head("POST", path, body.len()).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    stream.write_all((head + body).as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// The processor time the program has taken.
fn processor(server: &Server) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.pid())).unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    let ticks = |n: usize| after_name.split_whitespace().nth(n).unwrap().parse::<u64>().unwrap();
    Duration::from_millis((ticks(11) + ticks(12)) * 10) // a hundred a second, on every Linux
}

#[test]
fn two_hundred_and_fifty_at_a_time_at_each_form_leave_others_to_log_in() {
    let folder = Folder::new();
    let server = folder.serve();
    Visitor::ada(server.address);
    let signs: String = SIGNS.chars().cycle().take(256).collect();
    let (long, marks) = ("a1-".repeat(1_100), format!("a{}", "\u{301}\u{323}".repeat(250)));
    let worst = [
        ("/signup", form(&[("email", "eve@example.org"), ("name", "Eve"), ("password", &signs)])),
        ("/signup", form(&[("email", &format!("{long}@x.test")), ("name", &long), ("password", &signs)])),
        ("/signup", form(&[("email", &format!("a@{marks}")), ("name", &marks), ("password", &marks)])),
        ("/login", form(&[("email", &marks), ("password", &marks)])),
        ("/forgot", form(&[("email", &format!("a@{marks}"))])),
        ("/reset", form(&[("new_password", &signs)])),
        ("/settings/password", form(&[("current_password", &marks), ("new_password", &signs)])),
        ("/reauthenticate", form(&[("password", &marks)])),
    ];
    for (number, (path, body)) in worst.into_iter().enumerate() {
        let (before, begun) = (processor(&server), Instant::now());
        let attackers: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                // Each has thirty passwords judged a minute: nine addresses have them all.
                let from = format!("127.0.{}.{}", number + 1, 1 + n % 9).parse().unwrap();
                let (site, body) = (server.address, body.clone());
                thread::spawn(move || ask(from, site, path, &body))
            })
            .collect();
        thread::sleep(Duration::from_millis(100));
        let (asked, taken) = (Instant::now(), processor(&server));
        assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile", "{path}");
        let (waited, meanwhile) = (asked.elapsed(), processor(&server) - taken);
        let statuses: Vec<u16> = attackers.into_iter().map(|attacker| attacker.join().unwrap()).collect();
        let (took, processor) = (begun.elapsed(), processor(&server) - before);
        println!(
            "{number} {path}: in after {waited:?} and {meanwhile:?} of the processor; all {took:?}, processor {processor:?}, {} MiB",
            memory(&server, "VmHWM")
        );
        assert!(
            statuses.iter().all(|status| [200, 303, 403, 404, 410, 422, 429, 503].contains(status)),
            "{statuses:?}"
        );
        // In the program's own time, which is the same however busy the machine is: a second on two free cores.
        assert!(meanwhile < Duration::from_secs(2), "{path}: {meanwhile:?}");
        assert!(processor < Duration::from_secs(5), "{path}: {processor:?}");
    }
    let peak = memory(&server, "VmHWM");
    assert!(peak < 200, "{peak} MiB");
}
