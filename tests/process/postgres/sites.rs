//! Instances of one site on a PostgreSQL server, and what holds of their rows whatever happened.

use argon2::password_hash::phc::PasswordHash;

use super::cluster::Cluster;
use crate::faults::invariants::NEVER;
use crate::folder::Folder;
use crate::support::{Ended, Run};

/// The key of every instance, unless a test gives another.
pub const KEY: &str = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

/// An instance on a database, on a free port, with the settings as they are.
pub fn instance(folder: &Folder, url: &str) -> Run {
    folder.command(&["--port", "0"]).var("VESTIBULE_DATABASE_URL", url).var("ROCKET_SECRET_KEY", KEY)
}

/// One with limits that no test meets.
pub fn patient(folder: &Folder, url: &str) -> Run {
    instance(folder, url).patient()
}

/// Makes a role that may not do everything, and an empty database of its own. The database's address for it.
pub fn owned(cluster: &Cluster, name: &str) -> String {
    cluster.sql("postgres", &format!("create role {name} login"));
    cluster.sql("postgres", &format!("create database {name} template template0 owner {name}"));
    format!("postgres://{name}@127.0.0.1:{}/{name}", cluster.port())
}

/// It ended well, and nothing it said is a panic or a broken page.
pub fn ended_well(ended: &Ended) {
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(!ended.err.contains("panic") && !ended.err.contains("sys_broken"), "{}", ended.err);
}

/// Asserts that a database is whole, of instances that run or not. The answer is the addresses of all accounts.
pub fn hold(cluster: &Cluster, database: &str) -> Vec<String> {
    for (what, query) in NEVER {
        assert_eq!(cluster.sql(database, query), Vec::<String>::new(), "{what}");
    }
    for hash in cluster.sql(database, "select hash from passwords") {
        let parsed = PasswordHash::new(&hash).unwrap_or_else(|error| panic!("{hash:?} is no hash: {error}"));
        assert!(parsed.algorithm.as_str() == "argon2id" && parsed.hash.is_some(), "{hash}");
    }
    cluster.sql(database, "select email from accounts order by email")
}
