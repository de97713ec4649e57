//! The server has too few connections: two instances want more than there are, and an instance starts when none is
//! free.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::faults::tools::{sized, until};
use super::super::faults::turns::waiting;
use super::cluster::Cluster;
use super::load::People;
use super::sites::{ended_well, owned, patient};
use crate::folder::Folder;
use crate::visitor::Visitor;

/// Closes all connections of instances. They open new ones when they need them.
const END_OURS: &str =
    "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'vestibule'";

/// Connections of another program, until it is dropped.
struct Others(Vec<Child>);

impl Others {
    /// Takes all connections that ordinary users may open.
    fn take_all(cluster: &Cluster, name: &str) -> Others {
        let mut others = Others(Vec::new());
        for _ in 0..40 {
            let mut psql = cluster.psql(name, "select pg_sleep(60)");
            psql.args(["-U", name]).stdout(Stdio::null()).stderr(Stdio::null());
            others.0.push(psql.spawn().unwrap());
        }
        others
    }
}

impl Drop for Others {
    fn drop(&mut self) {
        for other in &mut self.0 {
            let _ = other.kill(); // it may have been refused
            let _ = other.wait();
        }
    }
}

/// Ends the queries of another program that has gone. The server notices that a client has gone only when it sends
/// something.
fn end_all(cluster: &Cluster) {
    cluster.sql(
        "postgres",
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where query = 'select pg_sleep(60)'",
    );
}

#[test]
#[ignore = "needs PostgreSQL"]
fn two_instances_share_too_few_connections_and_no_request_exceeds_the_timeout() {
    let _waiting = waiting();
    let options = ["max_connections=9", "max_wal_senders=0", "fsync=off"]; // three of them are reserved for superusers
    let Some(cluster) = Cluster::start(&options, "a database with few connections") else { return };
    let url = owned(&cluster, "site");
    let folders = [Folder::new(), Folder::new()];
    let start = |folder| patient(folder, &url).var("VESTIBULE_DATABASE_TIMEOUT", "2s").start();
    let first = start(&folders[0]);
    // It keeps what its first work took, on a busy machine all six: then another one could not start.
    cluster.sql("postgres", END_OURS);
    let sites = [first, start(&folders[1])];
    let people = People::new(&[sites[0].address, sites[1].address]);
    people.during(|| {
        people
            .during(|| people.during(|| thread::sleep(sized(Duration::from_secs(8), Duration::from_secs(4)))))
    });
    println!("two instances share six connections but want twenty: {}", people.in_words());
    assert!(people.slowest() < Duration::from_secs(8), "{:?}", people.slowest());
    let (served, put_off) = (people.answered(303), people.answered(503));
    assert!(
        served > 40 && served > 4 * put_off,
        "requests are refused although the instance has idle connections"
    );
    sites.into_iter().for_each(|site| ended_well(&site.stop()));
    // Now one instance that wants no more connections than there are.
    let site = patient(&folders[0], &url).var("VESTIBULE_DATABASE_CONNECTIONS", "5").start();
    people.moved(0, site.address);
    people.moved(1, site.address);
    people.are_kept(&cluster, "site");
    ended_well(&site.stop());
}

#[test]
#[ignore = "needs PostgreSQL"]
fn without_a_free_connection_it_answers_503_and_recovers_afterwards() {
    let _waiting = waiting();
    let options = ["max_connections=9", "max_wal_senders=0", "fsync=off"];
    let Some(cluster) = Cluster::start(&options, "a database without a connection left") else { return };
    let url = owned(&cluster, "site");
    let folder = Folder::new();
    let run = || patient(&folder, &url).var("VESTIBULE_DATABASE_TIMEOUT", "2s");
    let site = run().start();
    let mut ada = Visitor::ada(site.address);
    let others = Others::take_all(&cluster, "site");
    let count = "select count(*) from pg_stat_activity where usename = 'site'";
    until("the connections are taken", Duration::from_secs(10), || {
        cluster.sql("postgres", END_OURS); // closes the site's own connections, so that others can take them
        thread::sleep(Duration::from_millis(100));
        let _again = Others::take_all(&cluster, "site");
        cluster.sql("postgres", count) == ["6"] && ada.get("/ready").status == 503
    });
    thread::sleep(Duration::from_millis(1_050)); // cached rows are older than a second now
    for _ in 0..3 {
        let begun = Instant::now();
        let answer = ada.get("/profile");
        let took = begun.elapsed();
        println!("no connection left: response {} after {took:?}", answer.status);
        assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{answer:?}");
        assert!(took < Duration::from_secs(4), "{took:?}");
    }
    let second = Folder::new();
    let refused = patient(&second, &url).finish();
    println!("{}", refused.err.trim());
    assert!(refused.took < Duration::from_secs(12), "{refused:?}");
    refused.refused(&["has no free connection", "max_connections", "database_connections"]);
    drop(others);
    end_all(&cluster);
    let back = until("it is served again", Duration::from_secs(5), || ada.get("/profile").status == 200);
    println!("connections free again: served again after {back:?}");
    ended_well(&site.stop());
}
