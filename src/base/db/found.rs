//! What a database is, as far as both engines say it in the same words.

use std::fmt::Display;

use sqlx::AnyConnection;

use super::schema::MIGRATIONS;
use crate::base::refusal::Refusal;

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
}

/// Reads what a database of ours says about itself. `unreadable` says what an error of reading means.
pub(super) async fn ours(
    connection: &mut AnyConnection,
    place: &dyn Display,
    unreadable: impl Fn(sqlx::Error) -> Refusal,
) -> Result<Found, Refusal> {
    let versions: Vec<i64> =
        sqlx::query_scalar("select version from _sqlx_migrations where success order by version")
            .fetch_all(&mut *connection)
            .await
            .map_err(&unreadable)?;
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
    let key = sqlx::query_scalar("select value from facts where name = 'key_fingerprint'")
        .fetch_one(&mut *connection)
        .await
        .map_err(&unreadable)?;
    let pending = known.iter().filter(|version| !versions.contains(version)).count();
    Ok(Found::Ours { pending, version: newest.unwrap_or_default(), key })
}
