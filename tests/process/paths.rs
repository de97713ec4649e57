//! A path to the data means the same in this program as in the shell, however it is written.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::Run;
use crate::visitor::{PASSWORD, rows};

/// The program in this folder, with only these arguments.
fn vestibule(folder: &Path, words: &[&str]) -> Run {
    Run::new(folder, words)
}

/// Creates a site with one account in a data folder.
fn site_of(name: &str, data: &Path) {
    let folder = data.parent().unwrap();
    let data = data.to_str().unwrap();
    let server = vestibule(folder, &["--data-dir", data, "--port", "0"]).start();
    assert_eq!(server.stop().status, Some(0));
    let email = format!("{name}@example.org");
    let add = ["account", "add", &email, name, "--data-dir", data];
    vestibule(folder, &add).input(PASSWORD).finish().succeeded();
}

/// Creates Ada's site in `site` and Bob's in `work/site`. From the returned folder, two levels below, one could be
/// confused with the other.
fn two_sites() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("work/deep");
    fs::create_dir_all(&deep).unwrap();
    site_of("ada", &folder.path().join("site"));
    site_of("bob", &folder.path().join("work/site"));
    (folder, deep)
}

/// The addresses of all accounts, as a command lists them.
fn accounts(run: Run) -> Vec<String> {
    let listed = run.finish().succeeded().out;
    listed.lines().map(|line| line.split("  ").nth(1).unwrap().to_owned()).collect()
}

#[test]
fn a_path_with_two_dots_leads_to_the_right_site() {
    let (folder, deep) = two_sites();
    let list = ["account", "list"];
    let by_flag = vestibule(&deep, &[&list[..], &["--data-dir", "../../site"]].concat());
    assert_eq!(accounts(by_flag), ["ada@example.org"]);
    let by_variable = vestibule(&deep, &list).var("VESTIBULE_DATA_DIR", "../../site/");
    assert_eq!(accounts(by_variable), ["ada@example.org"]);
    for url in ["sqlite:../../site/vestibule.sqlite", "sqlite://../../site/vestibule.sqlite"] {
        let by_url = vestibule(&deep, &list).var("VESTIBULE_DATABASE_URL", url);
        assert_eq!(accounts(by_url), ["ada@example.org"], "{url}");
    }
    fs::write(deep.join("Rocket.toml"), "[default.vestibule]\ndata_dir = \"../site\"\n").unwrap();
    assert_eq!(accounts(vestibule(&deep, &list)), ["bob@example.org"]);

    let delete = ["account", "delete", "bob@example.org", "--yes", "--data-dir", "../../site"];
    vestibule(&deep, &delete).finish().refused(&["There is no account for bob@example.org."]);
    let delete = ["account", "delete", "ada@example.org", "--yes", "--data-dir", "../../site"];
    vestibule(&deep, &delete).finish().succeeded();
    assert_eq!(rows(&folder.path().join("site/vestibule.sqlite"), "accounts"), 0);
    assert_eq!(rows(&folder.path().join("work/site/vestibule.sqlite"), "accounts"), 1);
}

#[test]
fn a_path_through_a_symbolic_link_means_the_same_as_in_the_shell() {
    let (folder, deep) = two_sites();
    std::os::unix::fs::symlink(&deep, folder.path().join("link")).unwrap();
    let through = vestibule(folder.path(), &["account", "list", "--data-dir", "link/../site"]);
    assert_eq!(accounts(through), ["bob@example.org"]);
}

#[test]
fn a_backup_is_written_to_the_given_path() {
    let (folder, deep) = two_sites();
    let words = ["backup", "../../copy of 50%.sqlite", "--data-dir", "../../site"];
    let said = vestibule(&deep, &words).finish().succeeded().out;
    let copy = folder.path().canonicalize().unwrap().join("copy of 50%.sqlite");
    assert!(said.contains(copy.to_str().unwrap()), "{said}");
    assert_eq!(rows(&copy, "accounts"), 1);
    assert!(!folder.path().join("work/copy of 50%.sqlite").exists());
}

#[test]
fn check_and_errors_print_the_real_path() {
    let (folder, deep) = two_sites();
    let real = folder.path().canonicalize().unwrap();
    let checked = vestibule(&deep, &["check", "--data-dir", "../../site"]).finish().succeeded().out;
    let named = format!("The database {} is sound", real.join("site/vestibule.sqlite").display());
    assert!(checked.contains(&named), "{checked}");
    let missing = vestibule(&deep, &["account", "list", "--data-dir", "../nowhere"]).finish();
    missing.refused(&[real.join("work/nowhere/vestibule.sqlite").to_str().unwrap()]);
}

#[test]
fn a_folder_can_have_any_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["50%25", "who?", "a #1 folder", "%2e%2e", "é", "a;b", "back\\slash", "-dash", "a:b@c"] {
        let data = folder.path().join(name);
        site_of("ada", &data);
        assert_eq!(rows(&data.join("vestibule.sqlite"), "accounts"), 1, "{name}");
        let plain = format!("./{name}//");
        let list = ["account", "list", "--data-dir", &plain];
        assert_eq!(accounts(vestibule(folder.path(), &list)), ["ada@example.org"], "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 9, "nothing else was created");
}

#[test]
fn a_removed_working_folder_matters_only_for_relative_paths() {
    let (folder, _) = two_sites();
    let gone = "mkdir gone && cd gone && rmdir ../gone";
    let relative = vestibule(folder.path(), &["account", "list"]).after(gone).finish();
    relative.refused(&["relative path data cannot be used", "the current folder does not exist"]);
    let site = folder.path().join("site");
    let whole = ["account", "list", "--data-dir", site.to_str().unwrap()];
    assert_eq!(accounts(vestibule(folder.path(), &whole).after(gone)), ["ada@example.org"]);
}

#[test]
fn a_path_that_is_not_utf_8_is_refused_and_nothing_is_created() {
    let folder = tempfile::tempdir().unwrap();
    let odd = "set -- --port 0 --data-dir \"$(printf 'si\\377te')\"";
    vestibule(folder.path(), &[]).after(odd).finish().refused(&["si\u{fffd}te", "not valid UTF-8"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let within = "mkdir \"$(printf 'si\\377te')\" && cd si*";
    vestibule(folder.path(), &["--port", "0"]).after(within).finish().refused(&["not valid UTF-8"]);
    let copy = "set -- backup \"$(printf 'co\\377py')\" --data-dir site";
    site_of("ada", &folder.path().join("site"));
    vestibule(folder.path(), &[]).after(copy).finish().refused(&["not valid UTF-8"]);
}
