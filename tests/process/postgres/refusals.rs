//! Databases that this program cannot use or reach. The start ends soon with status 1 and one line, which contains no
//! password.

use std::fs;
use std::time::Duration;

use super::super::faults::tools::until;
use super::cluster::Cluster;
use super::sites::{KEY, instance, owned};
use crate::folder::Folder;
use crate::smtp::dead_port;
use crate::support::Ended;

const SECRET: &str = "hunter2-of-the-database";

/// Asserts that a start is refused with one line that contains these words and no password.
fn refused(what: &str, ended: Ended, words: &[&str]) {
    println!("{what}: {} ({:?})", ended.err.trim(), ended.took);
    assert!(ended.took < Duration::from_secs(15), "{what}: {ended:?}");
    assert!(!ended.err.contains(SECRET) && !ended.out.contains(SECRET), "{what}: {ended:?}");
    assert!(!ended.err.contains(KEY), "{what}: {ended:?}");
    ended.refused(words);
}

fn start(url: &str) -> Ended {
    instance(&Folder::new(), url).finish()
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_start_without_a_key_is_refused_with_how_to_create_one() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a start without a key") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    let ended = folder.command(&["--port", "0"]).var("VESTIBULE_DATABASE_URL", &url).finish();
    refused("no key", ended, &["`vestibule key`", "ROCKET_SECRET_KEY"]);
    let tables = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!(cluster.sql("site", tables), ["0"], "no table was created");
    assert!(folder.snapshot().keys().all(|file| !file.ends_with("secret.key")), "no key was created");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_failed_connection_is_reported_in_one_line_without_the_password() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "wrong addresses") else { return };
    cluster.create("site");
    cluster.sql("postgres", &format!("create role guarded login password '{SECRET}'"));
    let rules = cluster.data().join("pg_hba.conf");
    let first = "host all guarded 127.0.0.1/32 scram-sha-256\n".to_owned();
    fs::write(&rules, first + &fs::read_to_string(&rules).unwrap()).unwrap();
    cluster.sql("postgres", "select pg_reload_conf()");
    let port = cluster.port();
    let at = |user: &str, port: u16, rest: &str| format!("postgres://{user}@127.0.0.1:{port}/{rest}");
    let guarded = format!("guarded:{SECRET}");
    until("pg_hba.conf is reloaded", Duration::from_secs(5), || {
        start(&at(&format!("guarded:{SECRET}x"), port, "site")).err.contains("28P01")
            || start(&at("guarded:wrong", port, "site")).err.contains("password")
    });
    refused(
        "wrong password",
        start(&at(&format!("guarded:{SECRET}x"), port, "site")),
        &["refused the login"],
    );
    refused("no password", start(&at("guarded", port, "site")), &["refused the login"]);
    refused("no such user", start(&at(&format!("nobody:{SECRET}"), port, "site")), &["refused the login"]);
    refused(
        "no such database",
        start(&at(&guarded, port, "nowhere")),
        &["does not exist", "createdb --encoding UTF8 --template template0"],
    );
    let no_rights = start(&at(&guarded, port, "site"));
    refused("not its own database", no_rights, &["does not allow", "the owner of the database"]);
    let check = |url: &str| {
        let folder = Folder::new();
        let run = folder.command(&["check"]).var("VESTIBULE_DATABASE_URL", url);
        run.var("ROCKET_SECRET_KEY", KEY).finish()
    };
    let may_not = check(&at(&guarded, port, "site"));
    assert!(
        may_not.status == Some(1) && may_not.err.contains("Make the user in database_url the owner"),
        "{may_not:?}"
    );
    let empty = check(&owned(&cluster, "own")).succeeded();
    assert!(
        empty.out.contains("/own answers and is empty; the first start creates its tables."),
        "{empty:?}"
    );
    let closed = start(&at(&guarded, dead_port(), "site"));
    refused("not there", closed, &["cannot be reached", "database_url"]);
    let nameless = start(&format!("postgres://{guarded}@nowhere.invalid/site"));
    refused("no such machine", nameless, &["cannot be reached", "database_url"]);
    let no_tls = start(&at(&guarded, port, "site?sslmode=require"));
    refused("TLS required, not offered", no_tls, &["TLS", "sslmode"]);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_of_another_program_or_another_encoding_is_refused_and_unchanged() {
    let Some(cluster) = Cluster::start(&["fsync=off"], "databases of other programs") else { return };
    let foreign = cluster.create("foreign_one");
    cluster.sql("foreign_one", "create table shop (id int)");
    refused("another program's", start(&foreign), &["tables of another program", "database_url"]);
    let tables = "select tablename from pg_tables where schemaname = 'public'";
    assert_eq!(cluster.sql("foreign_one", tables), ["shop"]);
    cluster.sql("postgres", "create database ascii template template0 encoding 'SQL_ASCII' locale 'C'");
    refused(
        "SQL_ASCII",
        start(&cluster.url("ascii")),
        &["SQL_ASCII", "createdb --encoding UTF8 --template template0"],
    );
    cluster.sql("postgres", "create database latin template template0 encoding 'LATIN1' locale 'C'");
    refused(
        "LATIN1",
        start(&cluster.url("latin")),
        &["LATIN1", "createdb --encoding UTF8 --template template0"],
    );
}
