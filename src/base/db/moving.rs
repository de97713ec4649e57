//! A whole installation copied from one database into another, as when a site outgrows its file. The new one is there wholly or not at
//! all; the old one is only read.

use sqlx::Connection;

use super::copy::{self, Moved, Side};
use super::postgres::{self, Server};
use super::sqlite;
use crate::base::database_url::DatabaseUrl;
use crate::base::refusal::Refusal;
use crate::base::settings::Settings;

/// Copies the database of one site's settings into that of another's, where nothing is yet. The first is up to date. Where either
/// is a file, the caller holds the claim on it.
pub async fn move_to(settings: &Settings, target: &Settings) -> Result<Vec<Moved>, Refusal> {
    let (from, to) = (settings.database(), target.database());
    let (from_place, to_place) = (from.to_string(), to.to_string());
    let mut source = match from {
        DatabaseUrl::File(file) => sqlite::hold(&file).await?,
        DatabaseUrl::Server(url) => postgres::hold(&Server::new(url, settings)).await?,
    };
    let copied = async |connection: &mut sqlx::AnyConnection| {
        let source = Side { connection: &mut source, place: &from_place };
        copy::copy(source, Side { connection, place: &to_place }).await
    };
    let moved = match to {
        DatabaseUrl::File(file) => sqlite::fill(&file, copied).await,
        DatabaseUrl::Server(url) => postgres::fill(&Server::new(url, target), copied).await,
    };
    let _ = source.close().await; // it was only read
    moved
}

/// Refuses while other programs have a server's database open. Of a file, the claim on its folder says so.
pub async fn nobody_else(settings: &Settings) -> Result<(), Refusal> {
    match settings.database() {
        DatabaseUrl::File(_) => Ok(()),
        DatabaseUrl::Server(url) => postgres::nobody_else(&Server::new(url, settings)).await,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::base::db::schema::TABLES;

    #[rocket::async_test]
    async fn every_table_is_moved_after_those_that_it_refers_to() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.sqlite");
        let made = sqlite::fill(&file, async |connection| {
            let tables: Vec<String> = sqlx::query_scalar(
                "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' order by name",
            )
            .fetch_all(&mut *connection)
            .await
            .unwrap();
            let references: Vec<(String, String)> = sqlx::query_as(
                "select m.name, f.\"table\" from sqlite_master m join pragma_foreign_key_list(m.name) f \
                 where m.type = 'table'",
            )
            .fetch_all(connection)
            .await
            .unwrap();
            Ok((tables, references))
        });
        let (tables, references) = made.await.unwrap();
        assert_eq!(
            tables.iter().map(String::as_str).collect::<BTreeSet<_>>(),
            TABLES.iter().copied().collect()
        );
        let order: BTreeMap<&str, usize> =
            TABLES.iter().enumerate().map(|(at, table)| (*table, at)).collect();
        assert!(references.len() >= 6, "{references:?}");
        for (table, referred) in references {
            assert!(order[&*referred] < order[&*table], "{table} refers to {referred}");
        }
    }
}
