//! Tools of the fault tests: number of rounds, root, strace, response times, and the resources of a process.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};

use crate::support::{Server, there_is};

/// The number of rounds of the short form, if it is set.
fn shortened() -> Option<usize> {
    std::env::var("VESTIBULE_TEST_ROUNDS").ok().map(|rounds| rounds.parse().unwrap())
}

/// The given number of rounds, or fewer in the short form.
pub fn rounds(full: usize) -> usize {
    shortened().map_or(full, |most| full.min(most))
}

/// The first size in the full form, the second one in the short form.
pub fn sized<T>(full: T, short: T) -> T {
    if shortened().is_some() { short } else { full }
}

/// Whether the test runs as root. If not, prints which test is skipped.
pub fn is_root(without_it: &str) -> bool {
    let root = rustix::process::geteuid().is_root();
    if !root {
        println!("skipped, since this is not root: {without_it}");
    }
    root
}

/// Raises the limit on open files of this process.
pub fn raise_file_limit() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
}

/// Runs a system command to its end. Returns whether it succeeded.
pub fn does(command: &str, words: &[&str]) -> bool {
    let output = Command::new(command).args(words).output();
    output.is_ok_and(|output| output.status.success())
}

/// An strace process that injects faults into another process until it is dropped.
pub struct Tracer(Child);

impl Tracer {
    /// Whether `strace` exists and may trace other processes.
    pub fn is_there(without_it: &str) -> bool {
        let works = there_is("strace", without_it) && does("strace", &["-o", "/dev/null", "true"]);
        if !works {
            println!("skipped, since strace cannot be used: {without_it}");
        }
        works
    }

    /// Makes system calls of a server fail from now on.
    pub fn failing(server: &Server, calls: &str, fault: &str) -> Tracer {
        let tracer = Command::new("strace")
            .args(["-f", "-qq", "-o", "/dev/null", "-p", &server.pid().to_string()])
            .args(["-e", &format!("trace={calls}"), "-e", &format!("inject={calls}:{fault}")])
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let tracer = Tracer(tracer);
        let begun = Instant::now();
        while !all_traced(server.pid(), tracer.0.id()) {
            assert!(begun.elapsed() < Duration::from_secs(10), "strace does not attach");
            thread::sleep(Duration::from_millis(5));
        }
        tracer
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        // SIGINT detaches from the traced process; SIGKILL does too, but may leave it stopped.
        let _ = kill_process(Pid::from_child(&self.0), Signal::INT); // it may have ended
        let _ = self.0.wait();
    }
}

/// Whether each thread of a process is traced by another process.
fn all_traced(process: u32, tracer: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    threads.map(|thread| thread.unwrap().path().join("status")).all(|status| {
        fs::read_to_string(status).is_ok_and(|text| text.contains(&format!("TracerPid:\t{tracer}\n")))
    })
}

/// A value of a process's memory in MiB, by its name in `/proc/…/status`: `VmRSS` now, `VmHWM` at its peak.
pub fn memory(server: &Server, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
}

/// How many files a process has open.
pub fn open_files(server: &Server) -> usize {
    fs::read_dir(format!("/proc/{}/fd", server.pid())).unwrap().count()
}

/// The response times of many visits.
pub struct Times(Vec<Duration>);

impl Times {
    /// Visits for a duration, and at least ten times.
    pub fn of(during: Duration, mut visit: impl FnMut()) -> Times {
        let end = Instant::now() + during;
        let mut times = Vec::new();
        while Instant::now() < end || times.len() < 10 {
            let begun = Instant::now();
            visit();
            times.push(begun.elapsed());
            thread::sleep(Duration::from_millis(5));
        }
        times.sort();
        Times(times)
    }

    /// The 99th percentile of the response times.
    pub fn p99(&self) -> Duration {
        self.0[(self.0.len() * 99).div_ceil(100) - 1]
    }

    pub fn median(&self) -> Duration {
        self.0[self.0.len() / 2]
    }
}

/// Waits until a condition holds. Returns how long that took.
pub fn until(what: &str, most: Duration, mut condition: impl FnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < most, "not within {most:?}: {what}");
        thread::sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}
