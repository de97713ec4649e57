//! A mail server that behaves as a test needs (Python's aiosmtpd in `smtp/server.py`), and a site that uses it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::folder::Folder;
use crate::support::{Run, there_is};

/// Timeout for an email. The outbox is checked every two seconds, an email may wait four seconds more, and a busy
/// machine takes longer.
const PATIENCE: Duration = Duration::from_secs(25);
/// Within this time an email that is due would arrive.
const A_WHILE: Duration = Duration::from_secs(7);
/// The Python with aiosmtpd that `.ci/run` installs.
const OWN_PYTHON: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/smtp/bin/python3");
const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/smtp/server.py");
/// The base URL of the sites in these tests, as in their emails.
pub const BASE: &str = "http://login.localhost";

/// A Python with aiosmtpd. If there is none, prints which test is skipped.
fn python(what: &str) -> Option<PathBuf> {
    if Path::new(OWN_PYTHON).is_file() {
        return Some(OWN_PYTHON.into());
    }
    if !there_is("python3", what) {
        return None;
    }
    let tried =
        Command::new("python3").args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status().unwrap();
    if !tried.success() {
        println!("skipped, since python3 has no aiosmtpd: {what}");
    }
    tried.success().then(|| "python3".into())
}

/// A running mail server.
pub struct Smtp {
    child: Child,
    _stdin: ChildStdin, // closing it ends the server
    said: Receiver<Value>,
    pub port: u16,
}

impl Smtp {
    /// Starts a server with these arguments. `None` if there is no Python for it; that was printed.
    pub fn start(words: &[&str]) -> Option<Smtp> {
        let python = python("what the program says to a mail server")?;
        let mut command = Command::new(python);
        command.arg(SERVER).args(words).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (stdin, lines) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let (told, said) = channel();
        thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let _ = told.send(serde_json::from_str(&line).unwrap()); // the test may have ended
            }
        });
        let mut server = Smtp { child, _stdin: stdin, said, port: 0 };
        server.port = server.next("port").as_u64().unwrap().try_into().unwrap();
        Some(server)
    }

    /// Its next report, which must be of this kind.
    pub fn next(&self, what: &str) -> Value {
        match self.said.recv_timeout(PATIENCE) {
            Ok(mut said) if said.get(what).is_some() => said[what].take(),
            other => panic!("the mail server should report a {what}, but it reported {other:?}"),
        }
    }

    /// The next email it accepts.
    pub fn mail(&self) -> Value {
        self.next("mail")
    }

    /// Asserts that it receives no email for a while.
    pub fn stays_idle(&self) {
        assert_eq!(self.said.recv_timeout(A_WHILE), Err(RecvTimeoutError::Timeout));
    }

    /// The site that uses it, with a `smtp_url` such as `smtp://localhost?tls=none`, to which the port is
    /// added.
    pub fn site(&self, folder: &Folder, url: &str) -> Run {
        with_mail(folder, &["--port", "0"], &self.url(url))
    }

    /// A command of that site.
    pub fn command(&self, folder: &Folder, words: &[&str], url: &str) -> Run {
        with_mail(folder, words, &self.url(url))
    }

    fn url(&self, url: &str) -> String {
        url.replacen("localhost", &format!("localhost:{}", self.port), 1)
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it has usually not ended
        let _ = self.child.wait();
    }
}

/// The program with email on.
pub fn with_mail(folder: &Folder, words: &[&str], url: &str) -> Run {
    let run = folder.command(words).var("VESTIBULE_SMTP_URL", url).var("VESTIBULE_BASE_URL", BASE);
    run.var("VESTIBULE_MAIL_FROM", "Vestibule <login@example.org>")
}

/// A port that is not in use.
pub fn dead_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The emails that wait, as `vestibule mail list --json` prints them.
pub fn waiting(folder: &Folder) -> Vec<Value> {
    let listed = folder.run(&["mail", "list", "--json"]).succeeded().out;
    serde_json::from_str(&listed).unwrap()
}

/// The one waiting email, after its first attempt.
pub fn tried(folder: &Folder) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let mails = waiting(folder);
        assert_eq!(mails.len(), 1, "{mails:?}");
        if !mails[0]["last_error"].is_null() {
            return mails[0].clone();
        }
        assert!(Instant::now() < end, "the email was not attempted: {mails:?}");
        thread::sleep(Duration::from_millis(100));
    }
}

/// Makes every waiting email due.
pub fn hurry(folder: &Folder) {
    folder.sql(&["update outbox set due_at = 0 where given_up_at is null"]);
}

/// The path and query of the link in an email.
pub fn link_in(mail: &Value) -> String {
    let text = mail["text"].as_str().unwrap();
    let line = text.lines().find_map(|line| line.trim().strip_prefix(BASE).filter(|rest| rest.contains('?')));
    line.unwrap_or_else(|| panic!("no link in {text}")).to_owned()
}
