//! What a database contains, as far as both engines answer in the same way.

use std::fmt::Display;

use sqlx::{AnyConnection, FromRow};

use super::engine::Engine;
use super::meta::{self, Meta};
use super::own::{self, OwnMigrations};
use super::schema::MIGRATIONS;
use crate::base::program::Program;
use crate::base::refusal::Refusal;
use crate::base::secret::hexadecimal;

/// What was found.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// No file, or an empty database on a server.
    Nothing,
    /// An intact database of Vestibule. `pending` migrations have not been run yet.
    Ours {
        /// How many migrations the database has not seen, of ours and of the app's. One more if it does not belong to
        /// the app yet.
        pending: usize,
        /// The newest migration of ours that the database has seen.
        version: i64,
        /// The newest migration of the app's that it has seen.
        own_version: i64,
        /// The fingerprint of its secret key.
        key: String,
    },
    /// An intact database of Vestibule that was moved to another place and is no longer used.
    Moved {
        /// Where to, without the user name and password.
        to: String,
    },
}

/// Reads what a database of Vestibule says about itself, and compares it with what this program knows.
/// `unreadable` explains a read error.
pub(super) async fn ours(
    connection: &mut AnyConnection,
    engine: Engine,
    program: &Program,
    place: &dyn Display,
    unreadable: impl Fn(sqlx::Error) -> Refusal,
) -> Result<Found, Refusal> {
    let applied = match engine {
        Engine::Sqlite => {
            "select version, lower(hex(checksum)) from _sqlx_migrations where success order by version"
        }
        Engine::Postgres => {
            "select version, encode(checksum, 'hex') from _sqlx_migrations where success order by version"
        }
    };
    let seen: Vec<(i64, String)> =
        sqlx::query_as(applied).fetch_all(&mut *connection).await.map_err(&unreadable)?;
    let versions: Vec<i64> = seen.iter().map(|(version, _)| *version).collect();
    let known: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    let (newest, newest_known) = (versions.iter().max().copied(), known.iter().max().copied());
    if newest > newest_known {
        return Err(Refusal::new(format!(
            "The database {place} has version {}, and this program knows no version after {}. Start a newer version of \
             {}, or restore a backup from before the upgrade.",
            newest.unwrap_or_default(),
            newest_known.unwrap_or_default(),
            program.title()
        )));
    }
    // A fork of this program may have used the same number for another migration.
    if let Some((version, _)) = seen.iter().find(|(version, sum)| !is_ours(*version, sum)) {
        return Err(Refusal::new(format!(
            "The database {place} was migrated by another program, such as a fork of this one: its migration {version} is not \
             the one of this program. Start the program that used it last, or restore a backup from before that."
        )));
    }
    let Meta { key, moved_to, app } = meta::read_of(connection, newest).await.map_err(&unreadable)?;
    if key.is_empty() {
        return Err(unreadable(sqlx::Error::RowNotFound));
    }
    if let Some(app) = app.as_deref().filter(|app| *app != program.name) {
        return Err(Refusal::new(format!("This database belongs to the app {app}. Use its own program.")));
    }
    if let Some(to) = moved_to {
        return Ok(Found::Moved { to });
    }
    let mut pending = known.iter().filter(|version| !versions.contains(version)).count();
    let mut own_version = 0;
    if let Some(own) = OwnMigrations::of(program)? {
        let seen = seen_of_app(connection, engine).await.map_err(&unreadable)?;
        own_version = seen.iter().map(|seen| seen.version).max().unwrap_or_default();
        check_own(&own, &seen, place)?;
        pending += own.known().filter(|(number, _)| !seen.iter().any(|seen| seen.version == *number)).count();
        pending += usize::from(app.is_none());
    }
    Ok(Found::Ours { pending, version: newest.unwrap_or_default(), own_version, key })
}

/// A migration of the app that the database has seen.
#[derive(FromRow)]
struct Seen {
    version: i64,
    description: String,
    sum: String,
}

impl Seen {
    /// What its file was called.
    fn file(&self) -> String {
        own::file_of(self.version, &self.description)
    }
}

/// The app's migrations that the database has seen, by their numbers.
async fn seen_of_app(connection: &mut AnyConnection, engine: Engine) -> sqlx::Result<Vec<Seen>> {
    if !own::names(connection, engine).await?.iter().any(|table| table == own::TABLE) {
        return Ok(Vec::new());
    }
    let applied = match engine {
        Engine::Sqlite => {
            "select version, description, lower(hex(checksum)) as sum from _app_migrations where success order by version"
        }
        Engine::Postgres => {
            "select version, description, encode(checksum, 'hex') as sum from _app_migrations where success order by version"
        }
    };
    sqlx::query_as(applied).fetch_all(connection).await
}

/// Refuses what the app does not know: a newer database, or a file that is gone or has changed since it ran.
fn check_own(own: &OwnMigrations, seen: &[Seen], place: &dyn Display) -> Result<(), Refusal> {
    let app = own.app;
    let newest = seen.iter().map(|seen| seen.version).max().unwrap_or_default();
    let newest_known = own.known().map(|(number, _)| number).max().unwrap_or_default();
    if newest > newest_known {
        let mut newer = seen.iter().filter(|seen| seen.version > newest_known);
        let first = newer.next().map(Seen::file).unwrap_or_default();
        let files = if newer.next().is_some() { format!("{first} and later ones") } else { first };
        return Err(Refusal::new(format!(
            "The database {place} is version {newest} of {app}, this program knows {newest_known}. Start a newer version of \
             {app}, or put {files} back, or restore a backup from before the upgrade."
        )));
    }
    for seen in seen {
        let Seen { version, sum, .. } = seen;
        let known = own.known().find(|(number, _)| number == version);
        match known.map(|(_, known)| hexadecimal(known) == *sum) {
            Some(true) => {}
            Some(false) => {
                return Err(Refusal::new(format!(
                    "The database {place} has seen another migration {version} of {app} than {}. Put the file back as it was, \
                     and write what is to change into a new one.",
                    own.file(*version)
                )));
            }
            None => {
                return Err(Refusal::new(format!(
                    "The database {place} has run migration {version} of {app}, whose file {} is gone. Put it back.",
                    seen.file()
                )));
            }
        }
    }
    Ok(())
}

/// Whether this program has a migration with this number and content.
fn is_ours(version: i64, sum: &str) -> bool {
    let ours = MIGRATIONS.iter().find(|migration| migration.version == version);
    ours.is_some_and(|migration| hexadecimal(&migration.checksum) == sum)
}
