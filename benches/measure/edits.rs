//! How long a developer of an app waits after an edit: the debug build of the app that `vestibule new` makes.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::child::finish;
use super::scale::Scale;
use super::site;
use super::table::median;

/// The repository.
const SOURCES: &str = env!("CARGO_MANIFEST_DIR");
/// The goal, in seconds: a developer still waits for it.
pub const QUICK: f64 = 10.0;

/// Seconds of a build after an edit, the median; or why it was not measured.
pub fn measure(scale: &Scale) -> Result<f64, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut new = Command::new(site::binary());
    finish(new.args(["new", "notes", "--path", SOURCES]).current_dir(folder.path()), "the app was not made")?;
    let app = folder.path().join("notes");
    fs::copy(Path::new(SOURCES).join("Cargo.lock"), app.join("Cargo.lock")).unwrap();
    println!("Building the app that vestibule new makes");
    build(&app)?;
    let main = app.join("src/main.rs");
    let text = fs::read(&main).unwrap();
    let mut took = Vec::new();
    for _ in 0..scale.rounds {
        fs::write(&main, &text).unwrap(); // as `touch` does
        let begun = Instant::now();
        build(&app)?;
        took.push(begun.elapsed().as_secs_f64());
    }
    Ok(median(took))
}

fn build(app: &Path) -> Result<(), String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-app");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--offline", "--target-dir"]).arg(&target).current_dir(app);
    finish(&mut build, "the app could not be built")
}
