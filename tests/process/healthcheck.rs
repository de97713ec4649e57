//! `vestibule healthcheck` exits with 0 if the configured site is healthy, otherwise with 1.

use std::io::{Read, Write};
use std::net::{Ipv6Addr, TcpListener};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::folder::Folder;
use crate::free_address::free_address;

#[test]
fn it_finds_the_running_site_by_flag_variable_or_file() {
    let folder = Folder::new();
    let server = folder.serve();
    let port = server.address.port().to_string();
    let ended = folder.run(&["healthcheck", "--port", &port]).succeeded();
    assert_eq!(ended.out, "");
    folder.command(&["healthcheck"]).var("ROCKET_PORT", &port).finish().succeeded();
    folder.write("Rocket.toml", format!("[default]\nport = {port}"));
    folder.run(&["healthcheck"]).succeeded();
}

/// Starts a server that gives this answer to one request. Returns its port, and the request that it received.
fn answering(address: &str, answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind((address, 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let request = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut request, mut byte) = (Vec::new(), [0]);
        while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
            request.push(byte[0]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&request).into_owned()
    });
    (port, request)
}

#[test]
fn a_site_on_all_addresses_is_checked_on_the_loopback_address() {
    let mut addresses = vec![("0.0.0.0", "127.0.0.1")];
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        addresses.extend([("::", "[::1]"), ("::1", "[::1]")]);
    } else {
        println!("skipped, since there is no IPv6: a site that listens on [::]");
    }
    for (address, own) in addresses {
        let folder = Folder::new();
        let server = folder.command(&["--port", "0", "--address", address]).start();
        let port = server.address.port().to_string();
        folder.run(&["healthcheck", "--port", &port, "--address", address]).succeeded();
        drop(server);
        // On Linux a client may connect to "all addresses", on other systems it may not. So the request itself
        // is checked.
        let (port, request) = answering(address, "HTTP/1.1 200 OK\r\n\r\n");
        folder.run(&["healthcheck", "--port", &port, "--address", address]).succeeded();
        let request = request.join().unwrap();
        assert!(request.contains(&format!("\r\nHost: {own}:{port}\r\n")), "{request}");
    }
}

#[test]
fn without_a_running_site_it_exits_with_1() {
    let folder = Folder::new();
    let free = free_address();
    let run = folder.run(&["healthcheck", "--port", &free.port().to_string()]);
    run.refused(&[&free.to_string(), "does not answer"]);
    assert!(folder.snapshot().is_empty() && !folder.data().exists());
}

#[test]
fn any_other_response_or_none_is_unhealthy() {
    let folder = Folder::new();
    for answer in
        ["HTTP/1.1 503 Service Unavailable\r\n\r\n", "HTTP/1.1 404 Not Found\r\n\r\n", "SSH-2.0\r\n", ""]
    {
        let (port, request) = answering("127.0.0.1", answer);
        folder.run(&["healthcheck", "--port", &port]).refused(&[&port]);
        assert!(request.join().unwrap().starts_with("GET /health HTTP/1.1\r\n"));
    }
}

#[test]
fn a_site_that_does_not_respond_times_out() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port().to_string();
    let ended = Folder::new().run(&["healthcheck", "--port", &port]).refused(&[&port]);
    assert!(ended.took < Duration::from_secs(6), "{ended:?}");
}
