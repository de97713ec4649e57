//! The lease of a program that has a database open. It is valid even if every connection was closed, and for half a
//! minute after the program was killed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use vestibule::base::secret::SecretKey;

use super::super::faults::tools::until;
use super::cluster::Cluster;
use super::sites::{KEY, assert_consistent, instance};
use crate::folder::Folder;
use crate::support::{Run, Server};
use crate::visitor::{ADA, PASSWORD, Visitor};

const NOW: &str = "extract(epoch from clock_timestamp())::bigint";

/// A command that moves the site to a file.
fn move_away(folder: &Folder, url: &str) -> Run {
    let to = format!("sqlite:{}", folder.path().join("new.sqlite").display());
    let run = folder.command(&["move", "--to", &to]).var("VESTIBULE_DATABASE_URL", url);
    run.var("ROCKET_SECRET_KEY", KEY)
}

fn replace_key(folder: &Folder, url: &str) -> Run {
    let run = folder.command(&["key", "replace"]).var("VESTIBULE_DATABASE_URL", url);
    run.var("ROCKET_SECRET_KEY", SecretKey::generate().reveal())
}

/// Asserts that both commands are refused while a site runs, and say which program runs.
fn both_are_refused(folder: &Folder, url: &str, server: &Server) {
    let who = format!("process {} on ", server.pid());
    thread::scope(|scope| {
        scope.spawn(|| move_away(folder, url).finish().refused(&["running", &who, "Stop"]));
        scope.spawn(|| replace_key(folder, url).finish().refused(&["running", &who, "Stop"]));
    });
    assert!(!folder.path().join("new.sqlite").exists());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_site_is_known_to_run_after_the_server_closed_its_connections() {
    let options = ["fsync=off", "idle_session_timeout=1s"];
    let Some(cluster) = Cluster::start(&options, "ended connections") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    let server = instance(&folder, &url).start();
    Visitor::ada(server.address);
    // The server closes connections that are idle for this long. Then all others are closed too.
    thread::sleep(Duration::from_secs(3));
    let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'site' and pid <> pg_backend_pid()";
    cluster.sql("site", end);
    both_are_refused(&folder, &url, &server);
    assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
    assert_eq!(
        cluster.sql("site", "select count(*) from open_by"),
        ["0"],
        "a stopped site gives up its lease"
    );
    move_away(&folder, &url).finish().succeeded();
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_site_is_known_to_run_after_a_restart_of_the_server() {
    let Some(mut cluster) = Cluster::start(&[], "a server started again") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    let server = instance(&folder, &url).start();
    Visitor::ada(server.address);
    cluster.crash();
    cluster.start_again();
    both_are_refused(&folder, &url, &server);
    assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
    assert_consistent(&cluster, "site");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn the_lease_of_a_killed_site_is_waited_for() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a killed site") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    instance(&folder, &url).start().kill();
    assert_eq!(cluster.sql("site", "select count(*) from open_by"), ["1"]);
    cluster.sql("site", &format!("update open_by set seen_at = {NOW} - 27"));
    let ended = move_away(&folder, &url).finish();
    assert!(ended.took > Duration::from_secs(2), "{ended:?}");
    ended.succeeded();
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_site_that_lost_its_lease_sends_no_query_during_exclusive_access() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a database held alone") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    let server = instance(&folder, &url).start();
    Visitor::ada(server.address);
    // As if the site had been frozen for half a minute and another program had taken the database.
    let insert = format!(
        "insert into open_by (id, host, process, purpose, exclusive, created_at, seen_at) \
         values ('other', 'elsewhere', 7, 'move', 1, {NOW}, {NOW})"
    );
    cluster.sql("site", &format!("delete from open_by; {insert}"));
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                cluster.sql("site", &format!("update open_by set seen_at = {NOW} where id = 'other'"));
                thread::sleep(Duration::from_millis(500));
            }
        });
        let refused = instance(&folder, &url).finish();
        assert_eq!(refused.status, Some(1), "{refused:?}");
        assert!(refused.err.contains("process 7 on elsewhere moves the database (since 20"), "{refused:?}");
        until("the site sends no query", Duration::from_secs(15), || {
            Visitor::at(server.address).log_in(ADA, PASSWORD).status == 503
        });
        over.store(true, Ordering::SeqCst);
    });
    cluster.sql("site", "delete from open_by where id = 'other'");
    until("the site serves again", Duration::from_secs(5), || {
        Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to() == "/profile"
    });
    // If the database was moved in the meantime, the site does not serve again.
    cluster.sql(
        "site",
        "delete from open_by; insert into meta (name, value) values ('moved_to', 'sqlite:elsewhere')",
    );
    until("the site sends no query", Duration::from_secs(15), || {
        Visitor::at(server.address).log_in(ADA, PASSWORD).status == 503
    });
    let ended = server.stop();
    assert!(
        ended.err.contains("lost its lease on the database") && ended.err.contains("was moved"),
        "{}",
        ended.err
    );
    assert_eq!(cluster.sql("site", "select count(*) from open_by"), ["0"]);
}
