//! A program that a test starts: it is stopped when the test ends, even if the test fails.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// The longest that a start may take.
const TO_START: Duration = Duration::from_secs(30);
/// The longest that an end may take, before the program is killed.
const TO_END: Duration = Duration::from_secs(3);
const STEP: Duration = Duration::from_millis(10);

/// How often a start is tried on other ports.
const TRIES: usize = 5;

/// Another program has taken a port that was free a moment ago.
#[derive(Debug)]
pub struct PortTaken;

impl PortTaken {
    /// Whether this is what a program that did not start says.
    pub fn is_in(output: &str) -> bool {
        output.to_lowercase().contains("in use")
    }
}

/// A running program.
pub struct Running {
    child: Child,
    name: String,
    output: PathBuf,
}

impl Running {
    /// Starts it in a folder, which is its home too. What it writes is kept there.
    pub fn start(name: &str, command: &mut Command, folder: &Path) -> Running {
        let output = folder.join("output");
        let file = File::create(&output).unwrap();
        command.current_dir(folder).stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
        let child = command.spawn().unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        Running { child, name: name.to_owned(), output }
    }

    /// Waits until it does what it is for.
    pub fn wait_until(&mut self, is_ready: impl Fn() -> bool) -> Result<(), PortTaken> {
        let end = Instant::now() + TO_START;
        while !is_ready() {
            let ended = self.child.try_wait().unwrap();
            if ended.is_some() || Instant::now() > end {
                let output = fs::read_to_string(&self.output).unwrap_or_default();
                if PortTaken::is_in(&output) {
                    return Err(PortTaken);
                }
                panic!("{} did not start ({ended:?}):\n{output}", self.name);
            }
            thread::sleep(STEP);
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let end = Instant::now() + TO_END;
        while self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            if Instant::now() > end {
                let _ = self.child.kill();
            }
            thread::sleep(STEP);
        }
    }
}

/// Starts something on ports of the loopback address, and on others where one of them is taken meanwhile.
pub fn on_free_ports<T>(count: usize, start: impl Fn(&[u16]) -> Result<T, PortTaken>) -> T {
    let started = (0..TRIES).find_map(|_| start(&free_ports(count)).ok());
    started.unwrap_or_else(|| panic!("each of {TRIES} times, another program took a port"))
}

/// Ports that were free a moment ago, all different.
fn free_ports(count: usize) -> Vec<u16> {
    let held: Vec<_> = (0..count).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    held.iter().map(|listener| listener.local_addr().unwrap().port()).collect()
}

/// A port of the loopback address.
pub fn here(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}
