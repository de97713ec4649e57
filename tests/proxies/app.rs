//! The app behind a proxy: it answers everything, and keeps what it was asked. It believes whatever it is told, as an app
//! behind a gate does.

use std::io::{self, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest;

use crate::http::Message;

/// What a server adds to the key of a WebSocket (RFC 6455, 1.3).
const OF_WEBSOCKETS: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// An app, until this process ends.
pub struct App {
    /// Where it listens.
    pub at: SocketAddr,
    asked: Arc<Mutex<Vec<Message>>>,
}

impl App {
    /// Starts one, which answers with this name in the header `X-App`.
    pub fn start(name: &'static str) -> App {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let asked = Arc::<Mutex<Vec<Message>>>::default();
        let kept = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                // A connection that a proxy cuts is none of the app's business.
                thread::spawn(move || serve(name, stream, &kept));
            }
        });
        App { at, asked }
    }

    /// What it was asked since the last time.
    pub fn taken(&self) -> Vec<Message> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    /// The one request that it was asked since the last time.
    pub fn taken_one(&self) -> Message {
        let mut taken = self.taken();
        assert_eq!(taken.len(), 1, "the app was asked {taken:#?}");
        taken.remove(0)
    }

    /// Asserts that nothing has reached it since the last time.
    pub fn saw_nothing(&self, why: &str) {
        let taken = self.taken();
        assert!(taken.is_empty(), "{why}: the app was asked {taken:#?}");
    }
}

fn serve(name: &str, stream: TcpStream, kept: &Mutex<Vec<Message>>) -> io::Result<()> {
    let mut answers = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    while let Some(mut request) = Message::head(&mut reader)? {
        request.take_body(&mut reader, false)?;
        kept.lock().unwrap().push(request.clone());
        if request.header("upgrade").eq_ignore_ascii_case("websocket") {
            return echo(&request, &mut reader, &mut answers);
        }
        let body = if request.method() == "HEAD" { "" } else { name };
        let head = format!("HTTP/1.1 200 OK\r\nX-App: {name}\r\nContent-Type: text/plain\r\n");
        write!(answers, "{head}Content-Length: {}\r\n\r\n{body}", name.len())?;
    }
    Ok(())
}

/// Sends back each short frame.
fn echo(request: &Message, reader: &mut impl Read, answers: &mut TcpStream) -> io::Result<()> {
    let key = format!("{}{OF_WEBSOCKETS}", request.header("sec-websocket-key"));
    let accept = STANDARD.encode(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes()));
    let head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    write!(answers, "{head}Sec-WebSocket-Accept: {accept}\r\n\r\n")?;
    loop {
        let (mut head, mut mask) = ([0; 2], [0; 4]);
        reader.read_exact(&mut head)?;
        reader.read_exact(&mut mask)?;
        let mut text = vec![0; (head[1] & 0x7f).into()];
        reader.read_exact(&mut text)?;
        text.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
        answers.write_all(&[head[0], head[1] & 0x7f])?;
        answers.write_all(&text)?;
    }
}
