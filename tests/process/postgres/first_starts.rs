//! Several instances start at the same moment on an empty database. One creates the tables, and all that have its
//! key serve.

use std::thread;

use super::super::faults::tools::rounds;
use super::super::faults::turns::together;
use super::cluster::Cluster;
use super::sites::{KEY, assert_consistent, ended_well, patient};
use crate::folder::Folder;
use crate::support::{Ended, Server};
use crate::visitor::{ADA, PASSWORD, Visitor};

/// Keys of three operators who know nothing of each other.
const KEYS: [&str; 3] =
    [KEY, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="];

/// Starts one instance for each key at the same moment. Returns those that serve, and those that ended.
fn race(url: &str, keys: [&str; 3]) -> (Vec<Server>, Vec<Ended>) {
    let folders = [Folder::new(), Folder::new(), Folder::new()];
    let raced: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> = folders
            .iter()
            .zip(keys)
            .map(|(folder, key)| {
                scope.spawn(move || patient(folder, url).var("ROCKET_SECRET_KEY", key).served())
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    let (mut serving, mut ended) = (Vec::new(), Vec::new());
    for racer in raced {
        match racer {
            Ok(server) => serving.push(server),
            Err(refused) => ended.push(refused),
        }
    }
    (serving, ended)
}

/// Asserts that the tables were created once, for one key.
fn made_once(cluster: &Cluster, database: &str) {
    let steps = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).unwrap().count();
    assert_eq!(
        cluster.sql(database, "select count(*) from _sqlx_migrations where success"),
        [steps.to_string()]
    );
    let keys = "select count(*) from meta where name = 'key_fingerprint'";
    assert_eq!(cluster.sql(database, keys), ["1"]);
    assert_consistent(cluster, database);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn three_simultaneous_first_starts_create_the_tables_once_and_all_serve() {
    let _together = together();
    let Some(cluster) = Cluster::start(&["fsync=off"], "first starts at once") else { return };
    let rounds = rounds(20);
    for round in 0..rounds {
        let database = format!("site{round}");
        let url = cluster.create(&database);
        // First on an empty database, then on a site.
        for _ in 0..2 {
            let (serving, ended) = race(&url, [KEY; 3]);
            assert!(ended.is_empty(), "round {round}: {ended:?}");
            made_once(&cluster, &database);
            Visitor::at(serving[0].address).sign_up(ADA);
            for server in &serving {
                assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
            }
            serving.into_iter().for_each(|server| ended_well(&server.stop()));
        }
    }
    println!(
        "three first starts at once, {rounds} times: the tables were created once, and all three served"
    );
}

#[test]
#[ignore = "needs PostgreSQL"]
fn of_three_first_starts_with_different_keys_only_one_serves() {
    let _together = together();
    let Some(cluster) = Cluster::start(&["fsync=off"], "first starts with different keys") else { return };
    let rounds = rounds(20);
    for round in 0..rounds {
        let database = format!("site{round}");
        let url = cluster.create(&database);
        let (serving, ended) = race(&url, KEYS);
        assert_eq!((serving.len(), ended.len()), (1, 2), "round {round}: {ended:?}");
        for ended in ended {
            ended.refused(&["The secret key does not match the database"]);
        }
        made_once(&cluster, &database);
        Visitor::ada(serving[0].address);
    }
    println!("three first starts with different keys, {rounds} times: one served, two were refused");
}
