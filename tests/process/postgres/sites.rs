//! Instances of one site on a PostgreSQL server, and the invariants of their rows.

use argon2::password_hash::phc::PasswordHash;

use super::cluster::Cluster;
use crate::faults::invariants::NEVER;
use crate::folder::Folder;
use crate::support::{Ended, Run};

/// The key of every instance, unless a test gives another.
pub const KEY: &str = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

/// An instance on a database, on a free port, with default settings.
pub fn instance(folder: &Folder, url: &str) -> Run {
    folder.command(&["--port", "0"]).var("VESTIBULE_DATABASE_URL", url).var("ROCKET_SECRET_KEY", KEY)
}

/// An instance with raised rate limits.
pub fn patient(folder: &Folder, url: &str) -> Run {
    instance(folder, url).patient()
}

/// Creates an ordinary role, and its own empty database. Returns the database's URL for it.
pub fn owned(cluster: &Cluster, name: &str) -> String {
    cluster.sql("postgres", &format!("create role {name} login"));
    cluster.sql("postgres", &format!("create database {name} template template0 owner {name}"));
    format!("postgres://{name}@127.0.0.1:{}/{name}", cluster.port())
}

/// Asserts that it exited with 0, and that its output contains no panic and no broken page.
pub fn ended_well(ended: &Ended) {
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(!ended.err.contains("panic") && !ended.err.contains("sys_broken"), "{}", ended.err);
}

/// Asserts that a database is consistent, whether its instances run or not. Returns the addresses of all
/// accounts.
pub fn assert_consistent(cluster: &Cluster, database: &str) -> Vec<String> {
    for (what, query) in NEVER {
        assert_eq!(cluster.sql(database, query), Vec::<String>::new(), "{what}");
    }
    for hash in cluster.sql(database, "select hash from passwords") {
        let parsed = PasswordHash::new(&hash).unwrap_or_else(|error| panic!("{hash:?} is no hash: {error}"));
        assert!(parsed.algorithm.as_str() == "argon2id" && parsed.hash.is_some(), "{hash}");
    }
    cluster.sql(database, "select email from accounts order by email")
}
