//! A start on a read-only server, such as a standby, is refused with a line that says so.

use std::time::Duration;

use super::cluster::Cluster;
use super::sites::{instance, owned};
use crate::folder::Folder;
use crate::visitor::{ADA, Visitor};

const WORDS: [&str; 3] = ["is read-only", "a standby", "Name the primary server in database_url"];

#[test]
#[ignore = "needs PostgreSQL"]
fn a_start_on_a_standby_is_refused_with_what_to_configure() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a standby") else { return };
    // First without a site, then with one.
    for before in ["nothing", "a site"] {
        let url = if before == "nothing" { cluster.create("site") } else { cluster.url("site") };
        let folder = Folder::new();
        if before == "a site" {
            let site = instance(&folder, &url).start();
            Visitor::at(site.address).sign_up(ADA);
            assert_eq!(site.stop().status, Some(0));
        }
        let standby = cluster.standby();
        assert_eq!(standby.sql("site", "select pg_is_in_recovery()"), ["t"]);
        let ended = instance(&Folder::new(), &standby.url("site")).finish();
        println!("a standby with {before} in it: {}", ended.err.trim());
        assert!(ended.took < Duration::from_secs(5), "{ended:?}");
        ended.refused(&WORDS);
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_start_on_a_read_only_database_is_refused_the_same_way() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a read-only database") else { return };
    let url = owned(&cluster, "site");
    cluster.sql("postgres", "alter database site set default_transaction_read_only = on");
    instance(&Folder::new(), &url).finish().refused(&WORDS);
}
