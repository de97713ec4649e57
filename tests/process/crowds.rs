//! 250 clients at once submit each form that computes something, with the most expensive input that we know for
//! it. They have a link or a session if the form needs one, so that the input is really processed. Meanwhile
//! another user logs in, and the CPU time and memory of the program stay bounded.

use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use rocket::tokio::net::TcpSocket;
use rocket::tokio::runtime::Builder;
use vestibule::base::Token;

use crate::faults::tools::memory;
use crate::folder::Folder;
use crate::support::{Run, Server, release};
use crate::visitor::{ADA, PASSWORD, Visitor, form};

const AT_ONCE: usize = 250;
/// Number of accounts and of logged-in browsers. An account has at most a hundred sessions.
const ACCOUNTS: usize = 50;
/// IP addresses of the clients. Per minute, each may log in thirty times and have the strength of thirty
/// passwords checked.
const ADDRESSES: usize = 25;
/// Every character that zxcvbn reads as a letter.
const SIGNS: &str = "4@8({[<69#1!|7$5+0%23";

/// The limits for a crowd.
struct Bounds {
    /// Within this time the other user must be logged in, with the release build. Other tests run meanwhile.
    soon: Duration,
    /// CPU time of the program until then. It hardly depends on the load of the machine.
    soon_of_processor: Duration,
    /// Maximum CPU time for all clients together.
    most_of_processor: Duration,
}

/// Strangers compute at most as many hashes as the queue has places: 66 on two cores. On an idle machine these
/// take less than a second (20 ms each in a release build). A busy machine may take several times as long.
const STRANGERS: Bounds = Bounds {
    soon: Duration::from_secs(4),
    soon_of_processor: Duration::from_secs(3),
    most_of_processor: Duration::from_secs(8),
};
/// Visitors with their own link or session first wait for the database and for the lock of the account. When
/// they reach the queue, it has places again. So all 250 passwords may be hashed, which takes five seconds of
/// CPU time on two cores. The strength of a new password is checked as well.
const WITH_THEIR_OWN: Bounds = Bounds {
    soon: Duration::from_secs(10),
    soon_of_processor: Duration::from_secs(8),
    most_of_processor: Duration::from_secs(15),
};
/// Maximum memory, in MiB: 19 per core for a hash, 7 for the tables of zxcvbn, and the rest for 250 connections.
const MAX_MEMORY: u64 = 200;

fn site(folder: &Folder) -> Run {
    // Email is on, so that its forms exist. No mail server listens at that address.
    let run = folder.command(&["--port", "0"]).var("VESTIBULE_SMTP_URL", "smtp://127.0.0.1:9?tls=none");
    let run =
        run.var("VESTIBULE_MAIL_FROM", "site@example.org").var("VESTIBULE_BASE_URL", "http://localhost:8000");
    // Requests over the rate limits would be refused before any work, so these limits are raised.
    let limits = ["FREE_GUESSES", "WRONG_PASSWORDS", "REAUTHENTICATIONS"];
    limits.iter().fold(run, |run, limit| run.var(&format!("VESTIBULE_LIMIT_{limit}"), "1000000"))
}

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

/// Submits a form from an IP address of this machine, and keeps the cookies of the answer.
fn send(from: IpAddr, visitor: &mut Visitor, path: &str, body: &str) -> u16 {
    let mut stream = connect(from, visitor.address);
    let head = visitor.head("POST", path, body.len()).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    stream.write_all((head + body).as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// CPU time of the program.
fn processor(server: &Server) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.pid())).unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    let ticks = |n: usize| after_name.split_whitespace().nth(n).unwrap().parse::<u64>().unwrap();
    Duration::from_millis((ticks(11) + ticks(12)) * 10) // 100 ticks per second on every Linux
}

