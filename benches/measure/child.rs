//! Starts programs on a free port of this machine, measures them, and stops them by their process ID.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rocket::tokio::net::TcpStream;
use rocket::tokio::select;
use rocket::tokio::signal::unix::{SignalKind, signal};
use rocket::tokio::time::sleep;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};

use super::client::{Connection, get};

/// Timeout of a start. Only a start that checks a large database takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server. Dropping it stops it.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// Time from the start of the process to its first response, in seconds.
    pub took: f64,
}

/// A port that is not in use.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Server {
    /// Starts a program and requests a page until it answers.
    pub async fn start(command: &mut Command, port: u16, path: &str) -> Server {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let begun = Instant::now();
        let child = command.spawn().unwrap();
        let mut server = Server { child, address, took: 0.0 };
        while TcpStream::connect(address).await.is_err() {
            assert!(server.child.try_wait().unwrap().is_none(), "{command:?} ended at once");
            assert!(begun.elapsed() < PATIENCE, "{command:?} does not answer");
            sleep(Duration::from_micros(300)).await;
        }
        let status = Connection::to(address).send(&get(path, None)).await.unwrap().status;
        server.took = begun.elapsed().as_secs_f64();
        assert!(status < 400, "{command:?} answered {status}");
        server
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its current memory, in bytes.
    pub fn memory(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// Its peak memory, in bytes.
    pub fn peak_memory(&self) -> f64 {
        self.status("VmHWM:")
    }

    /// Peak memory including its child processes, in bytes. Shared memory counts for each process.
    pub fn peak_memory_of_all(&self) -> f64 {
        let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", self.pid())).unwrap();
        let children = children.split_ascii_whitespace().map(|pid| status(pid.parse().unwrap(), "VmHWM:"));
        self.peak_memory() + children.sum::<f64>()
    }

    fn status(&self, field: &str) -> f64 {
        status(self.pid(), field)
    }

    /// Stops it and waits for its end.
    pub fn stop(mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.child.wait().unwrap();
    }
}

/// A value from `/proc/…/status` of a process, in bytes.
fn status(pid: u32, field: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1_024.0
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            let _ = kill_process(Pid::from_child(&self.child), Signal::TERM); // it may have just ended
            let _ = self.child.wait();
        }
    }
}

/// Runs a command that installs or builds something to its end. If it fails, returns `what` as the error and prints the first
/// line of the output that names an error.
pub fn finish(command: &mut Command, what: &str) -> Result<(), String> {
    let reason = match command.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            let named = told.lines().find(|line| line.to_ascii_lowercase().contains("error"));
            named.map_or_else(|| output.status.to_string(), str::to_owned)
        }
        Err(error) => error.to_string(),
    };
    println!("{what}: {reason}");
    Err(what.to_owned())
}

/// Waits for a signal that interrupts the measurement.
pub async fn ended_from_outside() {
    let mut signals = [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).unwrap());
    let [interrupt, terminate] = &mut signals;
    select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// Raises the limit on open files, since each of ten thousand connections needs one.
pub fn raise_file_limit() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}
