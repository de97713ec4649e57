//! A PostgreSQL server for one measurement: in a new folder, on a free port of this machine. It has the default settings
//! of `initdb`, so commits wait for the disk. It is stopped after the measurement.

use std::fs::{self, File};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rocket::tokio::time::sleep;
use rustix::process::{Pid, Signal, geteuid, kill_process};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;

use super::child::free_port;
use super::people;

/// Debian's folder of its programs, one folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// PostgreSQL does not run as root; this is the user `nobody`.
const NOBODY: u32 = 65_534;
/// Timeout for the start of the server. It is usually much faster.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. Dropping it stops it and removes its folder.
pub struct Cluster {
    child: Child,
    folder: TempDir,
    /// The URL of an empty database.
    pub url: String,
    pub version: String,
}

impl Cluster {
    /// Starts it. The error says why that is not possible.
    pub async fn start() -> Result<Cluster, String> {
        let programs = programs().ok_or("there is no PostgreSQL (on Debian: apt-get install postgresql)")?;
        let folder = tempfile::tempdir().unwrap();
        if geteuid().is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let mut initdb = command(&programs.join("initdb"), folder.path(), "initdb.log");
        initdb.args(["--pgdata", "data", "--username", "vestibule", "--auth", "trust"]);
        initdb.args(["--encoding", "UTF8", "--locale", "C.UTF-8"]);
        assert!(initdb.status().unwrap().success(), "{}", log(folder.path(), "initdb.log"));
        let port = free_port();
        let mut postgres = command(&programs.join("postgres"), folder.path(), "log");
        postgres.args(["-D", "data", "-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-k"]);
        let child = postgres.arg(folder.path()).spawn().unwrap();
        let url = |database| format!("postgres://vestibule@127.0.0.1:{port}/{database}");
        let mut cluster = Cluster { child, folder, url: url("vestibule"), version: String::new() };
        let mut connection = cluster.answers(&url("postgres")).await;
        sqlx::query("create database vestibule").execute(&mut connection).await.unwrap();
        let version = sqlx::query_scalar("select current_setting('server_version')");
        let version: String = version.fetch_one(&mut connection).await.unwrap();
        version.split(' ').next().unwrap().clone_into(&mut cluster.version);
        connection.close().await.unwrap();
        Ok(cluster)
    }

    /// Creates another empty database. Returns its URL.
    pub async fn another_database(&self, name: &str) -> String {
        let mut connection = people::connect(&self.url).await.unwrap();
        let create = sqlx::query(AssertSqlSafe(format!("create database {name}")));
        create.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        let (server, _) = self.url.rsplit_once('/').unwrap();
        format!("{server}/{name}")
    }

    /// Waits until it answers.
    async fn answers(&mut self, url: &str) -> AnyConnection {
        let begun = Instant::now();
        loop {
            match people::connect(url).await {
                Ok(connection) => return connection,
                Err(error) => {
                    let ended = self.child.try_wait().unwrap().is_some();
                    let late = begun.elapsed() > PATIENCE;
                    assert!(!ended && !late, "{error}\n{}", log(self.folder.path(), "log"));
                }
            }
            sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            let _ = kill_process(Pid::from_child(&self.child), Signal::INT); // it may have just ended
            let _ = self.child.wait();
        }
    }
}

/// The folder of its programs: the one in a variable, the newest of Debian, or one in `PATH`.
fn programs() -> Option<PathBuf> {
    let named = std::env::var_os("POSTGRES_BIN").map(PathBuf::from);
    let debian = fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path());
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = debian
        .filter(|path| path.join("bin/initdb").exists())
        .max_by_key(number)
        .map(|path| path.join("bin"));
    let search = std::env::var_os("PATH").unwrap_or_default();
    let all: Vec<_> = named.into_iter().chain(newest).chain(std::env::split_paths(&search)).collect();
    all.into_iter().find(|folder| folder.join("initdb").exists())
}

/// One of its programs, run by a user other than root. Its output goes into a file.
fn command(program: &Path, folder: &Path, log: &str) -> Command {
    let log = File::create(folder.join(log)).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    if geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

fn log(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_default()
}
