//! Long work shows its progress on a terminal, but not on a pipe. If it is interrupted, no partial result remains.

use std::fs;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{Run, there_is};
use crate::visitor::{PASSWORD, rows, sql};

/// A site with a large database, which takes a moment to read.
fn large(megabytes: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let server = Run::new(folder.path(), &["--port", "0"]).start();
    assert_eq!(server.stop().status, Some(0));
    Run::new(folder.path(), &["account", "add", "ada@example.org", "Ada"])
        .input(PASSWORD)
        .finish()
        .succeeded();
    let filler = format!(
        "create table filler as with recursive n (i) as (select 1 union all select i + 1 from n where i < {megabytes}) \
         select randomblob(1000000) as bytes from n"
    );
    sql(&folder.path().join("data/vestibule.sqlite"), &["pragma synchronous = off", &filler]);
    folder
}

#[test]
fn a_backup_shows_progress_on_a_terminal_but_not_on_a_pipe() {
    if !there_is("script", "what is shown on a terminal") {
        return;
    }
    let folder = large(300);
    let backup = || {
        let shown = Run::new(folder.path(), &["backup", "shown.sqlite"]).var("TERM", "xterm").on_a_terminal();
        let shown = shown.finish();
        assert_eq!(shown.status, Some(0), "{shown:?}");
        shown
    };
    let mut shown = backup();
    // A quick disk copies this in less than a second, and of that nothing is shown.
    for _ in 0..3 {
        if shown.took > Duration::from_secs(2) {
            break;
        }
        let twice = "insert into filler select randomblob(1000000) from filler";
        sql(&folder.path().join("data/vestibule.sqlite"), &["pragma synchronous = off", twice]);
        fs::remove_file(folder.path().join("shown.sqlite")).unwrap();
        shown = backup();
    }
    for word in ["Copying to ", "shown.sqlite: ", "iB of ", "to go", "Copied the database to"] {
        assert!(shown.out.contains(word), "{word}: {shown:?}");
    }
    let quiet = Run::new(folder.path(), &["backup", "quiet.sqlite"]).finish().succeeded();
    assert_eq!(quiet.out.lines().count(), 1, "{quiet:?}");
}

#[test]
fn short_work_shows_no_progress() {
    if !there_is("script", "what is not shown on a terminal") {
        return;
    }
    let folder = large(1);
    let run = Run::new(folder.path(), &["account", "list"]).var("TERM", "xterm").on_a_terminal().finish();
    assert_eq!(run.status, Some(0), "{run:?}");
    assert!(run.out.contains("Ada") && !run.out.contains("0/0") && !run.out.contains('\u{1b}'), "{run:?}");
}

#[test]
fn an_interrupted_backup_leaves_nothing() {
    let folder = large(100);
    let copy = folder.path().join("copy.sqlite");
    let (mut moment, mut stopped) = (Duration::from_millis(100), 0);
    while !copy.exists() {
        let seconds = format!("{}", moment.as_secs_f64());
        let run = Run::new(folder.path(), &["backup", "copy.sqlite"]);
        let ended = run.through(&["timeout", "-s", "INT", &seconds]).finish();
        stopped += usize::from(ended.err.contains("Interrupted. No copy was kept."));
        assert!(!folder.path().join("copy.sqlite.part").exists(), "{ended:?}");
        moment = moment.mul_f64(1.2);
    }
    assert!(stopped > 0, "it was never interrupted half-way");
    assert_eq!(rows(&copy, "accounts"), 1);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}
