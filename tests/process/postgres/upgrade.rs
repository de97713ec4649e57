//! A site of an older version, on PostgreSQL, starts with this program and loses nothing.

use std::fs;

use super::cluster::Cluster;
use crate::folder::Folder;
use crate::upgrade::{everything_goes_on, fixture, used_just_now};

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_of_commit_78d062e_goes_on_with_everything_in_it() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a database of an older version") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    cluster.sql("site", &fs::read_to_string(fixture("postgresql.sql")).unwrap());
    cluster.sql("site", &used_just_now().join("; "));
    let key = fs::read_to_string(fixture("secret.key")).unwrap();
    everything_goes_on(|words| {
        folder.command(words).var("VESTIBULE_DATABASE_URL", &url).var("ROCKET_SECRET_KEY", key.trim())
    });
}
