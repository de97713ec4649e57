//! TLS connections to the database: with a certificate from a CA of one's own, and with one from an unknown CA.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::super::faults::tools::until;
use super::cluster::Cluster;
use super::sites::{ended_well, instance};
use crate::folder::Folder;
use crate::support::there_is;
use crate::visitor::Visitor;

fn openssl(folder: &Path, words: &[&str]) {
    let output = Command::new("openssl").current_dir(folder).args(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Creates a CA: `NAME.pem` and `NAME.key`.
fn authority(folder: &Path, name: &str) {
    let (key, file, subject) = (format!("{name}.key"), format!("{name}.pem"), format!("/CN={name}"));
    let new =
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    openssl(folder, &[&new[..], &["-keyout", &key, "-out", &file, "-subj", &subject]].concat());
}

/// Turns on TLS for a server, with a certificate for 127.0.0.1 from the CA `ours`.
fn certify(cluster: &Cluster, folder: &Path) {
    let new = [
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=database",
    ];
    openssl(folder, &[&new[..], &["-keyout", "server.key", "-out", "server.csr"]].concat());
    fs::write(folder.join("names"), "subjectAltName=IP:127.0.0.1").unwrap();
    let sign = ["x509", "-req", "-days", "2", "-CA", "ours.pem", "-CAkey", "ours.key", "-CAcreateserial"];
    let files = ["-in", "server.csr", "-out", "server.crt", "-extfile", "names"];
    openssl(folder, &[&sign[..], &files].concat());
    let owner = fs::metadata(cluster.data()).unwrap();
    for file in ["server.key", "server.crt"] {
        let to = cluster.data().join(file);
        fs::copy(folder.join(file), &to).unwrap();
        fs::set_permissions(&to, fs::Permissions::from_mode(0o600)).unwrap();
        chown(&to, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
    cluster.sql("postgres", "alter system set ssl = on");
    cluster.sql("postgres", "select pg_reload_conf()");
    until("the server has TLS on", Duration::from_secs(5), || cluster.sql("postgres", "show ssl") == ["on"]);
}

#[test]
#[ignore = "needs PostgreSQL and openssl"]
fn the_server_is_trusted_only_with_a_certificate_of_the_right_ca() {
    let what = "a database over TLS";
    if !there_is("openssl", what) {
        return;
    }
    let Some(cluster) = Cluster::start(&["fsync=off"], what) else { return };
    let folder = Folder::new();
    authority(folder.path(), "ours");
    authority(folder.path(), "theirs");
    certify(&cluster, folder.path());
    // Connections without TLS are refused.
    let rules = "hostnossl all all all reject\nhostssl all all all trust\nlocal all all trust\n";
    fs::write(cluster.data().join("pg_hba.conf"), rules).unwrap();
    cluster.sql("postgres", "select pg_reload_conf()");
    let url = cluster.create("site");
    let with = |mode: &str, authority: &str| {
        let root = folder.path().join(authority);
        instance(&folder, &format!("{url}?sslmode={mode}&sslrootcert={}", root.display()))
    };
    for (mode, authority) in [("verify-full", "theirs.pem"), ("verify-ca", "theirs.pem")] {
        let ended = with(mode, authority).finish();
        println!("{mode} with {authority}: {} ({:?})", ended.err.trim(), ended.took);
        ended.refused(&["TLS", "sslmode", "sslrootcert"]);
    }
    let ended = with("verify-full", "nowhere.pem").finish();
    println!("no such file: {}", ended.err.trim());
    ended.refused(&["does not exist", "sslrootcert"]);
    let unknown = instance(&folder, &format!("{url}?sslmode=verify-full")).finish();
    unknown.refused(&["TLS", "sslmode"]);
    // A host name that is not in the certificate.
    let named = url.replace("127.0.0.1", "localhost");
    let root = folder.path().join("ours.pem");
    let named = format!("{named}?sslmode=verify-full&sslrootcert={}", root.display());
    instance(&folder, &named).finish().refused(&["TLS"]);
    instance(&folder, &format!("{url}?sslmode=disable")).finish().refused(&["refused the login"]);

    let site = with("verify-full", "ours.pem").start();
    Visitor::ada(site.address);
    let spoken = "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'vestibule'";
    assert_eq!(cluster.sql("site", spoken), ["t"]);
    ended_well(&site.stop());
    let site = instance(&folder, &format!("{url}?sslmode=require")).start();
    ended_well(&site.stop());
}
