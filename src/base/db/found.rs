//! What a database contains, as far as both engines answer in the same way.

use std::fmt::Display;

use sqlx::AnyConnection;

use super::meta::{self, Meta};
use super::schema::MIGRATIONS;
use crate::base::refusal::Refusal;
use crate::base::secret::hexadecimal;

/// What was found.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// No file, or an empty database on a server.
    Nothing,
    /// An intact database of Vestibule. `pending` migrations have not been run yet.
    Ours {
        /// How many migrations of this program the database has not seen.
        pending: usize,
        /// The newest migration that the database has seen.
        version: i64,
        /// The fingerprint of its secret key.
        key: String,
    },
    /// An intact database of Vestibule that was moved to another place and is no longer used.
    Moved {
        /// Where to, without the user name and password.
        to: String,
    },
}

/// Reads what a database of Vestibule says about itself. `applied` selects its migrations, each with the
/// SHA-384 of its text in hexadecimal. `unreadable` explains a read error.
pub(super) async fn ours(
    connection: &mut AnyConnection,
    place: &dyn Display,
    applied: &'static str,
    unreadable: impl Fn(sqlx::Error) -> Refusal,
) -> Result<Found, Refusal> {
    let seen: Vec<(i64, String)> =
        sqlx::query_as(applied).fetch_all(&mut *connection).await.map_err(&unreadable)?;
    let versions: Vec<i64> = seen.iter().map(|(version, _)| *version).collect();
    let known: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    let (newest, newest_known) = (versions.iter().max().copied(), known.iter().max().copied());
    if newest > newest_known {
        return Err(Refusal::new(format!(
            "The database {place} has version {}, and this program knows no version after {}. Start a newer version of \
             Vestibule, or restore a backup from before the upgrade.",
            newest.unwrap_or_default(),
            newest_known.unwrap_or_default()
        )));
    }
    // A fork of this program may have used the same number for another migration.
    if let Some((version, _)) = seen.iter().find(|(version, sum)| !is_ours(*version, sum)) {
        return Err(Refusal::new(format!(
            "The database {place} was migrated by another program, such as a fork of this one: its migration {version} is not \
             the one of this program. Start the program that used it last, or restore a backup from before that."
        )));
    }
    let Meta { key, moved_to } = meta::read_of(connection, newest).await.map_err(&unreadable)?;
    if key.is_empty() {
        return Err(unreadable(sqlx::Error::RowNotFound));
    }
    if let Some(to) = moved_to {
        return Ok(Found::Moved { to });
    }
    let pending = known.iter().filter(|version| !versions.contains(version)).count();
    Ok(Found::Ours { pending, version: newest.unwrap_or_default(), key })
}

/// Whether this program has a migration with this number and content.
fn is_ours(version: i64, sum: &str) -> bool {
    let ours = MIGRATIONS.iter().find(|migration| migration.version == version);
    ours.is_some_and(|migration| hexadecimal(&migration.checksum) == sum)
}
