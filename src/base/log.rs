//! The log: one line per event on stderr, readable on a terminal, JSON otherwise, in UTC. It never contains
//! passwords, tokens, cookies, keys or whole email addresses; an account is named by its ID. Nothing a
//! visitor sends can break a line or colour a terminal.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _, stderr};
use std::sync::atomic::{AtomicI64, Ordering};

use log::kv::{Error, Key, Value, VisitSource};
use log::{Level, LevelFilter, Log, Metadata, Record};
use rocket::config::LogLevel;
use serde_json::{Map, json};

use super::clock::{Clock, Time};

/// Starts the log of a program. Called before Rocket is built: only the first logger is used.
pub fn start(level: LogLevel, program: &str) {
    let filter = match level {
        LogLevel::Off => LevelFilter::Off,
        LogLevel::Critical => LevelFilter::Warn,
        LogLevel::Normal => LevelFilter::Info,
        LogLevel::Debug => LevelFilter::Debug,
    };
    let lines = Lines { json: !stderr().is_terminal(), program: program.replace('-', "_") };
    if log::set_boxed_logger(Box::new(lines)).is_ok() {
        log::set_max_level(filter);
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let text = panic.payload_as_str().unwrap_or_default();
        log::error!(event = "sys_crash", place:% = place; "panic: {text}");
    }));
}

/// A log line that is the same each time and written at most once a minute: strangers must not be able to
/// fill the log with it.
#[derive(Debug)]
pub struct OnceAMinute(AtomicI64);

impl OnceAMinute {
    /// Not written yet.
    #[expect(clippy::new_without_default, reason = "for statics")]
    pub const fn new() -> OnceAMinute {
        OnceAMinute(AtomicI64::new(i64::MIN))
    }

    /// Whether it may be written now. If so, not again within this minute.
    pub fn may_log(&self, now: Time) -> bool {
        let minute = now.unix().div_euclid(60);
        self.0.swap(minute, Ordering::SeqCst) != minute
    }
}

/// Whether Rocket writes a line. Targets of those that its macros write for our handlers end like this.
fn is_of_rocket(target: &str) -> bool {
    target.starts_with("rocket") || target.ends_with("::_")
}

/// Whether a line, of whichever library, says that something is wrong. Rocket warns of every request that a guard refuses,
/// and its lines about requests contain whole URLs, including the tokens of emailed links.
pub fn is_wrong(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let most = if is_of_rocket(target) { Level::Error } else { Level::Warn };
    metadata.level() <= most && !target.starts_with("rocket::server")
}

struct Lines {
    json: bool,
    /// The crate of the app, whose lines are written as ours are.
    program: String,
}

impl Log for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        let of_app = target.strip_prefix(&*self.program);
        let of_app = of_app.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        (target.starts_with("vestibule") || of_app) && !is_of_rocket(target) || is_wrong(metadata)
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let time = Clock::system().now().rfc3339();
        let line = if self.json { json_line(&time, record) } else { human_line(&time, record) };
        let _ = stderr().lock().write_all(line.as_bytes()); // there is no other place to report the failure
    }

    fn flush(&self) {}
}

fn json_line(time: &str, record: &Record<'_>) -> String {
    let mut fields = Map::new();
    fields.insert("time".into(), json!(time));
    fields.insert("level".into(), json!(record.level().as_str().to_lowercase()));
    fields.insert("message".into(), json!(record.args().to_string()));
    let _ = record.key_values().visit(&mut Json(&mut fields)); // the visitor below never fails
    // JSON escapes control characters itself. It leaves these two, and some readers take them for line ends.
    let text = serde_json::Value::Object(fields).to_string();
    text.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029") + "\n"
}

fn human_line(time: &str, record: &Record<'_>) -> String {
    let mut line = format!("{time} {:5} {}", record.level(), record.args());
    let _ = record.key_values().visit(&mut Human(&mut line)); // the visitor below never fails
    printable(&line) + "\n"
}

/// Escapes control characters, and those that some readers take for line ends.
fn printable(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2028}' | '\u{2029}' => line.extend(c.escape_unicode()),
            c if c.is_control() => line.extend(c.escape_default()),
            c => line.push(c),
        }
    }
    line
}

struct Json<'a>(&'a mut Map<String, serde_json::Value>);

impl<'kvs> VisitSource<'kvs> for Json<'_> {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        self.0.insert(
            key.to_string(),
            value.to_i64().map_or_else(|| json!(value.to_string()), |number| json!(number)),
        );
        Ok(())
    }
}

struct Human<'a>(&'a mut String);

impl<'kvs> VisitSource<'kvs> for Human<'_> {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        let value = value.to_string();
        // An event that has none of it, such as one without an account, says more without the empty field.
        if !value.is_empty() {
            let _ = write!(self.0, " {key}={value}"); // writing to a String never fails
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_app_are_written_and_chatter_of_libraries_is_not() {
        let lines = Lines { json: true, program: "my_notes".to_owned() };
        let written =
            |target: &str| lines.enabled(&Metadata::builder().level(Level::Info).target(target).build());
        assert!(["vestibule::cli", "my_notes", "my_notes::pages"].into_iter().all(written));
        assert!(!["my_notes_2", "my_notes::_", "rocket::x", "sqlx::query"].into_iter().any(written));
    }

    #[test]
    fn a_terminal_shows_no_empty_field() {
        let with = [("account", ""), ("actor", "command_line")];
        let line = |args: std::fmt::Arguments<'_>| {
            let record = Record::builder().args(args).key_values(&with).build();
            (human_line("now", &record), json_line("now", &record))
        };
        let (human, json) = line(format_args!("done"));
        assert_eq!(human, "now INFO  done actor=command_line\n");
        assert!(json.contains("\"account\":\"\""), "{json}");
    }

    #[test]
    fn nothing_in_an_event_can_break_a_line() {
        let hostile = "a\r\nb\u{1b}[2J\u{2028}c\u{85}d";
        let record = |args: std::fmt::Arguments<'_>| {
            let with = [("who", hostile)];
            let record = Record::builder().args(args).key_values(&with).build();
            (json_line("now", &record), human_line("now", &record))
        };
        let (json, human) = record(format_args!("{hostile}"));
        for line in [&json, &human] {
            let inside = line.strip_suffix('\n').unwrap();
            let breaks = inside.chars().any(|c| matches!(c, '\n' | '\r' | '\u{1b}' | '\u{2028}'));
            assert!(!breaks, "{line:?}");
        }
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["who"], hostile);
    }
}
