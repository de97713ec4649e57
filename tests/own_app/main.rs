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

/// The variable that makes it the app, with the name of one of its versions.
pub const RUN_AS_APP: &str = "RUN_AS_APP";

fn main() -> ExitCode {
    if let Ok(version) = std::env::var(RUN_AS_APP) {
        return app::version(&version).run();
    }
    let only = std::env::args().skip(1).find(|word| !word.starts_with('-')).unwrap_or_default();
    let all = [stories::ALL, settings::ALL, files::ALL, kept::ALL].concat();
    for (name, story) in all.iter().filter(|(name, _)| name.contains(&only)) {
        story(); // a panic ends the program, which names the story then
        println!("test {name} ... ok");
    }
    ExitCode::SUCCESS
}
