//! What a database is, as far as both engines say it in the same words.

use std::fmt::Display;

use sqlx::AnyConnection;

use super::schema::MIGRATIONS;
use crate::base::refusal::Refusal;
use crate::base::secret::hexadecimal;

/// What there is.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// No file, or a database of a server that nothing is in.
    Nothing,
    /// A sound database of ours. `pending` migrations are still to be run.
    Ours {
        /// How many migrations this program knows that the database has not seen.
        pending: usize,
        /// The newest migration that it has seen.
        version: i64,
        /// The fingerprint of the key it belongs to.
        key: String,
    },
    /// A sound database of ours that was moved to another place, and is not used any more.
    Moved {
        /// Where to, without who logs in there.
        to: String,
    },
}

/// Reads what a database of ours says about itself. `applied` asks for the migrations that it has seen, each with the SHA-384 of its
/// text in hexadecimal; `unreadable` says what an error of reading means.
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
            "The database {place} is version {}, this program knows {}. Start a newer vestibule, or put back a backup \
             from before.",
            newest.unwrap_or_default(),
            newest_known.unwrap_or_default()
        )));
    }
    // A fork of this program may have given the same number to another migration.
    if let Some((version, _)) = seen.iter().find(|(version, sum)| !is_ours(*version, sum)) {
        return Err(Refusal::new(format!(
            "The database {place} has seen another migration {version} than this program has: it was brought up to date by \
             another program, such as a fork of this one. Start the program that it was last used with, or put back a backup \
             from before."
        )));
    }
    let key = sqlx::query_scalar("select value from facts where name = 'key_fingerprint'")
        .fetch_one(&mut *connection)
        .await
        .map_err(&unreadable)?;
    let moved = sqlx::query_scalar("select value from facts where name = 'moved_to'");
    if let Some(to) = moved.fetch_optional(&mut *connection).await.map_err(&unreadable)? {
        return Ok(Found::Moved { to });
    }
    let pending = known.iter().filter(|version| !versions.contains(version)).count();
    Ok(Found::Ours { pending, version: newest.unwrap_or_default(), key })
}

/// Whether this program has a migration of this number and this content.
fn is_ours(version: i64, sum: &str) -> bool {
    let ours = MIGRATIONS.iter().find(|migration| migration.version == version);
    ours.is_some_and(|migration| hexadecimal(&migration.checksum) == sum)
}
