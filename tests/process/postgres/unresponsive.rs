//! A database that does not answer, because another program locks a table or the server's processes are frozen.

use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::super::faults::tools::{memory, sized, until};
use super::super::faults::turns::waiting;
use super::cluster::Cluster;
use super::sites::{assert_consistent, ended_well, patient};
use crate::folder::Folder;
use crate::support::Server;
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Timeout of a response to a visitor, on a busy machine. `database_timeout` is one second.
const ANSWERED_WITHIN: Duration = Duration::from_secs(3);

fn site(folder: &Folder, url: &str) -> Server {
    patient(folder, url).var("VESTIBULE_DATABASE_TIMEOUT", "1s").start()
}

/// Logs in with a number of clients for a duration. Returns the statuses of the responses, and the slowest time.
fn flood_with_logins(site: &Server, at_once: usize, time: Duration) -> (Vec<u16>, Duration) {
    let (over, answers) = (AtomicBool::new(false), Mutex::new((Vec::new(), Duration::ZERO)));
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while !over.load(Ordering::SeqCst) {
                    let begun = Instant::now();
                    let answer = Visitor::at(site.address).log_in(ADA, PASSWORD);
                    let mut answers = answers.lock().unwrap();
                    answers.0.push(answer.status);
                    answers.1 = answers.1.max(begun.elapsed());
                }
            });
        }
        thread::sleep(time);
        over.store(true, Ordering::SeqCst);
    });
    answers.into_inner().unwrap()
}

/// Asserts that a page that needs the database says to retry before the timeout.
fn says_to_retry(site: &Server, path: &str, ada: &mut Visitor) {
    let begun = Instant::now();
    let answer = ada.get(path);
    let took = begun.elapsed();
    println!("unresponsive server: {path} got {} after {took:?}", answer.status);
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (503, "5"),
        "{path} of {}: {answer:?}",
        site.address
    );
    assert!(took < ANSWERED_WITHIN, "{path}: {took:?}");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn logins_time_out_while_a_table_is_locked_and_leave_no_connection() {
    let _waiting = waiting();
    let Some(cluster) = Cluster::start(&["fsync=off"], "a locked table") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    let site = site(&folder, &url);
    let mut ada = Visitor::ada(site.address);
    let mut holder = cluster.psql("site", "begin; lock table accounts; select pg_sleep(8); commit");
    let mut holder = holder.stdout(Stdio::null()).spawn().unwrap();
    let held = "select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted and relation is not null";
    until("the table is locked", Duration::from_secs(5), || cluster.sql("site", held) != ["0"]);
    thread::sleep(Duration::from_millis(1_050)); // cached rows are older than a second now
    says_to_retry(&site, "/profile", &mut ada);
    let (answers, slowest) = flood_with_logins(&site, 32, Duration::from_secs(2));
    println!(
        "a locked table: {} logins, 32 at a time, the slowest response after {slowest:?}",
        answers.len()
    );
    assert!(slowest < ANSWERED_WITHIN, "{slowest:?}");
    assert!(answers.iter().all(|status| *status == 503), "{answers:?}");
    assert!(holder.wait().unwrap().success());
    let back = until("it is served again", Duration::from_secs(3), || ada.get("/profile").status == 200);
    assert_eq!(Visitor::at(site.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
    println!("the table is free again: served again after {back:?}");
    let waiting =
        "select count(*) from pg_stat_activity where application_name = 'vestibule' and state <> 'idle'";
    until("no statement is left", Duration::from_secs(3), || cluster.sql("site", waiting) == ["0"]);
    ended_well(&site.stop());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn requests_time_out_while_the_server_is_frozen_and_memory_does_not_grow() {
    let _waiting = waiting();
    let Some(cluster) = Cluster::start(&["fsync=off"], "a frozen server") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    let site = site(&folder, &url);
    let mut ada = Visitor::ada(site.address);
    flood_with_logins(&site, 64, Duration::from_secs(2)); // opens all connections, and uses the memory that load needs
    // With so many sessions of one account, the oldest may have been removed.
    ada.jar.clear();
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
    let before = memory(&site, "VmRSS");
    cluster.freeze();
    thread::sleep(Duration::from_millis(1_050));
    says_to_retry(&site, "/profile", &mut ada);
    says_to_retry(&site, "/settings/devices", &mut ada);
    let begun = Instant::now();
    assert_eq!(ada.get("/ready").status, 503);
    assert!(begun.elapsed() < ANSWERED_WITHIN);
    assert_eq!([ada.get("/health").status, Visitor::at(site.address).get("/").status], [200, 200]);
    let (answers, slowest) =
        flood_with_logins(&site, 64, sized(Duration::from_secs(10), Duration::from_secs(5)));
    let after = memory(&site, "VmRSS");
    println!(
        "a frozen server: {} logins, 64 at a time, the slowest response after {slowest:?}; memory {before} → \
         {after} MiB",
        answers.len()
    );
    assert!(answers.iter().all(|status| *status == 503), "{answers:?}");
    assert!(slowest < ANSWERED_WITHIN, "{slowest:?}");
    assert!(after < before + 40, "{before} → {after} MiB");
    cluster.thaw();
    let back = until("it is served again", Duration::from_secs(5), || ada.get("/profile").status == 200);
    let (answers, slowest) = flood_with_logins(&site, 64, Duration::from_secs(2));
    println!(
        "the server continues: served again after {back:?}, then {} logins, the slowest after {slowest:?}",
        answers.len()
    );
    assert!(
        answers.contains(&303) && answers.iter().all(|status| [303, 503].contains(status)),
        "{answers:?}"
    );
    let connections = "select count(*) from pg_stat_activity where application_name = 'vestibule'";
    until("no connection was left behind", Duration::from_secs(10), || {
        cluster.sql("site", connections)[0].parse::<usize>().unwrap() <= 10
    });
    ended_well(&site.stop());
    assert_eq!(assert_consistent(&cluster, "site"), [ADA]);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn start_and_shutdown_do_not_wait_for_a_frozen_server() {
    let _waiting = waiting();
    let Some(cluster) = Cluster::start(&["fsync=off"], "start and shutdown with a frozen server") else {
        return;
    };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    let site = site(&folder, &url);
    Visitor::ada(site.address);
    cluster.freeze();
    let ended = site.stop();
    println!("shutdown with a frozen server: {:?}", ended.took);
    ended_well(&ended);
    assert!(ended.took < Duration::from_millis(5_500), "{:?}", ended.took);
    let ended = patient(&folder, &url).finish();
    println!("start with a frozen server: {} after {:?}", ended.err.trim(), ended.took);
    assert!(ended.took < Duration::from_secs(15), "{:?}", ended.took);
    ended.refused(&["does not answer", "database_url"]);
}
