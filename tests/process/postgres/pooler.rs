//! PgBouncer between the instances and the server, set up as in `docs/postgresql.md`.

use std::os::unix::fs::chown;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::super::faults::tools::until;
use super::cluster::{Cluster, OWNER};
use super::sites::{KEY, assert_consistent, instance};
use crate::folder::Folder;
use crate::free_address::free_address;
use crate::support::there_is;
use crate::visitor::{ADA, PASSWORD, Visitor, whole_story};

/// The user who runs it if the test is root: it does not run as root.
const NOBODY: u32 = 65534;

/// A running PgBouncer.
struct Pooler {
    child: Child,
    _folder: tempfile::TempDir,
    port: u16,
}

impl Pooler {
    /// Starts a pooler in front of a server in the given mode, with one more line of settings.
    fn start(cluster: &Cluster, mode: &str, more: &str) -> Option<Pooler> {
        if !there_is("pgbouncer", "a pooler between") {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let port = free_address().port();
        let users = folder.path().join("users.txt");
        std::fs::write(&users, format!("\"{OWNER}\" \"\"\n")).unwrap();
        let settings = folder.path().join("pgbouncer.ini");
        std::fs::write(
            &settings,
            format!(
                "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
                 unix_socket_dir =\nauth_type = trust\nauth_file = {}\npool_mode = {mode}\n{more}\n",
                cluster.port(),
                users.display()
            ),
        )
        .unwrap();
        let mut command = if rustix::process::geteuid().is_root() {
            for file in [folder.path(), &users, &settings] {
                chown(file, Some(NOBODY), Some(NOBODY)).unwrap();
            }
            let mut command = Command::new("setpriv");
            let nobody = NOBODY.to_string();
            command.args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups", "--", "pgbouncer"]);
            command
        } else {
            Command::new("pgbouncer")
        };
        command.arg("-q").arg(&settings).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let pooler = Pooler { child, _folder: folder, port };
        until("the pooler listens", Duration::from_secs(5), || {
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        Some(pooler)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://{OWNER}@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it has usually not ended
        let _ = self.child.wait();
    }
}

/// Whether the pooler supports prepared statements in transaction mode. PgBouncer 1.21 and later do.
fn knows_prepared_statements() -> bool {
    let told = Command::new("pgbouncer").arg("--version").output().unwrap();
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let version = told.split_whitespace().nth(1).unwrap_or_default();
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let known = (numbers.next(), numbers.next()) >= (Some(1), Some(21));
    if !known {
        println!("skipped, since PgBouncer {version} does not support prepared statements: transaction mode");
    }
    known
}

/// Asserts that two instances work behind a pooler, and that moves are refused meanwhile.
fn assert_works(mode: &str, more: &str) {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a pooler between") else { return };
    let Some(pooler) = Pooler::start(&cluster, mode, more) else { return };
    cluster.create("site");
    let (folder, url) = (Folder::new(), pooler.url("site"));
    let servers = [instance(&folder, &url).start(), instance(&Folder::new(), &url).start()];
    whole_story(servers[0].address);
    let mut ada = Visitor::at(servers[1].address);
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_eq!(cluster.sql("site", "select count(*) from open_by"), ["2"]);
    let to = format!("sqlite:{}", folder.path().join("new.sqlite").display());
    let away = || {
        let run = folder.command(&["move", "--to", &to]).var("VESTIBULE_DATABASE_URL", &url);
        run.var("ROCKET_SECRET_KEY", KEY).finish()
    };
    away().refused(&["running", "process "]);
    for server in servers {
        assert_eq!(server.stop().status, Some(0));
    }
    away().succeeded();
    assert_consistent(&cluster, "site");
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer"]
fn it_works_with_a_pooler_in_session_mode() {
    assert_works("session", "ignore_startup_parameters = extra_float_digits");
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer"]
fn it_works_with_a_pooler_in_transaction_mode() {
    if there_is("pgbouncer", "a pooler between") && knows_prepared_statements() {
        assert_works(
            "transaction",
            "ignore_startup_parameters = extra_float_digits\nmax_prepared_statements = 200",
        );
    }
}

#[test]
#[ignore = "needs PostgreSQL and PgBouncer"]
fn a_pooler_without_ignore_startup_parameters_is_refused_with_what_to_write() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a pooler between") else { return };
    let Some(pooler) = Pooler::start(&cluster, "session", "") else { return };
    cluster.create("site");
    let refused = instance(&Folder::new(), &pooler.url("site")).finish();
    refused.refused(&["extra_float_digits", "ignore_startup_parameters = extra_float_digits"]);
}
