//! `vestibule check`: every setting, its value and its source, and whether the database can be used; nothing
//! is changed.

use std::fs;

use vestibule::base::config::known;

use crate::folder::{Files, Folder};

/// The line of a setting.
pub fn row<'a>(checked: &'a str, name: &str) -> &'a str {
    let mut lines = checked.lines().filter(|line| line.split(' ').next() == Some(name));
    let line = lines.next().unwrap_or_else(|| panic!("no {name} in {checked}"));
    assert_eq!(lines.next(), None, "{name} is listed twice");
    line
}

fn columns<'a>(checked: &'a str, name: &str) -> (&'a str, &'a str) {
    let rest = row(checked, name)[name.len()..].trim_start();
    let (value, source) =
        rest.rsplit_once("  ").unwrap_or_else(|| panic!("no source of {name} in {checked}"));
    (value.trim_end(), source)
}

/// The value of a setting.
pub fn value_of<'a>(checked: &'a str, name: &str) -> &'a str {
    columns(checked, name).0
}

/// The source of a setting.
pub fn source_of<'a>(checked: &'a str, name: &str) -> &'a str {
    columns(checked, name).1
}

#[test]
fn every_setting_is_shown_with_its_value_and_source() {
    let checked = Folder::new().run(&["check"]).succeeded().out;
    for name in known::all().map(|setting| setting.name) {
        assert!(!value_of(&checked, name).is_empty() && !source_of(&checked, name).is_empty(), "{name}");
    }
    assert_eq!(value_of(&checked, "argon2_memory_kib"), "19456");
    assert_eq!(value_of(&checked, "session_lifetime"), "24h");
    assert_eq!(value_of(&checked, "smtp_hello"), "(the host of base_url)");
    for name in ["base_url", "port", "workers", "session_idle", "smtp_url", "secret_key"] {
        assert_eq!(source_of(&checked, name), "default", "{name}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let folder = Folder::new();
    let key = folder.run(&["key"]).succeeded().out;
    let run = folder.command(&["check"]).var("ROCKET_SECRET_KEY", key.trim());
    let checked = run.var("VESTIBULE_DATABASE_URL", "sqlite:hidden-place.sqlite").finish().succeeded().out;
    assert_eq!(
        (value_of(&checked, "secret_key"), value_of(&checked, "database_url")),
        ("(secret)", "(secret)")
    );
    assert!(!checked.contains(key.trim()));

    let (folder, _) = Folder::of_ada();
    let key = fs::read_to_string(folder.key()).unwrap();
    assert!(!folder.run(&["check"]).succeeded().out.contains(key.trim()));
}

#[test]
fn check_creates_nothing_in_an_empty_folder() {
    let folder = Folder::new();
    let checked = folder.run(&["check"]).succeeded().out;
    assert!(checked.contains("/data/vestibule.sqlite yet; the first start creates it"), "{checked}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn check_changes_nothing_in_a_stopped_site() {
    let (folder, _) = Folder::of_ada();
    let before = folder.snapshot();
    let checked = folder.run(&["check"]).succeeded().out;
    assert!(checked.contains("is sound, matches the secret key, and is up to date"), "{checked}");
    let names = |files: Files| files.into_keys().collect::<Vec<_>>();
    assert_eq!(names(folder.snapshot()), names(before.clone()), "files were made");
    assert!(folder.snapshot() == before, "a file was changed");
}

#[test]
fn check_does_not_disturb_a_running_site() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = crate::visitor::Visitor::ada(server.address);
    folder.run(&["check"]).succeeded();
    assert!(ada.is_logged_in());
    assert_eq!(server.stop().status, Some(0));
    assert!(ada.again_at(folder.serve().address).is_logged_in());
}

#[test]
fn an_unusable_database_makes_check_exit_with_1() {
    let (folder, _) = Folder::of_ada();
    let other = folder.run(&["key"]).succeeded().out;
    let unusable = |run: crate::support::Run, words: &[&str]| {
        let ended = run.finish();
        assert_eq!(ended.status, Some(1), "{ended:?}");
        assert!(ended.out.contains("site_name"), "the settings are shown all the same");
        assert!(ended.err.starts_with("vestibule: ") && ended.err.lines().count() == 1, "{ended:?}");
        assert!(words.iter().all(|word| ended.err.contains(word)), "{ended:?}");
    };
    unusable(
        folder.command(&["check"]).var("ROCKET_SECRET_KEY", other.trim()),
        &["does not match", "key replace"],
    );
    fs::remove_file(folder.key()).unwrap();
    unusable(folder.command(&["check"]), &["secret.key", "missing"]);
    fs::write(folder.database(), "some words").unwrap();
    unusable(folder.command(&["check"]), &["vestibule.sqlite", "damaged"]);
}

#[test]
fn a_closed_stdout_causes_no_panic() {
    let folder = Folder::new();
    let pipe =
        "{ sleep 0.2; \"$0\" \"$@\"; echo $? > status; } | true; until [ -s status ]; do sleep 0.05; done";
    folder.command(&["check"]).through(&["sh", "-c", pipe]).finish().succeeded();
    assert_eq!(fs::read_to_string(folder.path().join("status")).unwrap(), "0\n");
}
