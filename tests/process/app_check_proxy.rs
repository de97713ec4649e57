//! A proxy for the tests of `vestibule app check`, which can be wrong in every way that matters, with a site behind it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::folder::Folder;
use crate::support::{Ended, Server};

/// What is wrong with a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Nothing,
    /// It asks only about the gate's own addresses.
    LetsIn,
    /// It asks about nothing.
    NeverAsks,
    /// It does not say how the browser asks.
    LeadsNobody,
    /// It leads everyone who is refused to a login page, as many examples do.
    LeadsScripts,
    /// It passes on what the visitor says about the address.
    BelievesUri,
    /// It says what the visitor says about the host.
    BelievesHost,
    /// It tells no method.
    NoMethod,
    /// It passes on all headers.
    Spellings,
    NoSetCookie,
    NoCookie,
    /// It leads to another scheme first.
    Redirects,
    /// It does not reach the gate, and answers with this status.
    Lost(u16),
    /// It takes a second and more for each header that a visitor may forge.
    Slow,
    /// It asks about nothing, in front of an app that refuses strangers by itself.
    AppRefuses,
    /// It asks only about the gate's own addresses, in front of such an app.
    AppRefusesPages,
    /// It asks about pages at another address than the gate's, and answers as nginx does.
    AsksElsewhere,
    /// It tells whatever host a visitor names.
    AnyHost,
    /// It tells the host that is named next to the app's own.
    SecondHost,
    /// It tells the host of another app.
    OtherApp,
    /// It does not say from where a visitor comes.
    NoVisitor,
    /// It does not reach the app.
    NoApp,
    /// It speaks TLS, and says so to those who do not.
    Tls,
}

/// Serves as a proxy with a fault in front of an app that says "Wiki", and returns where.
pub fn proxy(site: SocketAddr, fault: Fault) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let answer = answer(&head(&mut stream), site, fault);
            let _ = stream.write_all(answer.as_bytes()); // the client may have gone
        }
    });
    address
}

