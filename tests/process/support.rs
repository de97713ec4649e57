//! The program as an operator uses it: started in a separate folder with only the variables of the test, its
//! output read, stopped by signals, and killed when the test ends, even if it fails.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{env, fs};

use rustix::process::{Pid, Signal, kill_process};

use crate::visitor::{Visitor, announced_address};

/// Timeout of everything here, long enough for a busy machine. A process that takes longer is killed, and so has
/// no exit status.
const PATIENCE: Duration = Duration::from_secs(20);

/// The release build to test, if one was named. Only a release build contains the pages.
pub fn release() -> Option<PathBuf> {
    env::var_os("VESTIBULE_TEST_BINARY").map(|named| fs::canonicalize(named).unwrap())
}

/// The program under test.
pub fn binary() -> PathBuf {
    release().unwrap_or_else(|| env!("CARGO_BIN_EXE_vestibule").into())
}

/// Whether a system tool exists. If not, prints which test is skipped.
pub fn there_is(tool: &str, without_it: &str) -> bool {
    let found = env::split_paths(&env::var_os("PATH").unwrap()).any(|folder| folder.join(tool).is_file());
    if !found {
        println!("skipped, since there is no {tool}: {without_it}");
    }
    found
}

/// A program to start.
pub struct Run {
    folder: PathBuf,
    words: Vec<OsString>,
    variables: Vec<(String, OsString)>,
    input: Option<String>,
    heard: bool,
}

impl Run {
    /// The program under test with arguments, in a folder.
    pub fn new(folder: &Path, arguments: &[&str]) -> Run {
        let mut words = vec![binary().into_os_string()];
        words.extend(arguments.iter().map(OsString::from));
        Run { folder: folder.to_owned(), words, variables: Vec::new(), input: None, heard: true }
    }

