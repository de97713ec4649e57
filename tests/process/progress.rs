//! Long work shows its progress on a terminal, but not on a pipe. If it is interrupted, no partial result remains.

use std::path::Path;
use std::time::Duration;
use std::{fs, thread};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::support::{Ended, Run, there_is};
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
    let folder = large(100);
    // A quick disk copies this in less than a second, and of that nothing is shown: so the copying is stopped for longer.
    let shown =
        (0..20).find_map(|_| stopped_half_way(folder.path())).expect("each copy ended before it was stopped");
    assert_eq!(shown.status, Some(0), "{shown:?}");
    for word in ["Copying to ", "shown.sqlite: ", "iB of ", "to go", "Copied the database to"] {
        assert!(shown.out.contains(word), "{word}: {shown:?}");
    }
    let quiet = Run::new(folder.path(), &["backup", "quiet.sqlite"]).finish().succeeded();
    assert_eq!(quiet.out.lines().count(), 1, "{quiet:?}");
}

/// A backup on a terminal whose process is stopped for more than a second while it copies. `None` if it ended before.
fn stopped_half_way(folder: &Path) -> Option<Ended> {
    let (copy, pid) = (folder.join("shown.sqlite"), folder.join("pid"));
    let _ = fs::remove_file(&copy); // of the attempt before
    // `script` stops with its own child, so there is a shell between them.
    let run = Run::new(folder, &["backup", "shown.sqlite"]).var("TERM", "xterm");
    let run = run.through(&["sh", "-c", "\"$0\" \"$@\" & echo $! > pid; wait $!"]).on_a_terminal();
    thread::scope(|scope| {
        let run = scope.spawn(|| run.finish());
        while !run.is_finished() && !has_begun(folder) {
            thread::sleep(Duration::from_millis(1));
        }
        let process = fs::read_to_string(&pid).unwrap().trim().parse().ok().and_then(Pid::from_raw).unwrap();
        let stopped = kill_process(process, Signal::STOP).is_ok() && has_begun(folder);
        thread::sleep(Duration::from_millis(1500));
        let _ = kill_process(process, Signal::CONT); // it may have ended
        let ended = run.join().unwrap();
        stopped.then_some(ended)
    })
}

/// Whether a part of a copy is written.
fn has_begun(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().flatten().any(|file| {
        file.path().extension().is_some_and(|ending| ending == "part")
            && file.metadata().is_ok_and(|metadata| metadata.len() > 0)
    })
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
