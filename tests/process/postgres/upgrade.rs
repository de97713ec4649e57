//! A site of an older version on PostgreSQL loses nothing when it starts with this program.

use std::fs;

use super::cluster::Cluster;
use crate::folder::Folder;
use crate::support::Run;
use crate::upgrade::{
    everything_goes_on, failed_logins_still_count, fixture, from_many_browsers,
    no_account_has_a_second_factor, used_just_now, words_became_codes,
};

/// Calls `work` with the server of a site of this commit, and with a function for its commands.
fn with_site_of(commit: &str, work: impl FnOnce(&Cluster, &dyn Fn(&[&str]) -> Run)) {
    let Some(cluster) = Cluster::start(&["fsync=off"], "a database of an older version") else { return };
    let (folder, url) = (Folder::new(), cluster.create("site"));
    cluster.sql("site", &fs::read_to_string(fixture(commit, "postgresql.sql")).unwrap());
    cluster.sql("site", &used_just_now().join("; "));
    let key = fs::read_to_string(fixture(commit, "secret.key")).unwrap();
    let variables = [("VESTIBULE_DATABASE_URL", &*url), ("ROCKET_SECRET_KEY", key.trim())];
    work(&cluster, &|words| {
        variables.iter().fold(folder.command(words), |run, (name, value)| run.var(name, value))
    });
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_of_commit_78d062e_keeps_everything() {
    with_site_of("78d062e", |_, command| everything_goes_on("78d062e", command));
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_of_commit_8720ebc_keeps_everything_under_new_names() {
    with_site_of("8720ebc", |cluster, command| {
        let counts = |tables: [&str; 3]| {
            tables.map(|table| cluster.sql("site", &format!("select count(*) from {table}")))
        };
        let before = counts(["remembered", "guesses", "tries"]);
        cluster.sql("site", &from_many_browsers().join("; "));
        failed_logins_still_count(command);
        words_became_codes(|sql| cluster.sql("site", sql), command);
        no_account_has_a_second_factor(|sql| cluster.sql("site", sql));
        assert_eq!(counts(["remember_tokens", "failed_logins", "rate_limits"]), before);
        everything_goes_on("8720ebc", command);
    });
}