/// Creates Ada's account, many accounts with the same password, and links of each kind. Returns the tokens of
/// the links.
fn furnished(folder: &Folder) -> Vec<(&'static str, Vec<String>)> {
    let server = site(folder).start();
    assert_eq!(Visitor::at(server.address).sign_up(ADA).leads_to(), "/confirm/new");
    assert_eq!(server.stop().status, Some(0));
    let mut statements = vec!["update accounts set confirmed_at = created_at".to_owned()];
    for n in 0..ACCOUNTS {
        statements.push(format!(
            "insert into accounts (id, email, email_key, name, created_at, updated_at, confirmed_at) \
             select '00000000-0000-7000-8000-{n:012}', 'user{n}@example.org', 'user{n}@example.org', name, created_at, created_at, \
             created_at from accounts where email = '{ADA}'"
        ));
        statements.push(format!(
            "insert into passwords (account_id, hash, changed_at) select '00000000-0000-7000-8000-{n:012}', hash, changed_at \
             from passwords where account_id not like '00000000-0000-7000-8000-%'"
        ));
    }
    let secrets = ["reset", "confirm", "change"].map(|purpose| {
        let secrets = (0..ACCOUNTS).map(|n| {
            let token = Token::generate();
            let email = if purpose == "change" { format!("new{n}@example.org") } else { format!("user{n}@example.org") };
            statements.push(format!(
                "insert into links (id, token_hash, purpose, account_id, email, email_key, created_at, created_by, ordinal, ends_at) \
                 select '{purpose}{n}', '{}', '{purpose}', id, '{email}', '{email}', created_at, 'command_line', 1, created_at + 1800 \
                 from accounts where id = '00000000-0000-7000-8000-{n:012}'",
                token.hash().as_str()
            ));
            token.reveal()
        });
        (purpose, secrets.collect())
    });
    folder.sql(&statements.iter().map(|statement| &**statement).collect::<Vec<_>>());
    secrets.into()
}

/// A visitor who opened a link, with its cookie.
fn at_link(site: SocketAddr, path: &str, secret: &str) -> Visitor {
    let mut visitor = Visitor::at(site);
    assert_eq!(visitor.get(&format!("{path}?token={secret}")).leads_to(), path);
    visitor
}

/// A browser that has just logged in to one of the accounts.
fn logged_in(site: SocketAddr, n: usize) -> Visitor {
    let mut visitor = Visitor::at(site);
    let body = form(&[("email", &format!("user{n}@example.org")), ("password", PASSWORD)]);
    let mut stream = connect(format!("127.0.100.{}", 1 + n % ADDRESSES).parse().unwrap(), site);
    let head = visitor.head("POST", "/login", body.len()).replacen("\r\n", "\r\nConnection: close\r\n", 1);
    stream.write_all((head + &body).as_bytes()).unwrap();
    assert_eq!(visitor.read(&mut stream).unwrap().leads_to(), "/profile", "{n}");
    visitor
}

