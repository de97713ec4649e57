//! `vestibule new`: what it writes, and what it refuses. `tests/starter` builds it.

use std::fs;
use std::path::Path;

use crate::folder::{Folder, mode};
use crate::support::Run;

/// The repository.
const SOURCES: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn a_new_app_is_the_starter_with_its_name_and_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::new(folder.path(), &["new", "notes", "--path", SOURCES]);
    let said = run.finish().succeeded().out;
    assert!(
        said.starts_with("Made notes. Next: cd notes && cargo run. Its first page is src/main.rs, "),
        "{said}"
    );
    assert!(said.trim_end().ends_with(&format!("takes Vestibule from path = \"{SOURCES}\".")), "{said}");
    let (app, starter) = (folder.path().join("notes"), Path::new(SOURCES).join("starter"));
    let files = [
        ".cargo/config.toml",
        ".dockerignore",
        ".gitignore",
        "Dockerfile",
        "Rocket.toml",
        "build.rs",
        "migrations/0001_notes.sql",
        "src/main.rs",
        "src/tests.rs",
        "static/notes.css",
        "templates/notes.html",
    ];
    for file in files {
        assert!(fs::read(app.join(file)).unwrap() == fs::read(starter.join(file)).unwrap(), "{file}");
    }
    let manifest = fs::read_to_string(app.join("Cargo.toml")).unwrap();
    assert!(manifest.starts_with("[package]\nname = \"notes\" ") && !manifest.contains("{{"), "{manifest}");
    assert_eq!(manifest.matches(&format!("vestibule = {{ path = \"{SOURCES}\"")).count(), 2, "{manifest}");
    assert_eq!(mode(&app.join("src/main.rs")) & 0o400, 0o400);

    let before = fs::read(app.join("Cargo.toml")).unwrap();
    Run::new(folder.path(), &["new", "notes"]).finish().refused(&["The folder notes is not empty."]);
    assert!(fs::read(app.join("Cargo.toml")).unwrap() == before);
    fs::create_dir(folder.path().join("shop")).unwrap();
    Run::new(folder.path(), &["new", "shop", "--git", "https://example.org/v"]).finish().succeeded();
    let manifest = fs::read_to_string(folder.path().join("shop/Cargo.toml")).unwrap();
    assert_eq!(manifest.matches("vestibule = { git = \"https://example.org/v\"").count(), 2, "{manifest}");
}

#[test]
fn a_path_says_where_the_folder_is_and_the_site_has_the_name_of_the_app() {
    let folder = tempfile::tempdir().unwrap();
    let clone = folder.path().join("clone");
    fs::create_dir(&clone).unwrap();
    let said = Run::new(&clone, &["new", "../shopping-list"]).finish().succeeded().out;
    assert!(said.starts_with("Made shopping-list. Next: cd ../shopping-list && cargo run."), "{said}");
    assert_eq!(fs::read_dir(&clone).unwrap().count(), 0);
    let read = |file: &str| fs::read_to_string(folder.path().join("shopping-list").join(file)).unwrap();
    assert!(read("Cargo.toml").starts_with("[package]\nname = \"shopping-list\" "));
    assert!(read("Rocket.toml").ends_with("\nsite_name = \"Shopping list\"\n"));
    assert!(read("src/main.rs").contains(".link(\"Notes\", \"/notes\")"), "the pages are the starter's");
    Run::new(&clone, &["new", "../shopping-list"])
        .finish()
        .refused(&["The folder ../shopping-list is not empty."]);
}

#[test]
fn what_cannot_be_an_app_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    for name in ["Notes", "../Notes", "..", "vestibule", "a/test", ""] {
        folder.run(&["new", name]).refused(&["The name ", "Choose another: vestibule new notes."]);
    }
    let elsewhere = ["new", "notes", "--path", "nowhere"];
    folder.run(&elsewhere).refused(&["The sources of Vestibule are not in ", "--path FOLDER, or --git URL"]);
    assert_eq!(folder.run(&["new"]).status, Some(2));
    assert_eq!(folder.run(&["new", "notes", "--path", ".", "--git", "x"]).status, Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    folder.write("notes", "a file");
    folder.run(&["new", "notes"]).refused(&["notes cannot be the folder of the app"]);
}
