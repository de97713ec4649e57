//! A keep-alive HTTP/1.1 client that uses as little CPU time as possible. On a small machine, the client takes CPU time
//! from the server.

use std::io;
use std::net::SocketAddr;

use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;

/// A connection that is opened when it is needed, and opened again after the server closed it.
pub struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

/// A response.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a str,
    pub body: &'a [u8],
}

/// The headers of a response that are needed to read its body.
struct Framing {
    status: u16,
    length: usize,
    stays: bool,
}

/// Parses the headers in one pass.
fn framing(head: &[u8]) -> Option<Framing> {
    let status = std::str::from_utf8(head.get(9..12)?).ok()?.parse().ok()?;
    let mut framing = Framing { status, length: 0, stays: true };
    for line in head.split(|byte| *byte == b'\n') {
        let value = |name: &[u8]| {
            let known = line.len() > name.len() && line[..name.len()].eq_ignore_ascii_case(name);
            known.then(|| line[name.len()..].trim_ascii())
        };
        match line.first() {
            Some(b'c' | b'C') => {}
            _ => continue,
        }
        if let Some(length) = value(b"content-length:") {
            framing.length = std::str::from_utf8(length).ok()?.parse().ok()?;
        } else if let Some(word) = value(b"connection:") {
            framing.stays = !word.eq_ignore_ascii_case(b"close");
        }
    }
    Some(framing)
}

impl Answer<'_> {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
    let mut fitting = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
    fitting.next().map(|(_, value)| value.trim())
}

impl Connection {
    pub fn to(address: SocketAddr) -> Connection {
        Connection { address, stream: None, buffer: Vec::with_capacity(16_384) }
    }

    /// Sends a request and reads the whole response.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address).await?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        stream.write_all(request).await?;
        self.buffer.clear();
        let mut looked_at = 0;
        let head = loop {
            read_more(&mut stream, &mut self.buffer).await?;
            if let Some(at) = self.buffer[looked_at..].windows(4).position(|window| window == b"\r\n\r\n") {
                break looked_at + at;
            }
            looked_at = self.buffer.len().saturating_sub(3);
        };
        let framing = framing(&self.buffer[..head]).ok_or_else(|| io::Error::other("this is not HTTP"))?;
        let Framing { status, length, stays } = framing;
        while self.buffer.len() < head + 4 + length {
            read_more(&mut stream, &mut self.buffer).await?;
        }
        self.stream = stays.then_some(stream);
        let head_text = std::str::from_utf8(&self.buffer[..head]).map_err(io::Error::other)?;
        Ok(Answer { status, head: head_text, body: &self.buffer[head + 4..head + 4 + length] })
    }
}

async fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<()> {
    match stream.read_buf(buffer).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(()),
    }
}

/// A request for a page, with a cookie if there is one.
pub fn get(path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
    format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 \
         Firefox/128.0\r\nAccept: text/html\r\n{cookie}\r\n"
    )
    .into_bytes()
}

/// The same request with another header.
pub fn with_header(request: &[u8], line: &str) -> Vec<u8> {
    let after_first = request.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let (first, rest) = request.split_at(after_first);
    [first, line.as_bytes(), b"\r\n", rest].concat()
}

/// A request that submits a form.
pub fn post(path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 \
         Firefox/128.0\r\nAccept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n\
         {body}",
        body.len()
    )
    .into_bytes()
}
