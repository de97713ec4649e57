//! A PostgreSQL server for a test: on loopback, in a new folder, as durable as the test needs. It can be stopped,
//! killed, frozen and started again. It is removed when the test ends, even if the test fails.

use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::free_address::free_address;

/// Timeout of a start, including crash recovery.
const PATIENCE: Duration = Duration::from_secs(30);
/// The user who runs it if the test is root: PostgreSQL does not run as root.
const NOBODY: u32 = 65534;
/// Its superuser.
pub const OWNER: &str = "vestibule";

/// The folder of PostgreSQL's programs. If there is none, prints which test is skipped.
pub fn programs(without_it: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = env::var_os("POSTGRES_BIN").map(PathBuf::from).into_iter().collect();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        let mut versions: Vec<_> = versions.map(|entry| entry.unwrap().path().join("bin")).collect();
        versions.sort();
        folders.extend(versions.into_iter().rev());
    }
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let found = folders.into_iter().find(|folder| folder.join("initdb").is_file());
    if found.is_none() {
        println!("skipped, since there is no PostgreSQL (initdb): {without_it}");
    }
    found
}

/// A server, running or not.
pub struct Cluster {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    options: Vec<String>,
    server: Option<Child>,
}

impl Cluster {
    /// Creates a cluster and starts it with options such as `max_connections=20`. Each commit waits for the disk,
    /// unless an option is `fsync=off`. `None` if PostgreSQL is missing; that was printed.
    pub fn start(options: &[&str], without_it: &str) -> Option<Cluster> {
        let cluster = Cluster::empty(programs(without_it)?, options);
        let data = cluster.data();
        let init = ["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"];
        cluster.does("initdb", &[&["--no-sync", "--pgdata", data.to_str().unwrap()], &init[..]].concat());
        Some(cluster.running())
    }

    /// A standby that follows this server. The server must allow replication, which is the default.
    pub fn standby(&self) -> Cluster {
        let standby = Cluster::empty(self.programs.clone(), &[]);
        let (data, port) = (standby.data(), self.port.to_string());
        let from = ["-h", self.folder().to_str().unwrap(), "-p", &port, "-U", OWNER];
        let to = ["-R", "--no-sync", "--checkpoint=fast", "-D", data.to_str().unwrap()];
        standby.does("pg_basebackup", &[&from[..], &to[..]].concat());
        standby.running()
    }

    fn empty(programs: PathBuf, options: &[&str]) -> Cluster {
        let folder = tempfile::tempdir().unwrap();
        if rustix::process::geteuid().is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let options = options.iter().map(|option| option.to_string()).collect();
        Cluster { programs, folder, port: 0, options, server: None }
    }

    fn running(mut self) -> Cluster {
        self.start_again();
        self
    }

    /// The URL of one of its databases, for `database_url`.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{OWNER}@127.0.0.1:{}/{database}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its folder, which the user who runs it may read and write.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its data folder, with `pg_hba.conf` and `postgresql.auto.conf`.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Creates an empty database. Returns its URL.
    pub fn create(&self, database: &str) -> String {
        self.sql("postgres", &format!("create database {database} template template0"));
        self.url(database)
    }

    /// Runs SQL in a database without the program. Returns the rows, columns separated by `|`.
    pub fn sql(&self, database: &str, text: &str) -> Vec<String> {
        let output = self.psql(database, text).output().unwrap();
        assert!(output.status.success(), "{text}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    /// A command that runs `psql` in a database over the socket.
    pub fn psql(&self, database: &str, text: &str) -> Command {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", OWNER, "-c", text, database]);
        psql.arg("-h").arg(self.folder.path()).args(["-p", &self.port.to_string()]);
        psql.stdin(Stdio::null()).current_dir("/");
        psql
    }

    /// Starts it after it was stopped or killed, on the same port. At its first start, if another program takes the
    /// port first, tries another port.
    pub fn start_again(&mut self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.port == 0 {
                self.port = free_address().port();
            }
            let said = fs::File::options().create(true).append(true).open(self.folder.path().join("log"));
            let said = said.unwrap();
            let mut server = self.as_its_user("postgres");
            server.arg("-D").arg(self.data()).arg("-k").arg(self.folder.path());
            server.args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1"]);
            self.options.iter().for_each(|option| _ = server.args(["-c", option]));
            server.stdout(said.try_clone().unwrap()).stderr(said);
            self.server = Some(server.spawn().unwrap());
            if self.comes_up(begun) {
                return;
            }
            let was_running =
                self.data().join("PG_VERSION").exists() && self.log().contains("ready to accept");
            if !was_running {
                self.port = 0;
            }
            thread::sleep(Duration::from_millis(100)); // the child processes of a killed server end a moment later
        }
        panic!("PostgreSQL does not start: {}", self.log());
    }

    /// Waits until it answers or has ended.
    fn comes_up(&mut self, begun: Instant) -> bool {
        while begun.elapsed() < PATIENCE {
            if self.server.as_mut().unwrap().try_wait().unwrap().is_some() {
                self.server = None;
                return false;
            }
            if self.psql("postgres", "select 1").stderr(Stdio::null()).output().unwrap().status.success() {
                return true;
            }
            thread::sleep(Duration::from_millis(50));
        }
        false
    }

    /// Stops it cleanly: clients are disconnected.
    pub fn stop(&mut self) {
        self.end(Signal::INT);
    }

    /// Stops it like `pg_ctl stop -m immediate`, as in a crash. Commits are recovered at the next start.
    pub fn crash(&mut self) {
        self.end(Signal::QUIT);
    }

    /// Kills its main process with SIGKILL. The others notice that and end.
    pub fn kill(&mut self) {
        self.end(Signal::KILL);
    }

    fn end(&mut self, signal: Signal) {
        if let Some(mut server) = self.server.take() {
            let _ = kill_process(Pid::from_child(&server), signal); // it may have ended
            let begun = Instant::now();
            while server.try_wait().is_ok_and(|status| status.is_none()) {
                if begun.elapsed() > PATIENCE {
                    let _ = server.kill();
                }
                thread::sleep(Duration::from_millis(5));
            }
        }
    }

    /// Freezes all its processes: connections stay open and get no answer.
    pub fn freeze(&self) {
        let first = Pid::from_child(self.server.as_ref().unwrap());
        kill_process(first, Signal::STOP).unwrap(); // the main process first, so that it starts no new ones
        self.others().into_iter().for_each(|other| _ = kill_process(other, Signal::STOP));
    }

    /// Lets them continue.
    pub fn thaw(&self) {
        self.others().into_iter().for_each(|other| _ = kill_process(other, Signal::CONT));
        if let Some(server) = &self.server {
            let _ = kill_process(Pid::from_child(server), Signal::CONT);
        }
    }

    /// The child processes of its main process.
    fn others(&self) -> Vec<Pid> {
        let Some(first) = self.server.as_ref().map(Child::id) else { return Vec::new() };
        let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| {
            let process: i32 = entry.unwrap().file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?; // it may have ended
            let parent: u32 = stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()?;
            (parent == first).then(|| Pid::from_raw(process))?
        });
        processes.collect()
    }

    /// Runs one of PostgreSQL's programs to its end.
    fn does(&self, program: &str, words: &[&str]) {
        let output = self.as_its_user(program).args(words).output().unwrap();
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// One of PostgreSQL's programs, run by a user that is not root.
    fn as_its_user(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = Command::new("setpriv");
            let nobody = NOBODY.to_string();
            command.args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.thaw();
        self.crash();
    }
}
