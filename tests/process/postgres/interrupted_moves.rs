//! A move that is interrupted, fails or is killed leaves either nothing or everything.

use std::time::Duration;

use super::super::faults::tools::{sized, until};
use super::super::faults::turns::alone;
use super::cluster::Cluster;
use super::moving::{MANY, QUICK, on, site_with, undo};
use crate::support::Run;
use crate::visitor::rows;

/// Runs a command repeatedly, and kills it a little later each time, until its result exists. `look` returns whether
/// it exists, and fails if there is only a part of it.
fn killed_later_and_later(run: impl Fn() -> Run, look: impl Fn() -> bool) {
    let (mut cut_off, mut moment) = (0, 100);
    while !look() {
        let seconds = format!("{}.{:03}", moment / 1000, moment % 1000);
        let ended = run().through(&["timeout", "-s", "KILL", &seconds]).finish();
        assert!(ended.status != Some(1), "{ended:?}");
        cut_off += usize::from(ended.status != Some(0));
        moment += moment / sized(3, 2);
    }
    assert!(cut_off >= 3, "killed only {cut_off} times");
}

#[test]
#[ignore = "needs PostgreSQL"]
fn an_interrupted_or_failed_move_leaves_nothing() {
    let _alone = alone();
    let Some(cluster) = Cluster::start(&QUICK, "an interrupted move") else { return };
    let (folder, _) = site_with(MANY);
    let (before, url) = (folder.snapshot(), cluster.create("house"));
    let (mut moment, mut stopped) = (100, 0);
    loop {
        let seconds = format!("{}.{:03}", moment / 1000, moment % 1000);
        let run = folder.command(&["move", "--to", &url]).through(&["timeout", "-s", "INT", &seconds]);
        let ended = run.finish();
        if ended.status == Some(0) {
            break;
        }
        if ended.err.contains("Interrupted. Nothing was moved, and nothing was changed.") {
            stopped += 1;
            assert_eq!(folder.snapshot(), before);
            until("the new database is empty", Duration::from_secs(5), || {
                cluster.sql("house", "select count(*) from pg_tables where schemaname = 'public'") == ["0"]
            });
        }
        moment += moment / sized(3, 2);
    }
    assert!(stopped > 0, "it was never interrupted half-way");
    // A move that fails leaves nothing either.
    undo(&folder);
    let other = cluster.create("other");
    cluster.sql(
        "other",
        "create function no() returns event_trigger language plpgsql as $$ begin raise 'no'; end $$",
    );
    cluster.sql(
        "other",
        "create event trigger no on ddl_command_end when tag in ('CREATE INDEX') execute function no()",
    );
    assert_eq!(folder.run(&["move", "--to", &other]).status, Some(1));
    assert_eq!(cluster.sql("other", "select count(*) from pg_tables where schemaname = 'public'"), ["0"]);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_move_killed_at_any_moment_leaves_nothing_or_everything() {
    let _alone = alone();
    let Some(cluster) = Cluster::start(&QUICK, "a move killed") else { return };
    let (folder, _) = site_with(MANY);
    let before = folder.snapshot();
    let url = cluster.create("house");
    // Without the key's fingerprint, the database counts as empty: a start creates it again, and a move continues.
    let is_there = || {
        if cluster.sql("house", "select to_regclass('outbox')") == [""] {
            return false;
        }
        let rows = "select (select count(*) from meta where name = 'key_fingerprint'), (select count(*) from accounts), \
                    (select count(*) from remember_tokens)";
        let rows = cluster.sql("house", rows);
        assert!(rows == ["0|0|0"] || rows == [format!("1|{}|1", MANY + 1)], "{rows:?}");
        rows != ["0|0|0"]
    };
    killed_later_and_later(|| folder.command(&["move", "--to", &url]), is_there);
    assert_eq!(rows(&folder.database(), "accounts"), MANY + 1, "the old database is unchanged");
    assert!(before.len() == folder.snapshot().len());

    let file = folder.path().join("new.sqlite");
    let back = format!("sqlite:{}", file.display());
    let run = || {
        // The lease of a killed program stays valid for half a minute.
        cluster.sql("house", "delete from open_by");
        on(&folder, &url, &["move", "--to", &back])
    };
    killed_later_and_later(run, || file.exists());
    assert_eq!(rows(&file, "accounts"), MANY + 1);
    on(&folder, &back, &["check"]).finish().succeeded();
    assert!(is_there());
}
