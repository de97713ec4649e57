//! Migrations: each has its own number, and a database records which ones were applied, with their number and
//! content.

#[expect(dead_code, reason = "what cargo runs before a build is its own")]
#[path = "../../build.rs"]
mod build;

use std::path::Path;

use crate::folder::Folder;
use crate::visitor::ADA;

/// Changes the database of a folder's site, with SQL that differs by engine.
fn known_as_another(folder: &Folder, version: i64) {
    // Both databases read a string in this form as bytes.
    let bytes = if std::env::var_os("VESTIBULE_TEST_DATABASE_URL").is_some() { "'\\x00'" } else { "x'00'" };
    folder.sql(&[&format!("update _sqlx_migrations set checksum = {bytes} where version = {version}")]);
}

#[test]
fn a_database_with_another_migration_of_the_same_number_is_refused_and_unchanged() {
    let (folder, _) = Folder::of_ada();
    known_as_another(&folder, 2);
    let before = folder.snapshot();
    let words = ["migration 2", "another program", "restore a backup"];
    folder.run(&["--port", "0"]).refused(&words);
    folder.run(&["account", "show", ADA]).refused(&words);
    let checked = folder.run(&["check"]);
    assert_eq!(checked.status, Some(1), "{checked:?}");
    assert!(words.iter().all(|word| checked.err.contains(word)), "{checked:?}");
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn a_database_with_an_unknown_migration_is_refused() {
    let (folder, _) = Folder::of_ada();
    folder.sql(&["update _sqlx_migrations set version = 0 where version = 3"]);
    folder.run(&["--port", "0"]).refused(&["migration 0", "another program"]);
}

#[test]
fn two_migrations_with_one_number_stop_the_build_with_a_clear_error() {
    let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
    let told = build::of_one_number(&names(&["0001_a.sql", "0002_b.sql", "02_c.sql", "0002_notes.md"]));
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("0002_b.sql and 02_c.sql have one number, 2"), "{told:?}");
    let ours = build::names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations"));
    assert!(ours.len() >= 4, "{ours:?}");
    assert_eq!(build::of_one_number(&ours), Vec::<String>::new());
}
