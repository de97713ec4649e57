//! The log of a test: what went wrong, where the test runner keeps it for a test that fails. Without it Rocket would print
//! the settings and routes of each site, and every request.

use log::{LevelFilter, Log, Metadata, Record};

use crate::base::log::is_wrong;

/// Writes warnings and errors, as the log of a program does, and nothing else.
struct Wrong;

impl Log for Wrong {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_wrong(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{:5} {}", record.level(), record.args()); // not written directly: a runner takes only this
        }
    }

    fn flush(&self) {}
}

/// Starts it, before Rocket is built: only the first logger of a process is used. One that a test has set stays.
pub(super) fn start() {
    if log::set_logger(&Wrong).is_ok() {
        log::set_max_level(LevelFilter::Warn);
    }
}

#[cfg(test)]
mod tests {
    use log::Level;

    use super::*;

    #[test]
    fn errors_are_kept_and_what_rocket_says_at_a_start_is_not() {
        let written = |level: Level, target: &str| {
            Wrong.enabled(&Metadata::builder().level(level).target(target).build())
        };
        for (level, target) in
            [(Level::Error, "vestibule::web"), (Level::Warn, "notes"), (Level::Error, "rocket::x")]
        {
            assert!(written(level, target), "{level} {target}");
        }
        for (level, target) in [
            (Level::Info, "rocket::launch"),
            (Level::Warn, "rocket::launch"),
            (Level::Info, "rocket::launch::_"),
            (Level::Warn, "notes::_"),
            (Level::Info, "vestibule::people"),
        ] {
            assert!(!written(level, target), "{level} {target}");
        }
    }
}