/// Logs in, and retries while the queue is full. Returns how long it took, and the CPU time in the meantime.
fn log_in_as_another_user(server: &Server) -> (Duration, Duration) {
    let (begun, taken) = (Instant::now(), processor(server));
    loop {
        let answer = Visitor::at(server.address).log_in(ADA, PASSWORD);
        if answer.leads_to() == "/profile" {
            return (begun.elapsed(), processor(server) - taken);
        }
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{answer:?}");
        assert!(begun.elapsed() < Duration::from_secs(30), "the login does not succeed");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn others_can_log_in_while_250_clients_flood_each_form() {
    let folder = Folder::new();
    let links = furnished(&folder);
    let server = site(&folder).start();
    let here = server.address;
    let signs: String = SIGNS.chars().cycle().take(256).collect();
    let (long, marks) = ("a1-".repeat(1_100), format!("a{}", "\u{301}\u{323}".repeat(250)));
    let stranger = || vec![Visitor::at(here)];
    let carrying = |purpose: &str, path: &str| -> Vec<_> {
        let (_, secrets) = links.iter().find(|(of, _)| *of == purpose).unwrap();
        secrets.iter().map(|secret| at_link(here, path, secret)).collect()
    };
    let users: Vec<_> = (0..ACCOUNTS).map(|n| logged_in(here, n)).collect();
    let users = || users.clone();
    let changed = [("current_password", &*marks), ("new_password", &*signs)];
    // The sender and the request.
    let worst = [
        (stranger(), "/signup", form(&[("email", "eve@example.org"), ("name", "Eve"), ("password", &signs)])),
        (
            stranger(),
            "/signup",
            form(&[("email", &format!("{long}@x.test")), ("name", &long), ("password", &signs)]),
        ),
        (
            stranger(),
            "/signup",
            form(&[("email", &format!("a@{marks}")), ("name", &marks), ("password", &marks)]),
        ),
        (stranger(), "/login", form(&[("email", &marks), ("password", &marks)])),
        (stranger(), "/login", form(&[("email", "nobody@example.org"), ("password", &signs)])),
        (stranger(), "/forgot", form(&[("email", &format!("a@{marks}"))])),
        (stranger(), "/forgot", form(&[("email", "nobody@example.org")])),
        (stranger(), "/confirm/new", form(&[("email", &format!("a@{marks}"))])),
        (carrying("confirm", "/confirm"), "/confirm", form(&[("password", &marks)])),
        (carrying("change", "/change-email"), "/change-email", form(&[("password", &marks)])),
        (users(), "/settings/password", form(&changed)),
        (users(), "/settings/close", form(&[("email", "user0@example.org"), ("password", &marks)])),
        (users(), "/settings/email", form(&[("email", &format!("a@{marks}"))])),
        (users(), "/settings/email", form(&[("email", "new@example.org")])),
        (users(), "/reauthenticate", form(&[("password", &marks)])),
        // This one comes last, since it ends all other links and sessions of its account.
        (carrying("reset", "/reset"), "/reset", form(&[("new_password", &signs)])),
    ];
    for (number, (senders, path, body)) in worst.into_iter().enumerate() {
        let (before, begun) = (processor(&server), Instant::now());
        let attackers: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                let from = format!("127.0.{}.{}", number + 1, 1 + n % ADDRESSES).parse().unwrap();
                let (mut sender, body) = (senders[n % senders.len()].clone(), body.clone());
                // Each deletes its own account.
                let body = body.replace("user0%40", &format!("user{}%40", n % senders.len()));
                thread::spawn(move || send(from, &mut sender, path, &body))
            })
            .collect();
        thread::sleep(Duration::from_millis(100));
        let (waited, meanwhile) = log_in_as_another_user(&server);
        let senders = senders.len();
        let statuses: Vec<u16> = attackers.into_iter().map(|attacker| attacker.join().unwrap()).collect();
        let (took, processor) = (begun.elapsed(), processor(&server) - before);
        let count = |status: u16| statuses.iter().filter(|one| **one == status).count();
        println!(
            "{number} {path}: logged in after {waited:?} and {meanwhile:?} of CPU time; all clients: {took:?}, {processor:?} of CPU time, {} MiB; \
             {} times 422, {} times 303, {} times 429, {} times 503",
            memory(&server, "VmHWM"),
            count(422),
            count(303),
            count(429),
            count(503)
        );
        assert!(
            statuses.iter().all(|status| [303, 410, 422, 429, 503].contains(status)),
            "{path}: {statuses:?}"
        );
        // On an idle machine, as many inputs are processed as the queue has places. On a busy one, as many as
        // get a place within five seconds.
        assert!(count(422) + count(303) >= 10, "{path}: too few inputs were processed: {statuses:?}");
        let bounds = if senders == 1 { &STRANGERS } else { &WITH_THEIR_OWN };
        match release() {
            Some(_) => assert!(waited < bounds.soon, "{path}: {waited:?}"),
            None => assert!(meanwhile < bounds.soon_of_processor, "{path}: {meanwhile:?}"),
        }
        assert!(processor < bounds.most_of_processor, "{path}: {processor:?}");
    }
    let peak = memory(&server, "VmHWM");
    assert!(peak < MAX_MEMORY, "{peak} MiB");
}