fn head(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

const WIKI: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nWiki";
/// What an app says to those without a name.
const WHO: &str = "HTTP/1.1 403 Forbidden\r\nContent-Length: 12\r\nConnection: close\r\n\r\nWho are you?";

fn empty(status: u16) -> String {
    format!("HTTP/1.1 {status} Odd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

fn answer(head: &str, site: SocketAddr, fault: Fault) -> String {
    let named = head.split(' ').nth(1).unwrap_or_default();
    // An address may name the host as well.
    let path = named.strip_prefix("http://").and_then(|rest| Some(&rest[rest.find('/')?..])).unwrap_or(named);
    let is_of_gate = path.starts_with("/.vestibule/");
    match fault {
        Fault::Redirects => {
            return "HTTP/1.1 301 Moved\r\nLocation: https://wiki.localhost/\r\nContent-Length: 0\r\n\r\n"
                .to_owned();
        }
        Fault::Lost(status) => return empty(status),
        Fault::Tls => return empty(400),
        Fault::NeverAsks => return WIKI.to_owned(),
        Fault::AppRefuses => return WHO.to_owned(),
        Fault::LetsIn if !is_of_gate => return WIKI.to_owned(),
        Fault::AppRefusesPages if !is_of_gate => return WHO.to_owned(),
        Fault::AsksElsewhere if !is_of_gate => return empty(500),
        Fault::Slow if head.to_lowercase().contains("x-forwarded-") => {
            thread::sleep(Duration::from_millis(1_100))
        }
        _ => {}
    }
    let mut stream = TcpStream::connect(site).unwrap();
    stream.write_all(question(head, path, site, fault).as_bytes()).unwrap();
    let mut told = String::new();
    stream.read_to_string(&mut told).unwrap();
    if told.starts_with("HTTP/1.1 200") {
        return if fault == Fault::NoApp { empty(502) } else { WIKI.to_owned() };
    }
    match fault {
        Fault::NoSetCookie => {
            let lines =
                told.split_inclusive("\r\n").filter(|line| !line.to_lowercase().starts_with("set-cookie:"));
            lines.collect()
        }
        Fault::LeadsScripts if told.starts_with("HTTP/1.1 401") => {
            "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n".to_owned()
        }
        _ => told,
    }
}

/// What the proxy asks the gate.
fn question(head: &str, path: &str, site: SocketAddr, fault: Fault) -> String {
    let sent: Vec<(&str, &str)> = head.lines().skip(1).filter_map(|line| line.split_once(": ")).collect();
    let mut ask = format!("GET /gate/forward-auth HTTP/1.1\r\nHost: {site}\r\nConnection: close\r\n");
    let forged =
        |name: &str| sent.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
    let (named, mut told_host, mut told_path) = (forged("host").unwrap(), "wiki.localhost", path);
    match fault {
        Fault::AnyHost => told_host = named,
        Fault::SecondHost if head.starts_with("GET http://") => told_host = named,
        Fault::OtherApp => told_host = "blog.localhost",
        Fault::BelievesHost => told_host = forged("x-forwarded-host").unwrap_or(told_host),
        Fault::BelievesUri => told_path = forged("x-forwarded-uri").unwrap_or(path),
        _ => {}
    }
    ask += &format!("X-Forwarded-Host: {told_host}\r\nX-Forwarded-Uri: {told_path}\r\n");
    if fault != Fault::NoVisitor {
        ask += "X-Forwarded-For: 127.0.0.1\r\n";
    }
    if fault != Fault::NoMethod {
        ask += "X-Forwarded-Method: GET\r\n";
    }
    for (name, value) in &sent {
        let name = name.to_lowercase();
        let is_asked = match &*name {
            "cookie" => fault != Fault::NoCookie,
            "accept" => fault != Fault::LeadsNobody,
            name if name.starts_with("sec-fetch-") => fault != Fault::LeadsNobody,
            name if name.starts_with("remote") || name.starts_with("x-original") => fault == Fault::Spellings,
            _ => false,
        };
        if is_asked {
            ask += &format!("{name}: {value}\r\n");
        }
    }
    ask + "\r\n"
}

/// A running site with an app, and the flags that its commands need.
pub struct Stage {
    pub folder: Folder,
    flags: Vec<String>,
    pub server: Server,
}

impl Stage {
    pub fn new(trusted: &str) -> Stage {
        let (folder, _) = Folder::of_ada();
        let add = ["app", "add", "wiki", "--at", "http://wiki.localhost:8080", "--path", "/admin=admins"];
        folder.run(&add).succeeded();
        // Its commands need to know the port, which another program may take meanwhile.
        let started = (0..5).find_map(|_| {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            let flags = ["--port", &port.to_string(), "--base-url", &format!("http://localhost:{port}")];
            let run = folder.command(&flags).var("VESTIBULE_TRUSTED_PROXIES", trusted);
            match run.served() {
                Ok(server) => Some((flags.map(str::to_owned).to_vec(), server)),
                Err(ended) if ended.err.contains("in use") => None,
                Err(ended) => panic!("the site did not start: {ended:?}"),
            }
        });
        let (flags, server) = started.unwrap();
        Stage { folder, flags, server }
    }

    pub fn check(&self, words: &[&str]) -> Ended {
        let flags = self.flags.iter().map(String::as_str);
        self.folder
            .run(&flags.chain(["app", "check", "wiki"]).chain(words.iter().copied()).collect::<Vec<_>>())
    }

    /// What is said about a proxy with a fault, as JSON.
    pub fn said(&self, fault: Fault) -> (Ended, Value) {
        let url = format!("http://{}", proxy(self.server.address, fault));
        let ended = self.check(&["--url", &url, "--json"]);
        let said = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{fault:?}: {ended:?}"));
        (ended, said)
    }
}

/// The names of the checks with something wrong, and all advice about them.
pub fn wrong(said: &Value) -> (Vec<String>, String) {
    let checks = said["at"][0]["checks"].as_array().unwrap().iter().chain(said["itself"].as_array().unwrap());
    let wrong: Vec<_> = checks.filter(|check| check["state"] == "wrong").collect();
    let names = wrong.iter().map(|check| check["check"].as_str().unwrap().to_owned()).collect();
    let advice: Vec<_> = wrong.iter().map(|check| check["advice"].to_string()).collect();
    assert!(wrong.iter().all(|check| !check["advice"].as_array().unwrap().is_empty()), "{said:#}");
    (names, advice.join(" "))
}
