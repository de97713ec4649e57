//! The database of an app in a file: it keeps what is in it at each update, and what is refused or fails leaves it as
//! it was, to the last byte.

use std::env::current_exe;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::RUN_AS_APP;
use crate::support::{Ended, Run};
use crate::visitor::{ADA, PASSWORD, Visitor, rows, sql, texts_of};

/// The stories, each named after the rule that it checks.
pub const ALL: &[(&str, fn())] = &[
    ("the_oldest_database_gets_our_new_tables_and_then_those_of_the_app", old_ours_and_new_theirs),
    ("an_update_of_the_app_keeps_its_rows_and_a_copy", new_ours_and_old_theirs),
    ("an_update_of_both_runs_ours_first", old_ours_and_old_theirs),
    ("a_migration_that_fails_half_way_undoes_all_and_is_named", a_migration_that_fails_half_way),
    ("the_database_of_a_newer_version_is_refused_and_unchanged", a_newer_database),
    ("only_its_own_program_opens_the_database_of_an_app", another_program),
    ("a_table_without_the_prefix_is_refused_and_nothing_changes", a_bare_table),
];

/// The oldest site that is kept for tests, and the newest version of our tables in it.
const OLDEST: (&str, i64) = ("78d062e", 4);

/// Versions of the app.
const WHOLE: &str = "whole";
const NEWER: &str = "newer";
const HALF_WAY: &str = "that fails half-way";

/// A folder with data in a file, also where the other stories use a server.
struct Site(TempDir);

impl Site {
    fn new() -> Site {
        Site(tempfile::tempdir().unwrap())
    }

    /// The oldest site, which knows no app.
    fn oldest() -> Site {
        let site = Site::new();
        fs::create_dir(site.data()).unwrap();
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(OLDEST.0);
        for name in ["vestibule.sqlite", "secret.key"] {
            fs::copy(fixture.join(name), site.data().join(name)).unwrap();
        }
        site
    }

    /// A site on which this version of the app has run, with a note.
    fn of(version: &str) -> Site {
        let site = Site::new();
        site.starts(version, |visitor| {
            assert_eq!(visitor.post("/notes", &[("text", "Water the plants")]).leads_to(), "/notes");
        });
        site
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn database(&self) -> PathBuf {
        self.data().join("vestibule.sqlite")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.database()).unwrap()
    }

