//! Programs started on a free port of this machine, looked at, and ended by their process id.

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

/// Nothing takes longer to start, but a large database that is checked.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server. It ends when it is dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to its first answer, in seconds.
    pub took: f64,
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

impl Server {
    /// Starts a program and asks it for a page until it answers.
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

    /// The memory it has now, in bytes.
    pub fn memory(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// The most it ever had.
    pub fn peak_memory(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1_024.0
    }

    /// Asks it to end, and waits for that.
    pub fn stop(mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            let _ = kill_process(Pid::from_child(&self.child), Signal::TERM); // it may have ended this moment
            let _ = self.child.wait();
        }
    }
}

/// Waits until somebody wants the measurement to end.
pub async fn ended_from_outside() {
    let mut signals = [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).unwrap());
    let [interrupt, terminate] = &mut signals;
    select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// Ten thousand connections are as many files.
pub fn raise_file_limit() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}
