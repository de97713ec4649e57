//! What `vestibule new` makes is an app that builds, passes its tests, is quick to edit, and needs no sources once it is
//! built. A program of its own, so that no other test runs while it compiles.
//!
//! The long form also takes Vestibule from what `cargo package` makes, and the release profile. It compiles everything
//! anew, so it runs only if `VESTIBULE_TEST_LONG` is set, as `.ci/full` does. With `VESTIBULE_TEST_DATABASE_URL` the
//! starter's own tests use that PostgreSQL server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, reason = "a test may stop")]

#[path = "../support/database.rs"]
mod database;
#[path = "../process/folder.rs"]
mod folder;
#[path = "../process/support.rs"]
mod support;
#[path = "../process/visitor.rs"]
mod visitor;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use folder::Folder;
use support::{Run, there_is};
use visitor::{ADA, PASSWORD, Visitor};

/// The repository.
const SOURCES: &str = env!("CARGO_MANIFEST_DIR");
/// An edit builds in less than this.
const QUICK: Duration = Duration::from_secs(10);
/// How often the build after an edit is measured: another program may keep the processor busy.
const MEASURED: usize = 3;
/// One test at a time compiles.
static TURN: Mutex<()> = Mutex::new(());

/// The build folder of the tests. The libraries of the starter are there already: its profile is ours.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

/// A folder with the app that a program makes; without one, the program under test.
fn made_by(program: Option<&Path>, sources: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::new(folder.path(), &["new", "notes", "--path", sources.to_str().unwrap()]);
    let run = match program {
        Some(program) => run.program(program),
        None => run,
    };
    run.finish().succeeded();
    folder
}

/// Runs cargo in a folder, without the variables that the cargo around this test has set, which would make it compile
/// libraries anew, and without those that change how it compiles.
fn cargo(folder: &Path, target: &Path, words: &[&str]) -> Output {
    let of_another = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_BIN_",
        "CARGO_INCREMENTAL",
        "CARGO_PROFILE_",
        "OUT_DIR",
        "RUSTC_WORKSPACE_WRAPPER",
    ];
    let mut command = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if of_another.iter().any(|start| name.starts_with(start)) {
            command.env_remove(&*name);
        }
    }
    command.args(words).arg("--offline").current_dir(folder).env("CARGO_TARGET_DIR", target);
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "cargo {words:?} in {}:\n{out}\n{err}", folder.display());
    output
}

/// Runs the tests of an app, all three of them.
fn run_tests(app: &Path, target: &Path, profile: &[&str]) {
    // The versions that are tested here, which are on this machine.
    fs::copy(Path::new(SOURCES).join("Cargo.lock"), app.join("Cargo.lock")).unwrap();
    let output = cargo(app, target, &[&["test"], profile].concat());
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("test result: ok. 3 passed; 0 failed"), "{said}");
}

#[test]
fn the_starter_passes_its_tests_and_an_edit_is_quick() {
    let _turn = TURN.lock();
    let folder = made_by(None, Path::new(SOURCES));
    let (app, target) = (folder.path().join("notes"), target());
    run_tests(&app, &target, &[]);
    cargo(&app, &target, &["build"]);
    let main = app.join("src/main.rs");
    let text = fs::read(&main).unwrap();
    let mut fastest = Duration::MAX;
    for _ in 0..MEASURED {
        fs::write(&main, &text).unwrap(); // as `touch` does
        let begun = Instant::now();
        cargo(&app, &target, &["build"]);
        fastest = fastest.min(begun.elapsed());
    }
    println!("the starter's debug build after an edit of src/main.rs: {:.1} s", fastest.as_secs_f64());
    assert!(fastest < QUICK, "{fastest:?}");
}

/// Whether the long form runs; says so if not.
fn is_long(left_out: &str) -> bool {
    let is_long = env::var_os("VESTIBULE_TEST_LONG").is_some();
    if !is_long {
        println!("skipped, since VESTIBULE_TEST_LONG is not set: {left_out}");
    }
    is_long
}

/// What `cargo package` makes, unpacked.
fn packaged(target: &Path) -> (TempDir, PathBuf) {
    cargo(Path::new(SOURCES), target, &["package", "--no-verify", "--allow-dirty"]);
    let name = concat!("vestibule-", env!("CARGO_PKG_VERSION"));
    let folder = tempfile::tempdir().unwrap();
    let file = target.join("package").join(format!("{name}.crate"));
    let unpacked = Command::new("tar").arg("-xzf").arg(&file).arg("-C").arg(folder.path()).status().unwrap();
    assert!(unpacked.success(), "{}", file.display());
    let sources = folder.path().join(name);
    (folder, sources)
}

#[test]
fn the_package_makes_a_starter_that_passes_its_tests_and_runs_without_sources() {
    if !is_long("the packaged starter, in debug and release") || !there_is("tar", "the packaged starter") {
        return;
    }
    let _turn = TURN.lock();
    let target = target().join("starter");
    let (_folder, sources) = packaged(&target);
    cargo(&sources, &target, &["build", "--bin", "vestibule"]);
    let folder = made_by(Some(&target.join("debug/vestibule")), &sources);
    let app = folder.path().join("notes");
    run_tests(&app, &target, &[]);
    run_tests(&app, &target, &["--release"]);
    cargo(&app, &target, &["build", "--release"]);
    runs_alone(&target.join("release/notes"), &[&sources, &app, Path::new(SOURCES)]);
}

/// The file alone in an empty folder, where the sources cannot be seen, is the whole app: its page, its style, its table.
fn runs_alone(program: &Path, hidden: &[&Path]) {
    if !there_is("bwrap", "the release build without its sources") {
        return;
    }
    let folder = Folder::new();
    let copy = folder.path().join("notes");
    fs::copy(program, &copy).unwrap();
    let mut words =
        vec!["bwrap", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"];
    for path in hidden {
        words.extend(["--tmpfs", path.to_str().unwrap()]);
    }
    let place = folder.path().to_str().unwrap();
    words.extend(["--bind", place, place, "--chdir", place]);
    let inside = |arguments: &[&str]| folder.command(arguments).program(&copy).through(&words);
    let tried = inside(&["--version"]).finish();
    if tried.status != Some(0) && tried.err.starts_with("bwrap: ") {
        println!("skipped, since bubblewrap does not work here: {}", tried.err);
        return;
    }
    assert!(tried.succeeded().out.starts_with("notes "));
    let server = inside(&["--port", "0"]).start();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.sign_up(ADA).leads_to(), "/login");
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/notes");
    assert_eq!(ada.post("/notes", &[("text", "Water the plants")]).leads_to(), "/notes");
    let page = ada.get("/notes");
    assert!(
        page.body.contains("Water the plants") && page.body.contains("Your note was saved."),
        "{}",
        page.body
    );
    let files = page.files();
    assert!(files.iter().any(|file| file.contains("/notes-")), "{files:?}");
    for file in files {
        assert_eq!(ada.get(&file).status, 200, "{file}");
    }
    assert_eq!(server.stop().status, Some(0));
}