    /// The copies from before an update.
    fn copies(&self) -> Vec<String> {
        let files = fs::read_dir(self.data()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut copies: Vec<_> = names.filter(|name| name.contains(".version-")).collect();
        copies.sort();
        copies
    }

    fn run(&self, version: &str, words: &[&str]) -> Run {
        self.plain(words).program(&current_exe().unwrap()).var(RUN_AS_APP, version)
    }

    /// The program without an app.
    fn plain(&self, words: &[&str]) -> Run {
        Run::new(self.0.path(), words)
    }

    /// Starts a version of the app, visits it, and stops it.
    fn starts(&self, version: &str, visit: impl FnOnce(&mut Visitor)) {
        let server = self.run(version, &["--port", "0"]).patient().start();
        visit(&mut Visitor::at(server.address));
        let ended = server.stop();
        assert_eq!(ended.status, Some(0), "{ended:?}");
    }

    /// Asserts that neither the site nor a command starts, for this reason, and that the database stays as it was.
    fn is_refused(&self, program: impl Fn(&[&str]) -> Run, words: &[&str]) {
        let before = self.bytes();
        for command in [&["--port", "0"][..], &["account", "list"], &["check"]] {
            let ended = program(command).finish();
            told(&ended, words);
            assert_eq!(ended.err.lines().count(), 1, "{command:?}: {ended:?}");
        }
        assert!(self.bytes() == before, "the database was changed: {words:?}");
        assert!(!self.data().join("vestibule.sqlite-wal").exists());
    }

    /// Asserts that a version of the app fails to update the database, for this reason, that it stays as it was, and
    /// that there is a copy of it.
    fn fails(&self, version: &str, words: &[&str], copy: &str) {
        let before = self.bytes();
        // The second attempt finds the copy of the first.
        for _ in 0..2 {
            told(&self.run(version, &["--port", "0"]).finish(), &[words, &["is as it was.", copy]].concat());
            assert!(self.bytes() == before, "the database was changed: {words:?}");
        }
        let copy = self.data().join(copy);
        for query in [
            "select coalesce(sql, name) from sqlite_schema order by name",
            "select email || name || created_at from accounts order by email",
            "select cast(version as text) from _sqlx_migrations order by version",
        ] {
            assert_eq!(texts_of(&copy, query), texts_of(&self.database(), query), "{query}");
        }
    }
}

/// Asserts that it ended with status 1, and that its last line has these words.
fn told(ended: &Ended, words: &[&str]) {
    let line = ended.err.lines().last().unwrap_or_default();
    assert!(ended.status == Some(1) && words.iter().all(|word| line.contains(word)), "{words:?}: {ended:?}");
}

/// The names of the app's tables in a database.
fn tables_of_app(database: &Path) -> Vec<String> {
    texts_of(
        database,
        "select name from sqlite_schema where type = 'table' and name like 'app!_%' escape '!' order by name",
    )
}

/// The newest version of ours that a database has seen.
fn version_of_ours(database: &Path) -> i64 {
    texts_of(database, "select cast(max(version) as text) from _sqlx_migrations")[0].parse().unwrap()
}

fn logs_in(visitor: &mut Visitor) {
    assert_eq!(visitor.log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert!(visitor.is_logged_in());
}

fn old_ours_and_new_theirs() {
    let site = Site::oldest();
    site.starts(NEWER, |visitor| {
        logs_in(visitor);
        assert_eq!(visitor.get("/notes").status, 200);
    });
    let database = site.database();
    assert!(version_of_ours(&database) > OLDEST.1, "ours are up to date");
    assert_eq!(tables_of_app(&database), ["app_devices", "app_notes"]);
    assert!(rows(&database, "app_devices") > 0, "theirs have read ours under its new name");
    assert_eq!(rows(&database, "_app_migrations"), 2);
    let copy = format!("vestibule.sqlite.version-{}.notes-0", OLDEST.1);
    assert_eq!(site.copies(), [copy.as_str()]);
    let copy = site.data().join(copy);
    assert_eq!((version_of_ours(&copy), tables_of_app(&copy).len()), (OLDEST.1, 0));
    site.starts(NEWER, logs_in);
    assert_eq!(site.copies().len(), 1, "what is up to date is not copied");
}

fn new_ours_and_old_theirs() {
    let site = Site::of(WHOLE);
    let version = version_of_ours(&site.database());
    site.starts(NEWER, |visitor| assert_eq!(visitor.get("/notes").body, "Water the plants"));
    assert_eq!(tables_of_app(&site.database()), ["app_devices", "app_notes"]);
    assert_eq!(site.copies(), [format!("vestibule.sqlite.version-{version}.notes-1")]);
    let copy = site.data().join(&site.copies()[0]);
    assert_eq!((tables_of_app(&copy), rows(&copy, "app_notes")), (vec!["app_notes".to_owned()], 1));
}

fn old_ours_and_old_theirs() {
    let (site, whole) = (Site::oldest(), Site::of(WHOLE));
    let of_app = "type = 'table' and name in ('_app_migrations', 'app_notes')";
    let mut statements =
        texts_of(&whole.database(), &format!("select sql from sqlite_schema where {of_app}"));
    statements.insert(0, format!("attach '{}' as whole", whole.database().display()));
    for table in ["_app_migrations", "app_notes"] {
        statements.push(format!("insert into {table} select * from whole.{table}"));
    }
    sql(&site.database(), &statements.iter().map(String::as_str).collect::<Vec<_>>());
    site.starts(NEWER, |visitor| {
        logs_in(visitor);
        assert_eq!(visitor.get("/notes").body, "Water the plants");
    });
    assert!(version_of_ours(&site.database()) > OLDEST.1, "ours are up to date");
    assert!(rows(&site.database(), "app_devices") > 0, "theirs have read ours under its new name");
    assert_eq!(site.copies(), [format!("vestibule.sqlite.version-{}.notes-1", OLDEST.1)]);
}

fn a_migration_that_fails_half_way() {
    let failed = ["notes: The migration migrations/0002_tags.sql of notes failed: ", "app_nothing"];
    // Of ours, none has run either.
    let oldest = Site::oldest();
    let copy = format!("vestibule.sqlite.version-{}.notes-0", OLDEST.1);
    oldest.fails(HALF_WAY, &failed, &copy);
    assert_eq!(version_of_ours(&oldest.database()), OLDEST.1);
    oldest.starts(WHOLE, logs_in);

    let site = Site::of(WHOLE);
    let copy = format!("vestibule.sqlite.version-{}.notes-1", version_of_ours(&site.database()));
    site.fails(HALF_WAY, &failed, &copy);
    site.starts(NEWER, |visitor| assert_eq!(visitor.get("/notes").body, "Water the plants"));

    let empty = Site::new();
    told(
        &empty.run(HALF_WAY, &["--port", "0"]).finish(),
        &[&failed[..], &["No database was created."]].concat(),
    );
    assert!(!empty.database().exists());
    empty.starts(WHOLE, |visitor| assert_eq!(visitor.get("/notes").status, 200));
}

fn a_newer_database() {
    let site = Site::of(NEWER);
    let words = [
        "notes: The database ",
        "is version 2 of notes, this program knows 1. Start a newer version of notes, or",
    ];
    site.is_refused(|command| site.run(WHOLE, command), &words);
    site.starts(NEWER, |visitor| assert_eq!(visitor.get("/notes").body, "Water the plants"));
}

fn another_program() {
    let site = Site::of(WHOLE);
    let belongs = "This database belongs to the app notes. Use its own program.";
    site.is_refused(|command| site.plain(command), &[&format!("vestibule: {belongs}")]);
    site.is_refused(|command| site.run("another app", command), &[&format!("lists: {belongs}")]);
    site.starts(WHOLE, |visitor| assert_eq!(visitor.get("/notes").body, "Water the plants"));
}

fn a_bare_table() {
    let line = "notes: The table tags of migrations/0002_tags.sql must be called app_…";
    let site = Site::of(WHOLE);
    let copy = format!("vestibule.sqlite.version-{}.notes-1", version_of_ours(&site.database()));
    site.fails("with a bare table", &[line], &copy);
    let oldest = Site::oldest();
    oldest.fails("with a bare table", &[line], &format!("vestibule.sqlite.version-{}.notes-0", OLDEST.1));
}
