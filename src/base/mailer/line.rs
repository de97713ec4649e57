//! The connection to an SMTP server, including TLS. Answers of the server are turned into short lines of
//! plain ASCII before the mail library reads them. The library gives up a conversation over one byte that is
//! not UTF-8 or one long line, even if the server has just accepted the email, which would then be sent again
//! and again.
#![expect(deprecated, reason = "the library's own TLS stream has no other public name; a wrapper needs it")]

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncNetworkStream, AsyncTokioStream, TlsParameters};
use parking_lot::{Mutex, MutexGuard};
use rocket::futures::{AsyncRead as _, AsyncWrite as _};
use rocket::tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use rocket::tokio::net::TcpStream;

/// The part of a server's line that is kept, in bytes. RFC 5321, 4.5.3.1.5, allows 512 including its end.
const LONGEST_LINE: usize = 500;
/// The end of an email on the wire (RFC 5321, 4.1.1.4). It cannot occur inside an email: a line that begins
/// with a dot gets a second one.
const END_OF_MAIL: [u8; 5] = *b"\r\n.\r\n";
/// What the library reads instead of a greeting after STARTTLS, when a server sends none.
const NO_GREETING: &[u8] = b"220 TLS\r\n";

/// A connection. Copies share it: the library has one, and we keep one to see how far it got.
#[derive(Clone, Debug)]
pub(super) struct Line(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    /// `None` if TLS failed.
    stream: Option<AsyncNetworkStream>,
    cleaner: Cleaner,
    /// Cleaned input that has not been read yet.
    heard: Vec<u8>,
    /// The last bytes that were written.
    written: [u8; END_OF_MAIL.len()],
}

impl Line {
    pub(super) fn new(stream: TcpStream) -> Line {
        Line(Arc::new(Mutex::new(Inner {
            stream: Some(AsyncNetworkStream::use_existing_tokio1(Box::new(stream))),
            cleaner: Cleaner::default(),
            heard: Vec::new(),
            written: [0; END_OF_MAIL.len()],
        })))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock()
    }

    /// Starts TLS. Unread input from before is discarded: an attacker may have inserted it.
    pub(super) async fn encrypt(&self, parameters: TlsParameters) -> Result<(), Error> {
        let taken = self.inner().stream.take();
        if let Some(mut stream) = taken {
            stream.upgrade_tls(parameters).await?;
            let mut inner = self.inner();
            (inner.stream, inner.cleaner, inner.heard) = (Some(stream), Cleaner::default(), Vec::new());
        }
        Ok(())
    }

    /// Gives the next reader a greeting, which a new conversation begins with.
    pub(super) fn greet(&self) {
        self.inner().heard = NO_GREETING.to_vec();
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.inner().stream.as_ref().is_some_and(AsyncNetworkStream::is_encrypted)
    }

    /// The server's certificate, if the connection uses TLS.
    pub(super) fn certificate(&self) -> Option<Vec<u8>> {
        self.inner().stream.as_ref()?.peer_certificate().ok()
    }

    /// Whether the last bytes written were the end of an email: from then on the server may have accepted it.
    pub(super) fn ended(&self) -> bool {
        self.inner().written == END_OF_MAIL
    }
}

impl Inner {
    fn stream(&mut self) -> io::Result<Pin<&mut AsyncNetworkStream>> {
        self.stream.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let inner = &mut *self.inner();
        while inner.heard.is_empty() {
            let mut said = [0; 1_024];
            let length = ready!(inner.stream()?.poll_read(context, &mut said))?;
            if length == 0 {
                return Poll::Ready(Ok(())); // end of the stream
            }
            inner.cleaner.clean(&said[..length], &mut inner.heard);
        }
        let length = inner.heard.len().min(into.remaining());
        into.put_slice(&inner.heard[..length]);
        inner.heard.drain(..length);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut inner = self.inner();
        let length = ready!(inner.stream()?.poll_write(context, bytes))?;
        for byte in bytes.iter().take(length).skip(length.saturating_sub(END_OF_MAIL.len())) {
            inner.written.rotate_left(1);
            inner.written[END_OF_MAIL.len() - 1] = *byte;
        }
        Poll::Ready(Ok(length))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner().stream()?.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.inner().stream()?.poll_close(context)
    }
}

impl AsyncTokioStream for Line {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.inner().stream()?.peer_addr()
    }
}

/// Turns a server's answers into short lines of printable ASCII. Its codes are ASCII anyway; only its words
/// lose something.
#[derive(Debug, Default)]
struct Cleaner {
    /// How much of the line was kept so far.
    kept: usize,
}

impl Cleaner {
    fn clean(&mut self, said: &[u8], into: &mut Vec<u8>) {
        for byte in said {
            match byte {
                b'\n' => {
                    into.extend_from_slice(b"\r\n");
                    self.kept = 0;
                }
                // It belongs to the line end, which is added anyway.
                b'\r' => {}
                _ if self.kept >= LONGEST_LINE => {}
                _ => {
                    into.push(match byte {
                        b' '..=b'~' => *byte,
                        b'\t' => b' ',
                        _ => b'?',
                    });
                    self.kept += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(parts: &[&[u8]]) -> String {
        let (mut cleaner, mut heard) = (Cleaner::default(), Vec::new());
        parts.iter().for_each(|part| cleaner.clean(part, &mut heard));
        String::from_utf8(heard).unwrap()
    }

    #[test]
    fn what_a_server_says_becomes_short_lines_of_ascii_however_it_arrives() {
        assert_eq!(cleaned(&[b"220 gr\xfc\xdf Gott\r\n250 OK\n"]), "220 gr?? Gott\r\n250 OK\r\n");
        assert_eq!(cleaned(&[b"250 a\x1b[2J\x00\tb\r", b"\n"]), "250 a?[2J? b\r\n");
        let long = format!("250-{}\r\n250 OK\r\n", "x".repeat(5_000));
        let parts: Vec<_> = long.as_bytes().chunks(7).collect();
        assert_eq!(cleaned(&parts), format!("250-{}\r\n250 OK\r\n", "x".repeat(LONGEST_LINE - 4)));
    }
}