    /// Sets a variable.
    pub fn var(mut self, name: &str, value: impl AsRef<OsStr>) -> Run {
        self.variables.push((name.to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Raises every rate limit, for visitors who send more requests than people do.
    pub fn patient(self) -> Run {
        let limits = [
            "FREE_GUESSES",
            "WRONG_PASSWORDS",
            "LOGINS",
            "REAUTHENTICATIONS",
            "SIGNUPS",
            "NEW_PASSWORDS",
            "FORMS",
        ];
        limits.iter().fold(self, |run, limit| run.var(&format!("VESTIBULE_LIMIT_{limit}"), "1000000"))
    }

    /// Sets the text on stdin, which is empty otherwise.
    pub fn input(mut self, text: &str) -> Run {
        self.input = Some(text.to_owned());
        self
    }

    /// Closes the reader of stderr at once.
    pub fn unheard(mut self) -> Run {
        self.heard = false;
        self
    }

    /// Runs it with these words before its own command line.
    pub fn through(mut self, words: &[&str]) -> Run {
        self.words.splice(0..0, words.iter().map(OsString::from));
        self
    }

    /// Runs it after a line of shell, in the same process.
    pub fn after(self, line: &str) -> Run {
        self.through(&["sh", "-c", &format!("{line}; exec \"$0\" \"$@\"")])
    }

    /// Runs it on a terminal of its own: its stderr appears on stdout.
    pub fn on_a_terminal(mut self) -> Run {
        let quoted: Vec<_> = self.words.iter().map(|word| format!("'{}'", word.to_str().unwrap())).collect();
        self.words = ["script", "-qec", &quoted.join(" "), "/dev/null"].map(OsString::from).into();
        self
    }

    /// Runs another program in its place.
    pub fn program(mut self, program: &Path) -> Run {
        self.words[0] = program.into();
        self
    }

    fn spawn(&self) -> Child {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).current_dir(&self.folder).env_clear();
        command.env("PATH", env::var_os("PATH").unwrap()).envs(self.variables.iter().cloned());
        command.stdin(if self.input.is_some() { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Its output on stderr.
    fn complaints(&self, child: &mut Child) -> JoinHandle<String> {
        let pipe = child.stderr.take().unwrap();
        if self.heard { collect(pipe) } else { collect(std::io::empty()) }
    }

    /// Runs it to its end.
    pub fn finish(self) -> Ended {
        let begun = Instant::now();
        let mut child = self.spawn();
        if let Some(text) = &self.input {
            let written = child.stdin.take().unwrap().write_all(text.as_bytes());
            // A program that refuses at once may end before reading it.
            assert!(written.is_ok() || child.wait().is_ok_and(|status| !status.success()));
        }
        let (out, err) = (collect(child.stdout.take().unwrap()), self.complaints(&mut child));
        let status = wait(&mut child);
        Ended { status, out: out.join().unwrap(), err: err.join().unwrap(), took: begun.elapsed() }
    }

    /// Runs it until this is so, and kills it then. Returns whether that ended it.
    pub fn kill_when(self, mut is_so: impl FnMut() -> bool) -> bool {
        let (mut child, end) = (self.spawn(), Instant::now() + PATIENCE);
        let (out, err) = (collect(child.stdout.take().unwrap()), self.complaints(&mut child));
        while child.try_wait().unwrap().is_none() && !is_so() && Instant::now() < end {
            thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill(); // it may have just ended
        let status = child.wait().unwrap();
        let _ = (out.join(), err.join());
        status.code().is_none()
    }

    /// Starts it as a server and waits until it answers.
    pub fn start(self) -> Server {
        let server = self.announced();
        assert_eq!(Visitor::at(server.address).get("/health").status, 200);
        server
    }

    /// Starts it as a server and waits until it says where it listens.
    pub fn announced(self) -> Server {
        self.served().unwrap_or_else(|ended| panic!("the site did not start: {ended:?}"))
    }

    /// Starts it as a server. Returns when it says where it listens, or when it has ended.
    pub fn served(self) -> Result<Server, Ended> {
        let begun = Instant::now();
        let mut child = self.spawn();
        let err = self.complaints(&mut child);
        let (said, first) = mpsc::channel();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let out = thread::spawn(move || {
            let mut line = String::new();
            lines.read_line(&mut line).unwrap();
            let _ = said.send(line.clone());
            lines.read_to_string(&mut line).unwrap();
            line
        });
        let line = first.recv_timeout(PATIENCE).unwrap_or_default();
        let Some(address) = announced_address(&line) else {
            let status = wait(&mut child); // it has usually ended
            let (out, err) = (out.join().unwrap(), err.join().unwrap());
            return Err(Ended { status, out, err, took: begun.elapsed() });
        };
        Ok(Server { child, out: Some(out), err: Some(err), address })
    }
}

fn collect(mut pipe: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut all = Vec::new();
        pipe.read_to_end(&mut all).unwrap();
        String::from_utf8(all).unwrap()
    })
}

fn wait(child: &mut Child) -> Option<i32> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if Instant::now() > end {
            let _ = child.kill(); // it may have just ended
        }
        thread::sleep(Duration::from_millis(3));
    }
}

/// A program that ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit status; `None` if a signal ended it.
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
    pub took: Duration,
}

impl Ended {
    /// Asserts that it succeeded without an error.
    pub fn succeeded(self) -> Ended {
        assert_eq!((self.status, &*self.err), (Some(0), ""), "{self:?}");
        self
    }

    /// Asserts that it ended with status 1 and exactly one line, which contains all these words.
    pub fn refused(self, words: &[&str]) -> Ended {
        assert_eq!(self.not_refused(words), None);
        self
    }

    /// What is wrong with a refusal, if anything.
    pub fn not_refused(&self, words: &[&str]) -> Option<String> {
        let line = self.err.strip_suffix('\n').unwrap_or_default();
        let one_line = line.starts_with("vestibule: ") && !line.contains(['\n', '\r', '\u{1b}']);
        let calm = !line.contains("panicked") && self.out.is_empty();
        let right =
            one_line && calm && self.status == Some(1) && words.iter().all(|word| line.contains(word));
        (!right).then(|| format!("expected status 1 and one line with {words:?}, not {self:#?}"))
    }
}

/// A running site.
pub struct Server {
    child: Child,
    out: Option<JoinHandle<String>>,
    err: Option<JoinHandle<String>>,
    /// Its address.
    pub address: SocketAddr,
}

impl Server {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Sends SIGTERM. Returns all its output.
    pub fn stop(self) -> Ended {
        self.signal(Signal::TERM);
        self.ended()
    }

    /// Sends SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its end.
    pub fn ended(mut self) -> Ended {
        let begun = Instant::now();
        let status = wait(&mut self.child);
        let took = begun.elapsed();
        let said = |pipe: &mut Option<JoinHandle<String>>| pipe.take().unwrap().join().unwrap();
        Ended { status, out: said(&mut self.out), err: said(&mut self.err), took }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it has usually ended
        let _ = self.child.wait();
    }
}
