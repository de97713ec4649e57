//! An app's program as its operator uses it. It is this program itself: started with a variable it is the app,
//! otherwise it tells the stories. So it has its own `main`, as an app has, and no harness of cargo's.
//!
//! With `VESTIBULE_TEST_DATABASE_URL` the app stores its data on that PostgreSQL server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code, reason = "a test may stop")]

mod app;
#[path = "../support/database.rs"]
mod database;
mod files;
#[path = "../process/folder.rs"]
mod folder;
mod kept;
mod settings;
mod stories;
#[path = "../process/support.rs"]
mod support;
#[path = "../process/visitor.rs"]
mod visitor;

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::{env, thread};

/// The variable that makes it the app, with the name of one of its versions.
pub const RUN_AS_APP: &str = "RUN_AS_APP";

/// A story with its name.
type Story = (&'static str, fn());

fn main() -> ExitCode {
    if let Ok(version) = env::var(RUN_AS_APP) {
        return app::version(&version).run();
    }
    let only = env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
    let all = [stories::ALL, settings::ALL, files::ALL, kept::ALL].concat();
    let wanted: Vec<Story> = all.into_iter().filter(|(name, _)| name.contains(&only)).collect();
    if all_end_well(&wanted) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Tells stories, several at a time: as many as cargo's harness would.
fn all_end_well(stories: &[Story]) -> bool {
    let named = env::var("RUST_TEST_THREADS").ok().and_then(|number| number.parse().ok());
    let at_once = named.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let (next, well) = (AtomicUsize::new(0), AtomicBool::new(true));
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(&(name, story)) = stories.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // A panic names its thread, and so the story.
                    let thread = thread::Builder::new().name(name.to_owned()).spawn(story).unwrap();
                    let passed = thread.join().is_ok();
                    println!("test {name} ... {}", if passed { "ok" } else { "FAILED" });
                    well.fetch_and(passed, Ordering::Relaxed);
                }
            });
        }
    });
    well.into_inner()
}
