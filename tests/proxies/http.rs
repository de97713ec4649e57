//! HTTP/1.1 as it stands on the wire, for both ends: nothing is put right that a library would put right.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The longest that anything here waits for the other end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request or an answer, as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Its first line.
    pub first: String,
    /// Its headers, each name as it was written.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Message {
    /// Reads a head. `None` at the end of the connection.
    pub fn head(reader: &mut impl BufRead) -> io::Result<Option<Message>> {
        let first = line(reader)?;
        if first.is_empty() {
            return Ok(None);
        }
        let mut message = Message { first, ..Message::default() };
        loop {
            let line = line(reader)?;
            if line.is_empty() {
                return Ok(Some(message));
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            message.headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }

    /// Reads the body after a head, as the head says how long it is. `or_all`: up to the end, if it does not say it.
    pub fn take_body(&mut self, reader: &mut impl BufRead, or_all: bool) -> io::Result<()> {
        if self.header("transfer-encoding").eq_ignore_ascii_case("chunked") {
            loop {
                let size = line(reader)?;
                let size = size.split(';').next().unwrap_or_default();
                let size = u64::from_str_radix(size, 16).map_err(|_| io::ErrorKind::InvalidData)?;
                reader.by_ref().take(size).read_to_end(&mut self.body)?;
                line(reader)?;
                if size == 0 {
                    return Ok(());
                }
            }
        }
        let length = self.header("content-length").parse::<u64>();
        match length {
            Ok(length) => reader.by_ref().take(length).read_to_end(&mut self.body)?,
            Err(_) if or_all => reader.read_to_end(&mut self.body)?,
            Err(_) => 0,
        };
        Ok(())
    }

    /// The value of a header, the first one, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// The values of a header.
    pub fn all<'m>(&'m self, name: &str) -> impl Iterator<Item = &'m str> {
        let own = self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        own.map(|(_, value)| &**value)
    }

    /// The status of an answer; 0 if the connection was closed without one.
    pub fn status(&self) -> u16 {
        self.first.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    /// The method of a request.
    pub fn method(&self) -> &str {
        self.first.split(' ').next().unwrap_or_default()
    }

    /// What a request asks for.
    pub fn target(&self) -> &str {
        self.first.split(' ').nth(1).unwrap_or_default()
    }

    /// The address that an answer leads to: of a redirect, or of a page that goes on by itself.
    pub fn leads_to(&self) -> Option<&str> {
        let refresh = || self.all("refresh").find_map(|value| value.strip_prefix("0; url="));
        (self.status() == 303).then(|| self.header("location")).or_else(refresh)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A line without its end; an empty one at the end of the connection. Bytes that are no text become one character each, so
/// that each of them can be told from nothing.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// A request to send.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub target: String,
    /// The lines of its head, the one with the host among them.
    pub lines: Vec<String>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn new(method: &str, target: &str) -> Request {
        Request { method: method.to_owned(), target: target.to_owned(), lines: Vec::new(), body: Vec::new() }
    }

    pub fn get(target: &str) -> Request {
        Request::new("GET", target)
    }

    /// Adds a line to its head, or several.
    pub fn with(mut self, line: impl Into<String>) -> Request {
        self.lines.push(line.into());
        self
    }

    pub fn host(self, host: &str) -> Request {
        self.with(format!("Host: {host}"))
    }

    /// With a body, whose length is said.
    pub fn body(mut self, body: &[u8]) -> Request {
        self.body = body.to_vec();
        self.with(format!("Content-Length: {}", body.len()))
    }

    /// With a body in pieces, whose length no one knows before.
    pub fn pieces(mut self, body: &[u8]) -> Request {
        for piece in body.chunks(7_000) {
            self.body.extend(format!("{:x}\r\n", piece.len()).bytes().chain(piece.iter().copied()));
            self.body.extend(b"\r\n");
        }
        self.body.extend(b"0\r\n\r\n");
        self.with("Transfer-Encoding: chunked")
    }

    fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        let has_connection = self.lines.iter().any(|line| line.starts_with("Connection:"));
        self.lines.iter().for_each(|line| head += &format!("{line}\r\n"));
        if !has_connection {
            head += "Connection: close\r\n";
        }
        let mut bytes = (head + "\r\n").into_bytes();
        bytes.extend(&self.body);
        bytes
    }
}

/// Sends a request on a new connection. The answer is an empty one if the connection is closed without any.
pub fn ask(at: SocketAddr, request: &Request) -> Message {
    read(at, request).map(|(message, _)| message).unwrap_or_default()
}

fn read(at: SocketAddr, request: &Request) -> io::Result<(Message, BufReader<TcpStream>)> {
    let mut stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // A proxy that refuses a request need not read all of it.
    let _ = stream.write_all(&request.bytes());
    let mut reader = BufReader::new(stream);
    loop {
        let mut answer = Message::head(&mut reader)?.unwrap_or_default();
        if answer.status() == 100 {
            continue;
        }
        let has_body = request.method != "HEAD" && !matches!(answer.status(), 0 | 101 | 204 | 304);
        if has_body {
            // What came of it is enough: a proxy may cut the connection in the middle.
            let _ = answer.take_body(&mut reader, true);
        }
        return Ok((answer, reader));
    }
}

/// An open WebSocket.
pub struct WebSocket(BufReader<TcpStream>);

impl WebSocket {
    /// Opens one. The error is the answer instead.
    pub fn open(at: SocketAddr, request: Request) -> Result<WebSocket, Message> {
        let request = request
            .with("Connection: Upgrade")
            .with("Upgrade: websocket")
            .with("Sec-WebSocket-Version: 13")
            .with("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        let (answer, reader) = read(at, &request).unwrap();
        // The answer to this key (RFC 6455, 1.3).
        let is_open =
            answer.status() == 101 && answer.header("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
        if is_open { Ok(WebSocket(reader)) } else { Err(answer) }
    }

    /// Sends a short text, and returns the one that comes back.
    pub fn says(&mut self, text: &str) -> String {
        const MASK: [u8; 4] = [1, 2, 3, 4];
        let length = u8::try_from(text.len()).unwrap();
        let mut frame = vec![0x81, 0x80 | length];
        frame.extend(MASK);
        frame.extend(text.bytes().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        self.0.get_mut().write_all(&frame).unwrap();
        let mut head = [0; 2];
        self.0.read_exact(&mut head).unwrap();
        let mut said = vec![0; head[1].into()];
        self.0.read_exact(&mut said).unwrap();
        String::from_utf8(said).unwrap()
    }
}
