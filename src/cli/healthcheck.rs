//! Whether the running site is healthy: one `GET /health`, for a container without a shell or an HTTP client.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::base::Refusal;
use crate::base::config::{self, Flags};

/// Timeout of the request. A healthy site answers in milliseconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// Sends the request.
pub(super) fn healthcheck(flags: &Flags) -> Result<(), Refusal> {
    let server = config::load(flags)?.server;
    let address = SocketAddr::new(reachable(server.address), server.port);
    match ask(address) {
        Ok(answer) if answer.starts_with("HTTP/1.1 200 ") => Ok(()),
        Ok(_) => Err(Refusal::new(format!(
            "{address} answers, but not as a healthy site does. Check its log, and whether another program listens there."
        ))),
        Err(error) => Err(Refusal::new(format!(
            "The site at {address} does not answer: {error}. Check that it is running, and that it listens on this --address \
             and --port."
        ))),
    }
}

/// A server that listens on all addresses is asked on the loopback address.
fn reachable(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
    }
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = [0; 64];
    let read = stream.read(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..read]).into_owned())
}
