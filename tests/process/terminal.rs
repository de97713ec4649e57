//! A site that is started on a terminal, as a person does it who tries it.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::folder::Folder;
use crate::support::{Run, Server};

/// Where its links lead.
pub const HERE: &str = "http://localhost:8000";
/// What stands before the link of the first administrator.
pub const BECOME_ONE: &str = "There is no administrator yet. Become one: ";

/// The site on any free port. Its links do not say which.
pub fn command(folder: &Folder) -> Run {
    folder.command(&["--port", "0", "--base-url", HERE])
}

/// A site on a terminal of its own, which a file shows. It is stopped by its own process id: `script` passes
/// no signal on.
pub struct OnTerminal<'f> {
    folder: &'f Folder,
    server: Option<Server>,
    pid: Pid,
}

impl OnTerminal<'_> {
    /// Starts it.
    pub fn start(folder: &Folder) -> OnTerminal<'_> {
        // The line that is waited for is the only one that goes on: on a terminal, the log is on stdout too.
        let shown = "\"$0\" \"$@\" | tee shown.txt | grep --line-buffered ' is ready at '";
        let run = command(folder).after("echo $$ > pid.txt").on_a_terminal();
        let server = run.through(&["sh", "-c", shown]).announced();
        let pid = fs::read_to_string(folder.path().join("pid.txt")).unwrap().trim().parse().unwrap();
        OnTerminal { folder, server: Some(server), pid: Pid::from_raw(pid).unwrap() }
    }

    /// The site.
    pub fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// All that it has shown.
    pub fn shown(&self) -> String {
        // While it writes, the file may end within a character.
        String::from_utf8_lossy(&fs::read(self.folder.path().join("shown.txt")).unwrap()).into_owned()
    }

    /// The link that it shows, waited for.
    pub fn link(&self) -> String {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let shown = self.shown();
            let rest = shown.split_once(BECOME_ONE).and_then(|(_, rest)| rest.split_once(" (good once"));
            if let Some((link, _)) = rest {
                return link.to_owned();
            }
            assert!(Instant::now() < end, "no link in {shown}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Stops it. Returns all that it has shown.
    pub fn stop(mut self) -> String {
        kill_process(self.pid, Signal::TERM).unwrap();
        self.server.take().unwrap().ended();
        self.shown()
    }
}

impl Drop for OnTerminal<'_> {
    fn drop(&mut self) {
        if self.server.is_some() {
            let _ = kill_process(self.pid, Signal::KILL); // a test failed
        }
    }
}
