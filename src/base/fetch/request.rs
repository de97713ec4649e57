//! The request itself.

use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::time::timeout;

use super::answer::{Answer, Read, read};
use super::connection::{Server, connect};
use super::failure::{Failure, PATIENCE};

/// The most bytes of an answer that are read.
const LONGEST_ANSWER: usize = 64 * 1024;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The method.
    pub method: &'r str,
    /// The value of `Host`.
    pub host: &'r str,
    /// The path with its query.
    pub path: &'r str,
    /// More headers, spelt exactly like this.
    pub headers: &'r [(&'r str, &'r str)],
}

impl Request<'_> {
    /// The bytes of it.
    fn head(&self) -> String {
        let Request { method, host, path, headers } = self;
        let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n")
    }
}

/// Sends a request without a body. An answer that is too long ends early. A redirect is an answer like any other.
pub async fn fetch(server: &Server, request: Request<'_>) -> Result<Answer, Failure> {
    timeout(PATIENCE, ask(server, &request.head())).await.unwrap_or(Err(Failure::TooSlow))
}

async fn ask(server: &Server, head: &str) -> Result<Answer, Failure> {
    let mut stream = connect(server).await?;
    let sent = async {
        stream.write_all(head.as_bytes()).await?;
        stream.flush().await
    };
    sent.await.map_err(|_| Failure::Ended)?;
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        // A server that resets the connection, or ends TLS without a word, has nothing more to say.
        let count = stream.read(&mut buffer).await.unwrap_or(0);
        bytes.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let is_last = count == 0 || bytes.len() >= LONGEST_ANSWER;
        match read(&bytes)? {
            Read::Whole(answer) => return Ok(answer),
            Read::Part(answer) if is_last => return answer.ok_or(Failure::Ended),
            Read::Part(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use rocket::tokio::net::TcpListener;
    use rocket::tokio::task::JoinHandle;

    use super::super::trust::Trust;
    use super::*;

    /// Answers one request with these bytes, and returns what it was asked.
    async fn answering(answer: Vec<u8>) -> (Server, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = server_at(listener.local_addr().unwrap());
        let asked = rocket::tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                asked.push(stream.read_u8().await.unwrap());
            }
            let _ = stream.write_all(&answer).await; // it may have read enough
            String::from_utf8(asked).unwrap()
        });
        (server, asked)
    }

    fn server_at(address: SocketAddr) -> Server {
        Server { host: address.ip().to_string(), port: address.port(), tls: None }
    }

    fn about(path: &str) -> Request<'_> {
        let headers = &[("Remote.User", "ada"), ("Remote_User", "eve")];
        Request { method: "GET", host: "wiki.example.org", path, headers }
    }

    #[rocket::async_test]
    async fn headers_are_sent_as_they_are_spelt_and_a_redirect_is_not_followed() {
        let redirect = "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n";
        let (server, asked) = answering(redirect.as_bytes().to_vec()).await;
        let answer = fetch(&server, about("/a?b=c")).await.unwrap();
        assert_eq!((answer.status, answer.header("location")), (302, Some("http://192.0.2.1/")));
        let expected = "GET /a?b=c HTTP/1.1\r\nHost: wiki.example.org\r\nConnection: close\r\nRemote.User: ada\r\n\
                        Remote_User: eve\r\n\r\n";
        assert_eq!(asked.await.unwrap(), expected);
    }

    #[rocket::async_test]
    async fn a_long_answer_is_cut() {
        let mut long = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        long.resize(10 * LONGEST_ANSWER, b'a');
        let (server, _) = answering(long).await;
        let answer = fetch(&server, about("/")).await.unwrap();
        assert_eq!(answer.status, 200);
        assert!((LONGEST_ANSWER / 2..LONGEST_ANSWER + 4096).contains(&answer.body.len()));
    }

    #[rocket::async_test]
    async fn what_does_not_answer_is_told() {
        let (server, _) = answering(Vec::new()).await;
        assert_eq!(fetch(&server, about("/")).await, Err(Failure::Ended));
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let refused = fetch(&server_at(closed), about("/")).await;
        assert!(matches!(refused, Err(Failure::NotConnected(_))), "{refused:?}");
        let no_tls = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut plain = server_at(no_tls.local_addr().unwrap());
        rocket::tokio::spawn(async move {
            let (mut stream, _) = no_tls.accept().await.unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
            let _ = stream.read_u8().await; // until the client has read it
        });
        plain.tls = Some(("wiki.example.org".to_owned(), Trust::with(None).unwrap()));
        let untrusted = fetch(&plain, about("/")).await;
        assert!(matches!(untrusted, Err(Failure::NotTrusted(_))), "{untrusted:?}");
    }
}
