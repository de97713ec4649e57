//! Debian's nginx in front of several instances. Each request goes to the next instance. It runs on loopback with its
//! own configuration in a separate folder, which is removed when the test ends.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::free_address::free_address;

/// The path of nginx. If it is missing, prints which test is skipped.
fn program(without_it: &str) -> Option<PathBuf> {
    let found = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"].iter().map(Path::new);
    let found = found.into_iter().find(|file| file.is_file()).map(Path::to_owned);
    if found.is_none() {
        println!("skipped, since there is no nginx: {without_it}");
    }
    found
}

/// A proxy to start.
pub struct Proxy {
    program: PathBuf,
    pub address: SocketAddr,
}

/// A running proxy.
pub struct Nginx {
    child: Child,
    folder: TempDir,
}

impl Proxy {
    /// A proxy on a free port, which the instances must know before they start. `None` if nginx is missing; that was
    /// printed.
    pub fn new(without_it: &str) -> Option<Proxy> {
        let program = program(without_it)?;
        let address = free_address();
        Some(Proxy { program, address })
    }

    /// Starts it in front of these instances. A header says which of them answered.
    pub fn start(&self, sites: &[SocketAddr]) -> Nginx {
        self.start_with(sites, "")
    }

    /// The same, with more directives of its server.
    pub fn start_with(&self, sites: &[SocketAddr], more: &str) -> Nginx {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().display();
        let servers: String = sites.iter().map(|site| format!("server {site};")).collect();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|kind| format!("{kind}_temp_path {place}/{kind};"))
            .collect();
        let configuration = format!(
            "daemon off; master_process off; worker_processes 1; pid {place}/pid; error_log {place}/error.log;
            events {{ worker_connections 256; }}
            http {{
                access_log off; {temporary}
                upstream sites {{ {servers} }}
                server {{
                    listen {};
                    location / {{
                        proxy_pass http://sites;
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-For $remote_addr;
                        add_header X-Answered-By $upstream_addr always;
                    }}
                    {more}
                }}
            }}",
            self.address
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, configuration).unwrap();
        let mut command = Command::new(&self.program);
        command
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(&file)
            .arg("-e")
            .arg(folder.path().join("error.log"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let nginx = Nginx { child, folder };
        let begun = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            let said = || fs::read_to_string(nginx.folder.path().join("error.log")).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(10), "nginx does not start: {}", said());
            thread::sleep(Duration::from_millis(10));
        }
        nginx
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill(); // a single process, since it has no master
        let _ = self.child.wait();
    }
}
