//! What a database file is, found out through one connection that cannot change it. Each possible problem
//! gets one plain line, and nothing is touched.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, ConnectOptions, Connection};

use super::address::{Mode, address};
use crate::base::db::engine::Engine;
use crate::base::db::found::{Found, ours};
use crate::base::db::schema::APPLICATION_ID;
use crate::base::program::Program;
use crate::base::progress::{Done, shown};
use crate::base::refusal::Refusal;

/// Inspects a database file.
pub(in crate::base::db) async fn look(file: &Path, program: &Program) -> Result<Found, Refusal> {
    sqlx::any::install_default_drivers();
    let place = file.display();
    let size = match fs::metadata(file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return nothing(file),
        Err(error) => return Err(Refusal::new(format!("The database {place} cannot be read: {error}."))),
        Ok(metadata) if metadata.is_dir() => {
            return Err(Refusal::new(format!(
                "The database {place} is a folder. Name a file in database_url."
            )));
        }
        Ok(metadata) => metadata.len(),
    };
    if size == 0 {
        return Err(Refusal::new(format!(
            "The database {place} is an empty file. Put a backup in its place, or remove it (and its -wal and -shm files) to start over."
        )));
    }
    let unreadable = |error: sqlx::Error| Refusal::new(unreadable(file, &error));
    // A program that has our database open keeps its log next to it. If there is no log, SQLite would create
    // one for reading.
    let mode = if sidecar(file, "-wal").exists() { Mode::Read } else { Mode::ReadAtRest };
    let options: sqlx::any::AnyConnectOptions = address(file, mode).parse().map_err(unreadable)?;
    let mut connection = options.disable_statement_logging().connect().await.map_err(unreadable)?;
    let found = examine(&mut connection, file, program).await;
    let _ = connection.close().await; // read-only: nothing can be lost
    found
}

/// No database. But a leftover log would be read into whatever takes the database's place.
fn nothing(file: &Path) -> Result<Found, Refusal> {
    match ["-wal", "-journal"].map(|ending| sidecar(file, ending)).into_iter().find(|log| log.exists()) {
        None => Ok(Found::Nothing),
        Some(log) => Err(Refusal::new(format!(
            "There is no database at {}, but there is its write-ahead log {}. Put the database back, or remove the log (and the \
             -shm file) to start over.",
            file.display(),
            log.display()
        ))),
    }
}

/// One of the files that SQLite keeps next to a database.
fn sidecar(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

async fn examine(connection: &mut AnyConnection, file: &Path, program: &Program) -> Result<Found, Refusal> {
    let place = file.display();
    let unreadable = |error: sqlx::Error| Refusal::new(unreadable(file, &error));
    let wait = sqlx::query("pragma busy_timeout = 5000").execute(&mut *connection).await;
    wait.map_err(unreadable)?;
    let id: i64 =
        sqlx::query_scalar("pragma application_id").fetch_one(&mut *connection).await.map_err(unreadable)?;
    if id != APPLICATION_ID {
        return Err(Refusal::new(format!(
            "The database {place} belongs to another program. Choose another file with database_url, or another folder \
             with --data-dir."
        )));
    }
    let size = fs::metadata(file).map_or(0, |metadata| metadata.len());
    let check = sqlx::query_scalar("pragma quick_check(1)").fetch_one(&mut *connection);
    let verdict: String =
        shown(&format!("Checking {place}"), || Done::AllOf(size), check).await.map_err(unreadable)?;
    if verdict != "ok" {
        return Err(damaged(file, &verdict));
    }
    ours(connection, Engine::Sqlite, program, &place, unreadable).await
}

/// What a read error means. SQLite's code is 26 for a file that is no database, 11 for a damaged one.
pub(super) fn unreadable(file: &Path, error: &sqlx::Error) -> String {
    // The low byte of SQLite's code is the kind of error, the rest is its detail.
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    match code.map(|code| code & 0xff) {
        Some(26) => damaged(file, "it is not a SQLite database").to_string(),
        Some(11) => damaged(file, "its contents contradict each other").to_string(),
        Some(5) => {
            format!("The database {} is locked by another program. Stop that program first.", file.display())
        }
        _ => format!("The database {} cannot be read: {error}.", file.display()),
    }
}

fn damaged(file: &Path, how: &str) -> Refusal {
    Refusal::new(format!(
        "The database {} is damaged ({how}). Nothing was changed. Put a backup in its place.",
        file.display()
    ))
}
